import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLATION } from '../tools/paths';
import { reference, REFERENCE } from '../tools/reference';

it('the reference says what the installed packages say; if not: npm run reference', async () => {
  const made = await reference(join(INSTALLATION, 'node_modules/nx-sentries'));
  expect(readFileSync(REFERENCE, 'utf8')).toBe(made);
});
