import { createTree } from '@nx/devkit/testing';
import addConfigSchema from './add-config-schema';

/** The settings after the migration; null where there are none. */
function migrated(text: string | null): string | null {
  const tree = createTree();
  if (text !== null) tree.write('sentries.config.json', text);
  addConfigSchema(tree);
  return tree.read('sentries.config.json', 'utf8');
}

it('names the schema first, and keeps comments and order', () => {
  expect(migrated('{\n  // ours\n  "model": {}\n}\n')).toBe(
    '{\n  "$schema": "./node_modules/nx-sentries/config.schema.json",\n  // ours\n  "model": {}\n}\n',
  );
});

it('leaves settings that name one, and makes none where there are none', () => {
  const own = '{ "$schema": "../schema.json" }';
  expect(migrated(own)).toBe(own);
  expect(migrated(null)).toBeNull();
});

it('run twice, it changes nothing more', () => {
  const once = migrated('{}');
  expect(migrated(once)).toBe(once);
});
