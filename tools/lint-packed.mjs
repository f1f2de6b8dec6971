// Asks publint and are-the-types-wrong about packed packages, and prints what they find as JSON: file → problems.
// Both are ES modules, so that the specs start this instead of loading them.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** How TypeScript resolved modules before there was `exports`; it never found the parts of a package then. */
const isOld = ({ resolutionKind }) => resolutionKind === 'node10';

const found = {};
for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  const { types, problems = [] } = await checkPackage(createPackageFromTarballData(bytes));
  found[basename(file)] = [
    ...messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`),
    ...(types ? [] : ['types: there are none']),
    ...problems.filter((one) => !isOld(one)).map((problem) => `types: ${JSON.stringify(problem)}`),
  ];
}
console.log(JSON.stringify(found, null, 2));
