import { posix } from 'node:path';
import { enclosing, isWithin, parts, spanOf, type Node } from '../../python/syntax';
import { stringContent } from '../../python/value';
import type { Operation } from '../../patch/operation';
import type { Strategy } from '../strategy';

/**
 * A path in a string that names a file which the change moved: `[sys.executable, "tool.py"]`,
 * `open("data/rates.json")`. It is one from a folder above the test, and stands in a function that was failing.
 */
export const movedFile: Strategy = {
  id: 'moved-file',
  propose({ frames }, context) {
    const moved = context.change.moves;
    if (moved.length === 0) return undefined;
    const found: Operation[] = [];
    const says = new Set<string>();
    for (const { file, line } of frames) {
      const source = context.test(file);
      const [statement] = source?.findOn(line, ['identifier', 'string']) ?? [];
      const around = statement && enclosing(statement, 'function_definition');
      if (!source || !around) continue;
      for (const content of source
        .find('string_content')
        .filter((node) => isWithin(node, around))) {
        const path = pathOf(content);
        const move = path && moved.find(({ oldPath }) => oldPath === resolved(oldPath, path, file));
        if (!move) continue;
        const base = move.oldPath.slice(0, move.oldPath.length - path.length);
        if (!move.path.startsWith(base)) {
          return { refused: `${path} was moved to ${move.path}, which is not below ${base}` };
        }
        const after = move.path.slice(base.length);
        found.push({ file, span: spanOf(content), before: content.text, after });
        says.add(`${move.oldPath} is ${move.path} now`);
      }
    }
    if (found.length === 0) return undefined;
    const operations = [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
    return {
      strategy: this.id,
      tier: 'mechanical',
      operations,
      evidence: [],
      causes: [],
      says: [...says].join(', '),
    };
  },
};

/** The text of a string, where it is a path and nothing but used: neither compared, nor put together of pieces. */
function pathOf(content: Node): string | undefined {
  const string = content.parent!;
  const isWhole = parts(string).filter(({ type }) => type !== 'string_start').length <= 2;
  const text = stringContent(content);
  if (!isWhole || text !== content.text || !/^[\w.-]+(\/[\w.-]+)*$/.test(text)) return undefined;
  const isCompared = enclosing(string, 'comparison_operator') !== undefined;
  return !isCompared && posix.extname(text) !== '' ? text : undefined;
}

/** What a relative path means from one of the folders above a file, given the path that it may be. */
function resolved(wanted: string, path: string, file: string): string | undefined {
  if (!`/${wanted}`.endsWith(`/${path}`)) return undefined;
  const base = wanted.slice(0, wanted.length - path.length);
  return file.startsWith(base) ? wanted : undefined;
}
