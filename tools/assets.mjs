// Builds what tsc does not: the grammars beside the compiled core, the published schemas, and the licence in each package.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const core = join(dirname(fileURLToPath(import.meta.url)), '../packages/sentries-core');
const require = createRequire(join(core, 'package.json'));
const assets = join(core, 'assets');
mkdirSync(assets, { recursive: true });
for (const grammar of ['tree-sitter-python', 'tree-sitter-rst']) {
  const folder = dirname(require.resolve(`${grammar}/package.json`));
  copyFileSync(join(folder, `${grammar}.wasm`), join(assets, `${grammar}.wasm`));
}
const { configSchema, runRecordSchema } = require(core);
const plugin = join(core, '../nx-sentries');
for (const folder of [core, plugin])
  copyFileSync(join(core, '../../LICENSE'), join(folder, 'LICENSE'));
for (const [file, schema] of [
  [join(assets, 'run.schema.json'), runRecordSchema()],
  [join(plugin, 'config.schema.json'), configSchema()],
]) {
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
}
