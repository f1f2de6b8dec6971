import { withoutTexts, type CodePart } from './code';
import { escaped } from './words';

const codes = new WeakMap<CodePart['block'], string>();

/** The code of an example, at its places in the page: blanks for strings, comments, prompts and output. */
export function plainCode(
  text: string,
  parts: readonly CodePart[],
  block: CodePart['block'],
): string {
  const known = codes.get(block);
  if (known !== undefined) return known;
  const blank = (from: number, to: number): string => text.slice(from, to).replace(/[^\n]/g, ' ');
  let [code, at] = ['', block.start];
  for (const { start, end } of parts.filter((part) => part.block === block)) {
    code += blank(at, start) + text.slice(start, end);
    at = end;
  }
  const plain = withoutTexts(code + blank(at, block.end));
  codes.set(block, plain);
  return plain;
}

interface Imported {
  /** The first word of what it is imported from. */
  readonly source: string;
  /** By a plain `import`: it is a module. */
  readonly isModule: boolean;
}

/** Names that the imports of some code bind. */
function importedNames(code: string): Map<string, Imported> {
  const found = new Map<string, Imported>();
  const statements =
    /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+)?import[ \t]+(\([^)]*\)|(?:[^\n\\]|\\\r?\n)*)/gm;
  for (const match of code.matchAll(statements)) {
    for (const one of match[2]!.replace(/[()\\]/g, ' ').split(',')) {
      const [name, alias] = one.trim().split(/\s+as\s+/);
      if (!name) continue;
      const source = (match[1] ?? name).split('.')[0]!;
      const isModule = match[1] === undefined;
      found.set(alias ?? (isModule ? source : name), { source, isModule });
      // Where nothing else has it, a name with an alias stands in its import alone.
      if (alias && !found.has(name)) found.set(name, { source, isModule });
    }
  }
  return found;
}

/** Whether code gives a name a meaning of its own: defines it, assigns it, takes it as a parameter, counts with it. */
function defines(code: string, name: string): boolean {
  const word = escaped(name);
  return [
    `\\b(?:def|class|as)\\s+${word}\\b`,
    `\\bfor\\s+[\\w, ()]*\\b${word}\\b[\\w, ()]*\\bin\\b`,
    `\\blambda\\b[^:\\n]*\\b${word}\\b`,
    `\\bdef\\s+\\w+\\s*\\((?:[^()]*,)?\\s*\\*{0,2}${word}\\s*[,:=)]`,
    `^[ \\t]*(?:[\\w.]+\\s*,\\s*)*${word}\\s*(?:,\\s*[\\w.]+\\s*)*(?::[^=\\n]*)?=(?!=)`,
    `\\b${word}\\s*:=`,
  ].some((pattern) => new RegExp(pattern, 'm').test(code));
}

/**
 * Where a name of an example comes from: the example itself says it, else the nearest one before it, else an import of a
 * later one.
 *
 * @param examples The code of the examples of a page.
 * @param at The example that the name stands in.
 * @returns The package that it is imported from; `null` where an example makes it itself; undefined where nothing tells.
 */
export function originOf(
  name: string,
  examples: readonly string[],
  at: number,
): Imported | null | undefined {
  for (const [distance, code] of [
    ...examples.slice(0, at + 1).reverse(),
    ...examples.slice(at + 1),
  ].entries()) {
    const imported = importedNames(code).get(name);
    if (imported) return imported;
    if (distance <= at && defines(code, name)) return null;
  }
  return undefined;
}
