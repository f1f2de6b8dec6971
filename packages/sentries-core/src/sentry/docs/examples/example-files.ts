import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { hasOwnDocstrings, isDocumentation, isGenerated } from '../../../docs/doc-files';
import { PYTEST_FILES } from '../../../pytest/configuration';
import type { DocRequest } from '../../request';
import type { Outdated } from '../sense';

/** What has pytest run examples; without any of it, it would be started in vain. */
const ASKED_FOR = /--doctest-(modules|glob|plus|rst)|\bdoctest_(plus|rst)\b|--markdown-docs|sybil/i;

const EXAMPLE = { page: />>>|```|~~~|code(-block)?::|testcode::/, module: />>>|```/ };

/**
 * The files of documentation (from the workspace root) in which a project may have pytest run examples; or why there is none.
 * Reads, and starts nothing: what pytest collects from them, only pytest knows.
 */
export async function exampleFiles(
  request: DocRequest,
  { context, files, isOurs }: Outdated,
): Promise<readonly string[] | string> {
  const { folder } = request;
  const { head } = context;
  const own = [...head.paths].filter((path) => head.isInside(path));
  const inside = (path: string): string => posix.relative(folder, path);
  if (!(await isAskedFor(request, own))) return 'the project does not have pytest run examples';
  const modules = [...head.modules.values()].filter(
    ({ file, source: { text } }) =>
      hasOwnDocstrings(inside(file)) && EXAMPLE.module.test(text) && !isGenerated(text),
  );
  const pages = own.filter((path) => isDocumentation(inside(path)));
  const found: string[] = [];
  for (const file of [...pages, ...modules.map((one) => one.file)].filter(isOurs).sort()) {
    // A link is run where it leads to.
    if (!(await files.load(file))) continue;
    const text = files.text(file);
    const isPage = !file.endsWith('.py');
    if (!isPage || (EXAMPLE.page.test(text) && !isGenerated(text))) found.push(file);
  }
  return found.length > 0 ? found : 'there is no example in the documentation';
}

async function isAskedFor(
  { workspace, folder, pytestArgs }: DocRequest,
  paths: readonly string[],
): Promise<boolean> {
  const inside = paths.filter((path) => posix.basename(path) === 'conftest.py');
  const files = [
    ...above(folder).flatMap((one) => PYTEST_FILES.map((name) => posix.join(one, name))),
    ...inside,
  ];
  const texts = files.map((file) =>
    readFile(join(workspace, ...file.split('/')), 'utf8').catch(() => ''),
  );
  return [pytestArgs.join(' '), ...(await Promise.all(texts))].some((text) => ASKED_FOR.test(text));
}

/** A folder, and all above it up to the workspace root. */
function above(folder: string): string[] {
  return folder === '.' ? ['.'] : [folder, ...above(posix.dirname(folder))];
}
