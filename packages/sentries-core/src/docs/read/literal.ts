import type { Excerpt } from '../text/excerpt';
import type { Span } from '../../python/syntax';
import { readIn } from './environment';
import { pythonUses, type ChainUse } from './python-uses';

/** What a short text of code can be. Spans are offsets in the text. */
export type LiteralUse =
  | { readonly kind: 'python'; readonly chain: ChainUse }
  | { readonly kind: 'import'; readonly module: string; readonly name: string; readonly span: Span }
  | {
      readonly kind: 'module' | 'env' | 'path' | 'option';
      readonly name: string;
      readonly span: Span;
    }
  | { readonly kind: 'command'; readonly text: string };

const NAME = '[A-Za-z_][A-Za-z0-9_]*';
const DOTTED = new RegExp(`^[~!@]?(${NAME}(?:\\.${NAME})*)(\\(\\))?$`);
const OPTION = /^(--?[A-Za-z][\w-]*)(?:[= ].*)?$/;
const ENV = /^\$\{?([A-Z][A-Z0-9_]*)\}?$|^([A-Z][A-Z0-9]*_[A-Z0-9_]+)=\S*$/;
/** A value that is given to a name which is no local one: `ACME_RETRIES = 3`. */
const CONSTANT = /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+) = \S/;
const PATH = /^[\w.@~{}<>*-]*(?:\/[\w.@~{}<>*+-]*)+$/;
const FILE =
  /^[\w.-]+\.(?:py|pyi|md|rst|txt|toml|cfg|ini|ya?ml|json|ipynb|html|css|js|sh|xml|csv|sql|lock|env|log)$/i;

/** Texts longer than this are no names, and would take their time. */
const MOST = 300;

/** What inline code names. */
export function literalUses({ text }: Excerpt): LiteralUse[] {
  if (text.length === 0 || text.length > MOST) return [];
  const whole = { start: 0, end: text.length };
  const option = OPTION.exec(text);
  if (option)
    return [{ kind: 'option', name: option[1]!, span: { start: 0, end: option[1]!.length } }];
  const env = ENV.exec(text);
  if (env) {
    const name = (env[1] ?? env[2])!;
    const start = text.indexOf(name);
    return [{ kind: 'env', name, span: { start, end: start + name.length } }];
  }
  if (FILE.test(text) || (PATH.test(text) && !text.startsWith('//')))
    return [{ kind: 'path', name: text, span: whole }];
  const given = CONSTANT.exec(text)?.[1];
  if (given !== undefined) {
    const span = { start: 0, end: given.length };
    return [{ kind: 'python', chain: { of: [], words: [given], span, call: null } }];
  }
  const dotted = DOTTED.exec(text);
  if (dotted) {
    const start = text.indexOf(dotted[1]!);
    const span = { start, end: start + dotted[1]!.length };
    const extent = { start, end: text.length };
    // `f()` in a text names the function, and says nothing of what it takes.
    const call = dotted[2] ? { extent, positional: 0, keywords: [], isOpen: true } : null;
    return [{ kind: 'python', chain: { words: dotted[1]!.split('.'), of: [], span, call } }];
  }
  const command =
    /^(?:\$ )?[a-z][\w.-]*(?: [^\n]*)? -{1,2}[A-Za-z]/.test(text) || /^python3? -m /.test(text);
  if (command) return [{ kind: 'command', text }];
  const variables = readIn(text);
  if (variables.length > 0) return variables.map((one): LiteralUse => ({ kind: 'env', ...one }));
  return pythonLiteral(text);
}

function pythonLiteral(text: string): LiteralUse[] {
  if (!/[(.\[=@]|import /.test(text)) return [];
  const uses = pythonUses(text);
  if (uses.isFaulty && !/…|\.\.\./.test(text)) return [];
  const imports = uses.imports.flatMap(({ module, name, span }): LiteralUse[] =>
    module === null
      ? [{ kind: 'module', name, span }]
      : [
          { kind: 'module', name: module.name, span: module.span },
          { kind: 'import', module: module.name, name, span },
        ],
  );
  const chains = uses.chains
    .filter(
      ({ of, words }) => !uses.defined.has([...(of ?? []), ...words][0]!.replace(/\(\)$/, '')),
    )
    .map((chain): LiteralUse => ({ kind: 'python', chain }));
  return [...imports, ...chains];
}
