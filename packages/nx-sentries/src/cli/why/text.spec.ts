import { whyText } from './text';
import type { Hop, Why } from './why';

const textOf = (why: Omit<Why, 'warnings'>): string => whyText({ ...why, warnings: [] });

const hop = (source: string, target: string, lines: number[]): Hop => ({
  source,
  target,
  references: lines.map((line) => ({ file: `${source}.py`, line, kind: 'import', what: target })),
});

describe('what is printed', () => {
  it('names the lines behind each dependency', () => {
    expect(textOf({ project: 'a', dependencies: [hop('a', 'b', [1]), hop('a', 'c', [])] })).toBe(
      [
        'a → b',
        '  a.py:1  imports b',
        'a → c',
        '  (from another plugin, or from implicitDependencies)',
      ].join('\n'),
    );
  });

  it('shortens long lists, and says by how much', () => {
    const lines = Array.from({ length: 20 }, (_, index) => index + 1);
    const text = textOf({ project: 'a', dependencies: [hop('a', 'b', lines)] });
    expect(text.split('\n').slice(-2)).toEqual(['  a.py:8  imports b', '  … and 12 more']);
  });

  it('says it where there is nothing to explain', () => {
    expect(textOf({ project: 'a', dependency: { name: 'b', path: null } })).toBe(
      'a does not depend on b',
    );
    const affected = { base: '0123456789abcdef', head: null, causes: [] };
    expect(textOf({ project: 'a', dependencies: [], affected })).toBe(
      'a depends on no project of the workspace\n\na is not affected by 0123456789ab..the working tree',
    );
  });

  it('ends with what the graph may lack', () => {
    const text = whyText({ project: 'a', dependencies: [], warnings: ['b.py is broken.'] });
    expect(text).toMatch(/\n\nThe graph may lack something:\n {2}b\.py is broken\.$/);
  });

  it('gives the reasons for which a change affects a project', () => {
    const text = textOf({
      project: 'a',
      affected: {
        base: '0123456789abcdef',
        head: 'fedcba9876543210',
        causes: [
          { kind: 'files', project: 'b', files: ['b/x.py'], path: [hop('a', 'b', [1])] },
          { kind: 'shared file', file: 'conftest.py' },
          {
            kind: 'packages',
            file: 'uv.lock',
            packages: [{ name: 'requests', before: '2.31.0', after: null }],
          },
        ],
      },
    });
    expect(text).toBe(
      [
        '',
        'a is affected by 0123456789ab..fedcba987654:',
        '  a → b',
        '    b/x.py',
        '  conftest.py, which its tests read',
        '  uv.lock, in packages that it uses',
        '    requests 2.31.0 → (not there)',
      ].join('\n'),
    );
  });
});
