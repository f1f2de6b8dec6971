import { isSameType } from '../../python/annotation';
import type { Refusal } from '../../repair/strategy';
import type { ToldType } from '../read/told-type';
import { BUILTINS } from '../resolve/words';

/**
 * A type in the spelling of the place where another one is told: with its marks, with or without modules, and without the
 * quotes that only code needs.
 *
 * @param old The annotation that was told.
 * @param now The annotation that is to be told.
 */
export function respelledType(
  { code, marks: [before, after] }: ToldType,
  old: string,
  now: string,
): string | Refusal {
  const plain = unquoted(now.replace(/\s+/g, ' ')).replace(/([[(]) |,? (?=[\])])/g, '$1');
  if (!isSameType(plain, now) || /[\\#]|"""|'''/.test(now))
    return { refused: 'which is not written as a text would have it' };
  const hasModules = (text: string): boolean => /\w\.\w/.test(text);
  // Which module a name has elsewhere, the annotation does not tell.
  if (hasModules(code) && code !== unquoted(old) && !isPythons(plain))
    return { refused: 'and the text writes it with another module' };
  const type =
    hasModules(old) && !hasModules(code) ? plain.replace(/(?:\w+\.)+(?=\w)/g, '') : plain;
  if (/(^|[^\w])_[A-Za-z]/.test(type))
    return { refused: 'which is private: docs may not want to name it' };
  if (before.startsWith(':') && !/^[\w.]+$/.test(type))
    return { refused: 'and the text has a link to a single name' };
  return before + type + after;
}

/** True where all names of a type are known without their module. */
const isPythons = (type: string): boolean =>
  (type.match(/[A-Za-z_][\w.]*/g) ?? []).every(
    (name) => BUILTINS.has(name) || /^(Optional|Union)$/.test(name),
  );

/** Without the quotes of names that are defined later; those of values in `Literal` stay. */
const unquoted = (type: string): string =>
  /\bLiteral\[|\bAnnotated\[/.test(type) ? type : type.replace(/(["'])([^"']*)\1/g, '$2');
