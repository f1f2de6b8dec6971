import { createTree } from '@nx/devkit/testing';
import * as fc from 'fast-check';
import { UsageError } from 'sentries-core';
import init from './generator';
import { withIgnored } from './ignored';
import { withPlugin } from './plugin-entry';

/** What a workspace with these files has after `nx add`; null for a file that is not there. */
function added(files: Readonly<Record<string, string>>) {
  const tree = createTree();
  for (const [path, text] of Object.entries(files)) tree.write(path, text);
  init(tree, {});
  return { nx: tree.read('nx.json', 'utf8'), ignore: tree.read('.gitignore', 'utf8'), tree };
}

describe('nx add nx-sentries', () => {
  it('puts the plugin after the others, and leaves comments and order as they are', () => {
    const before =
      '{\n  // ours\n  "plugins": [\n    "@nx/js" // first\n  ],\n  "neverConnectToCloud": true\n}\n';
    const { nx } = added({ 'nx.json': before });
    expect(nx).toContain('// ours');
    expect(nx).toContain('"neverConnectToCloud": true\n}\n');
    expect(nx).toMatch(/"@nx\/js",\s+"nx-sentries" \/\/ first/);
  });

  it('makes the list of plugins where there is none', () => {
    expect(JSON.parse(added({ 'nx.json': '{}' }).nx!)).toEqual({ plugins: ['nx-sentries'] });
  });

  it('has git ignore the artifacts', () => {
    expect(added({ 'nx.json': '{}' }).ignore).toBe('.sentries/\n');
    const { ignore } = added({ 'nx.json': '{}', '.gitignore': 'dist\r\n.nx' });
    expect(ignore).toBe('dist\r\n.nx\r\n.sentries/\r\n');
  });

  it.each(['"nx-sentries"', '{ "plugin": "nx-sentries", "options": { "exclude": [] } }'])(
    'changes nothing where it is there: %s',
    (entry) => {
      const files = { 'nx.json': `{ "plugins": [${entry}] }`, '.gitignore': '/.sentries\n' };
      const { nx, ignore } = added(files);
      expect({ 'nx.json': nx, '.gitignore': ignore }).toEqual(files);
    },
  );

  it('says of Plug’n’Play what to do instead, and writes nothing', () => {
    const tree = createTree();
    tree.write('nx.json', '{}');
    tree.write('.pnp.cjs', '');
    expect(() => init(tree, {})).toThrow(UsageError);
    expect(() => init(tree, {})).toThrow(/Plug'n'Play[^]*→ Set "nodeLinker: node-modules"/);
    expect(tree.read('nx.json', 'utf8')).toBe('{}');
    expect(tree.exists('.gitignore')).toBe(false);
  });

  it('refuses an nx.json that can not be read, and writes nothing', () => {
    expect(() => added({ 'nx.json': '{\n "plugins": [' })).toThrow(UsageError);
  });
});

it('run twice, it changes nothing more', () => {
  const someNx = fc.record(
    {
      plugins: fc.array(fc.oneof(fc.string(), fc.record({ plugin: fc.string() })), {
        maxLength: 3,
      }),
      other: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      someNx,
      fc.option(fc.integer({ min: 1, max: 4 })),
      fc.string(),
      (nx, indent, ignore) => {
        const before = JSON.stringify(nx, null, indent ?? undefined);
        const once = withPlugin(before, 'nx-sentries');
        expect(withPlugin(once, 'nx-sentries')).toBe(once);
        const { plugins = [], ...others } = JSON.parse(before) as typeof nx;
        const isThere = plugins.some((one) => one === 'nx-sentries');
        expect(JSON.parse(once)).toEqual({
          ...others,
          plugins: isThere ? plugins : [...plugins, 'nx-sentries'],
        });
        const ignored = withIgnored(ignore, '.sentries');
        expect(withIgnored(ignored, '.sentries')).toBe(ignored);
        expect(ignored.startsWith(ignore)).toBe(true);
      },
    ),
  );
});
