import fc from 'fast-check';
import { z } from 'zod';
import { readFacts, type RunFacts } from './facts';
import { failureFact } from './facts.fixture';

const ROOT = '/w';

const text = (...records: object[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');
const read = (...records: object[]): RunFacts => readFacts([text(...records)], ROOT);

const session = (rootdir: string) => ({
  kind: 'session',
  python: '3.12.1',
  pytest: '8.3.0',
  rootdir,
  ini: null,
  testpaths: ['tests'],
});
const start = (key: string, id = key) => ({ kind: 'start', id, key });
const skip = (key: string) => ({ kind: 'skip', key });
const finish = (...roots: string[]) => ({ kind: 'finish', exit: 0, roots });

describe('the facts of a run', () => {
  it('given no records at all, it tells that nothing began or ended', () => {
    expect(readFacts([], ROOT)).toEqual({
      session: null,
      started: new Map(),
      skipped: new Set(),
      failures: [],
      roots: [],
      finished: false,
    });
  });

  it('given the files of several processes, it puts them together', () => {
    const facts = readFacts(
      [
        text(session('/w'), finish('/w/src', '/opt/lib')),
        text(start('t.py::b'), finish('/w/src', '/w')),
        '',
        text(session('/elsewhere'), start('t.py::a'), skip('t.py::a')),
      ],
      ROOT,
    );
    expect(facts.session).toEqual(session('/w'));
    expect([...facts.started.keys()]).toEqual(['t.py::b', 't.py::a']);
    expect([...facts.skipped]).toEqual(['t.py::a']);
    expect(facts.roots).toEqual(['.', '/opt/lib', 'src']);
    expect(facts.finished).toBe(true);
  });

  it('given a last line that a crash cut short, it leaves that line out', () => {
    const whole = text(start('t.py::a'), start('t.py::b'));
    const facts = readFacts([whole.slice(0, -8)], ROOT);
    expect([...facts.started.keys()]).toEqual(['t.py::a']);
    expect(facts.finished).toBe(false);
  });

  it('given several failures of one test, it keeps the first', () => {
    const facts = read(
      failureFact({ key: 'a', when: 'call' }),
      failureFact({ key: 'b' }),
      failureFact({ key: 'a', when: 'teardown' }),
    );
    expect(facts.failures.map(({ key, when }) => [key, when])).toEqual([
      ['a', 'call'],
      ['b', 'call'],
    ]);
  });

  it('given a parametrized test, it names its node id by its key', () => {
    expect(read(start('t.py::f[0]', 't.py::f[7]')).started.get('t.py::f[0]')).toBe('t.py::f[7]');
  });
});

describe('the files of a failure', () => {
  const failing = (file: string) =>
    failureFact({
      file,
      frames: [{ file, line: 1, function: 'f', span: [1, 0, 1, 4] }],
      compare: {
        file,
        line: 1,
        op: '==',
        left: { type: 'int', source: '1' },
        right: { type: 'acme.Money', source: null },
      },
    });

  it.each([
    ['/w/tests/test_a.py', 'tests/test_a.py'],
    ['/w', '.'],
    ['/was/there.py', '/was/there.py'],
    ['/old/tests/test_a.py', 'tests/test_a.py'],
    ['/older/a.py', '/older/a.py'],
    ['<string>', '<string>'],
  ])('given %s, it is named %s', (file, named) => {
    const { failures } = readFacts([text(failing(file))], ROOT, '/old');
    const [{ file: own, frames, compare }] = failures as [ReturnType<typeof failing>];
    expect([own, frames[0]?.file, compare?.file]).toEqual([named, named, named]);
  });

  it('given a doctest or a stored snapshot, its file is named from the root, too', () => {
    const value = { type: 'int', source: '1' };
    const file = '/w/tests/usage.rst';
    const text = { source: 'f()\n', want: '1\n', raises: null, got: '2\n', options: [] };
    const snapshot = { file: '/w/tests/a.ambr', name: 'test_a', stored: '1', now: '2' };
    const compare = { file, line: 1, op: '==', left: value, right: value, snapshot };
    const doctest = { file, line: 1, ...text };
    const [failure] = read(failureFact({ doctest, compare })).failures;
    expect(failure?.doctest?.file).toBe('tests/usage.rst');
    expect(failure?.compare?.snapshot?.file).toBe('tests/a.ambr');
  });

  it('given none, it stays without', () => {
    const [failure] = read(failureFact({ file: null })).failures;
    expect(failure).toMatchObject({ file: null, compare: null });
  });

  it('given a conftest, it is named by its path from the root', () => {
    const [failure] = read(failureFact({ id: '/w/tests/conftest.py', when: 'conftest' })).failures;
    expect(failure).toMatchObject({ id: 'tests/conftest.py', key: 'tests/conftest.py' });
  });

  it('given a test, its node id stays what pytest calls it', () => {
    const [failure] = read(failureFact({ id: '/w/tests/a.py::b' })).failures;
    expect(failure).toMatchObject({ id: '/w/tests/a.py::b', key: '/w/tests/a.py::b' });
  });
});

describe('a record that is not ours', () => {
  it.each<[string, object]>([
    ['an unknown kind', { kind: 'surprise' }],
    ['no kind', { id: 'a', key: 'a' }],
    ['a missing key', { kind: 'start', id: 'a' }],
    ['an unknown phase', { ...failureFact(), when: 'later' }],
    [
      'half a span',
      failureFact({ frames: [{ ...failureFact().frames[0], span: [1, 2] } as never] }),
    ],
    ['a broken line number', { kind: 'finish', exit: 0.5, roots: [] }],
  ])('is rejected: %s', (_, record) => {
    expect(() => read(start('a'), record)).toThrow(z.ZodError);
  });

  it('is rejected where it is not even JSON', () => {
    expect(() => readFacts(['hello\n'], ROOT)).toThrow(SyntaxError);
  });
});

describe('records cut anywhere', () => {
  it('tell exactly what the whole lines before the cut tell', () => {
    const key = fc.constantFrom('a', 'é', 'c');
    const record = fc.oneof(
      key.map((name) => start(name)),
      key.map(skip),
      fc
        .tuple(key, fc.string())
        .map(([name, message]) =>
          failureFact({ key: name, exception: { ...failureFact().exception, message } }),
        ),
    );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 8 }), fc.nat(3000), (records, cut) => {
        let room = cut;
        const whole = records.filter((each) => (room -= text(each).length) >= 0);
        const facts = readFacts([text(...records).slice(0, cut)], ROOT);
        const keys = (kind: string) =>
          new Set(whole.filter((each) => each.kind === kind).map((each) => each.key));
        expect(new Set(facts.started.keys())).toEqual(keys('start'));
        expect(facts.skipped).toEqual(keys('skip'));
        expect(facts.failures).toEqual(
          [...keys('failure')].map((name) =>
            whole.find((each) => each.kind === 'failure' && each.key === name),
          ),
        );
      }),
    );
  });
});
