import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../tools/paths';
import { Workspace } from '../tools/workspace';

afterAll(() => Workspace.removeTemporary());

/** A manifest of ours as it was with version 0.1.0. */
function manifest(name: string): string {
  const { dependencies, ...rest } = JSON.parse(
    readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8'),
  ) as { readonly dependencies: Readonly<Record<string, string>> };
  const ours = 'sentries-core' in dependencies ? { 'sentries-core': '0.1.0' } : {};
  return JSON.stringify({ ...rest, version: '0.1.0', dependencies: { ...dependencies, ...ours } });
}

it('a release gives both packages one version, from the commits since the last one', async () => {
  const copy = Workspace.temporary();
  for (const file of ['nx.json', 'package.json', 'tools/version-actions.cjs'])
    cpSync(join(ROOT, file), join(copy.root, file));
  for (const name of ['sentries-core', 'nx-sentries'])
    copy.write({ [`packages/${name}/package.json`]: manifest(name) });
  symlinkSync(join(ROOT, 'node_modules'), join(copy.root, 'node_modules'), 'junction');
  copy.write({ '.gitignore': 'node_modules\n.nx\n' });
  copy.git('init', '--quiet', '--initial-branch=main');
  copy.commit('chore: as released');
  copy.git('tag', 'v0.1.0');
  copy.write({ 'packages/sentries-core/a.txt': '' });
  copy.commit('fix(core): something mended');
  // The scopes of our commits are rooms, and no names of packages: they must not make less of a change.
  copy.write({ 'packages/nx-sentries/b.txt': '' });
  copy.commit('feat(plugin)!: something new');

  const { code, output } = await copy.nx(['release', '--dry-run', '--skip-publish']);
  expect({ code, output }).toMatchObject({ code: 0 });
  for (const name of ['sentries-core', 'nx-sentries'])
    expect(output).toContain(`New version 0.2.0 written to packages/${name}/package.json`);
  expect(output).toContain('sentries-core 0.2.0 written to packages/nx-sentries/package.json');
  expect(output).toMatch(
    /Previewing an entry in CHANGELOG.md[^]*something new[^]*something mended/,
  );
  expect(copy.git('status', '--short')).toBe('');
});
