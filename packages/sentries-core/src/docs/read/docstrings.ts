import { enclosing, parts, qualifiedName, type Node, type PythonSource } from '../../python/syntax';
import { Excerpt } from '../text/excerpt';

/** A docstring of a module, or of a class or a function that others can reach. */
export interface Docstring {
  /** `Account.close`; empty for the module's own. */
  readonly path: string;
  readonly kind: 'module' | 'class' | 'function';
  /** What stands between the quotes, without the indent of its lines. */
  readonly text: Excerpt;
}

/** The docstrings of a file; those of what is defined inside of functions are left out. */
export function docstringsIn(source: PythonSource): Docstring[] {
  const whole = Excerpt.whole(source.text);
  const found: Docstring[] = [];
  const add = (body: Node, path: string, kind: Docstring['kind']): void => {
    const span = contentOf(parts(body)[0]);
    if (span) found.push({ path, kind, text: whole.dedented(span) });
  };
  add(source.root, '', 'module');
  for (const node of source.find(['class_definition', 'function_definition'])) {
    const body = node.childForFieldName('body');
    if (!body || (node.parent && enclosing(node.parent, 'function_definition'))) continue;
    add(body, qualifiedName(node), node.type === 'class_definition' ? 'class' : 'function');
  }
  return found;
}

/** The text of a statement that is a string alone; one with escapes that end lines is none. */
function contentOf(statement: Node | undefined): { start: number; end: number } | undefined {
  const string = statement?.type === 'expression_statement' ? parts(statement)[0] : undefined;
  if (string?.type !== 'string' || statement!.namedChildCount !== 1) return undefined;
  const [open, close] = [string.firstChild, string.lastChild];
  if (open?.type !== 'string_start' || close?.type !== 'string_end') return undefined;
  if (/[bf]/i.test(open.text)) return undefined;
  return { start: open.endIndex, end: close.startIndex };
}
