/** Types that stand around the one that a value has. */
const AROUND = /(?:^|\.)(Optional|Final|ClassVar|Annotated|Required|NotRequired|ReadOnly)$/;
const NAME = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

/**
 * The class that a type names, as words: `X` of `X`, `"X"`, `X | None`, `Optional[X]`, `Final[X]` and `X[T]`; undefined
 * where it names several, or none.
 *
 * @param type As it is written.
 */
export function classNamed(type: string): readonly string[] | undefined {
  const text = type.trim();
  const quoted = /^(["'])(.*)\1$/s.exec(text)?.[2];
  if (quoted !== undefined) return classNamed(quoted);
  const one = parted(text, '|');
  if (one.length > 1) return only(one);
  const [, head, inner] = /^([\w.]+)\[(.*)\]$/s.exec(text) ?? [];
  if (head !== undefined && /(?:^|\.)Union$/.test(head)) return only(parted(inner!, ','));
  if (head !== undefined && AROUND.test(head)) return classNamed(parted(inner!, ',')[0]!);
  const name = head ?? text;
  return NAME.test(name) && name !== 'None' ? name.split('.') : undefined;
}

/** The class that the only one of some types names which is not `None`. */
function only(types: readonly string[]): readonly string[] | undefined {
  const [first, ...others] = types.filter((one) => one.trim() !== 'None');
  return first !== undefined && others.length === 0 ? classNamed(first) : undefined;
}

/** The parts of a text between signs that stand in no brackets and no quotes. */
function parted(text: string, sign: string): string[] {
  const parts = [''];
  let [depth, quote] = [0, ''];
  for (const at of text) {
    if (quote === '' && depth === 0 && at === sign) parts.push('');
    else parts[parts.length - 1] += at;
    if (quote !== '') quote = at === quote ? '' : quote;
    else if (at === '"' || at === "'") quote = at;
    else if ('[('.includes(at)) depth += 1;
    else if ('])'.includes(at)) depth -= 1;
  }
  return parts;
}
