import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { hasOwnDocstrings, isDocumentation, isGenerated } from '../../../docs/doc-files';
import type { DocRequest } from '../../request';
import { isDocumented, type Outdated } from '../sense';

/** What configures pytest, in a project's folder and in those above. */
const CONFIGURATION = [
  'pytest.toml',
  '.pytest.toml',
  'pytest.ini',
  '.pytest.ini',
  'pyproject.toml',
  'tox.ini',
  'setup.cfg',
  'conftest.py',
];

/** What has pytest run examples; without any of it, it would be started in vain. */
const ASKED_FOR = /--doctest-(modules|glob|plus|rst)|\bdoctest_(plus|rst)\b|--markdown-docs|sybil/i;

const EXAMPLE = { page: />>>|```|~~~|code(-block)?::|testcode::/, module: />>>|```/ };

/**
 * The files of documentation (from the workspace root) in which a project may have pytest run examples; or why there is none.
 * Reads, and starts nothing: what pytest collects from them, only pytest knows.
 */
export async function exampleFiles(
  request: DocRequest,
  { context, files }: Outdated,
): Promise<readonly string[] | string> {
  const { folder } = request;
  if (!(await isAskedFor(request, context.head.paths)))
    return 'the project does not have pytest run examples';
  const isMeant = isDocumented(request);
  const modules = [...context.head.modules.values()].filter(
    ({ file, source: { text } }) =>
      hasOwnDocstrings(file) && EXAMPLE.module.test(text) && !isGenerated(text),
  );
  const pages = [...context.head.paths].filter(isDocumentation);
  const found: string[] = [];
  for (const file of [...pages, ...modules.map((one) => one.file)].filter(isMeant).sort()) {
    // A link is run where it leads to.
    if (!(await files.load(file))) continue;
    const path = posix.join(folder, file);
    const text = files.text(path);
    const isPage = !file.endsWith('.py');
    if (!isPage || (EXAMPLE.page.test(text) && !isGenerated(text))) found.push(path);
  }
  return found.length > 0 ? found : 'there is no example in the documentation';
}

async function isAskedFor(
  { workspace, folder, pytestArgs }: DocRequest,
  paths: ReadonlySet<string>,
): Promise<boolean> {
  const inside = [...paths].filter((path) => posix.basename(path) === 'conftest.py');
  const files = [
    ...above(folder).flatMap((one) => CONFIGURATION.map((name) => posix.join(one, name))),
    ...inside.map((path) => posix.join(folder, path)),
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
