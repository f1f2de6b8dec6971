import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../tools/paths';
import { Workspace } from '../tools/workspace';
import { LIBRARY } from './library';

interface Migrations {
  readonly generators: Readonly<Record<string, { readonly version: string }>>;
}

/** What `nx migrate nx-sentries` writes for a workspace that has none of the migrations. */
const { generators } = JSON.parse(
  readFileSync(join(ROOT, 'packages/nx-sentries/migrations.json'), 'utf8'),
) as Migrations;
const planned = Object.entries(generators).map(([name, migration]) => ({
  ...migration,
  package: 'nx-sentries',
  name,
}));

it('nx migrate brings the settings of an older version up to date, as they are laid out', async () => {
  const workspace = Workspace.create();
  workspace.write({
    ...LIBRARY,
    'nx.json': '{ "plugins": ["nx-sentries"], "neverConnectToCloud": true, "analytics": false }',
    'package.json': '{ "name": "work", "private": true }',
    '.gitignore': 'node_modules\n.nx\n.venv\n__pycache__\n.sentries\n',
    'sentries.config.json': '{\n  // ours\n  "publish": { "maxOpen": 2 }\n}\n',
    'migrations.json': JSON.stringify({ migrations: planned }),
  });
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.commit('first');
  const migrate = () =>
    workspace.nx(['migrate', '--run-migrations', '--interactive=false'], {
      // Both are for the newest Nx of the registry and its packages, which are not asked here.
      NX_MIGRATE_USE_LOCAL: 'true',
      NX_MIGRATE_SKIP_INSTALL: 'true',
    });
  const { code, output } = await migrate();
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toContain('add-config-schema');
  expect(workspace.git('diff', '--name-only')).toBe('sentries.config.json\n');
  expect(workspace.read('sentries.config.json')).toBe(
    '{\n  "$schema": "./node_modules/nx-sentries/config.schema.json",\n  // ours\n  "publish": { "maxOpen": 2 }\n}\n',
  );
  workspace.commit('migrated');
  expect(await migrate()).toMatchObject({ code: 0 });
  expect(workspace.git('status', '--short')).toBe('');
});
