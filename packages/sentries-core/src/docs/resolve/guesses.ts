import type { Home, Lookup, ProjectCode } from '../code/project-code';
import type { CodeSymbol, Reference } from '../reference';
import { BUILTINS, isCompound, MEMBERS } from './words';

/*
 * Where nothing on a page says what a name in an example begins with, its last word may still tell: if the project
 * has one thing of that name, and the word or what it is asked of is unmistakable. Such a guess is good enough to say what
 * a change left behind, never to say that something is broken.
 */

type Found = Extract<Lookup, { kind: 'found' }>;

/** The only thing of the project that a name of an example can mean by its last word. */
export function guessOf(words: readonly string[], code: ProjectCode): Found | undefined {
  const word = words.at(-1)!;
  if (BUILTINS.has(word) || /^__\w+__$/.test(word)) return undefined;
  const all = code.named(word);
  if (all.length === 0 || !all.every(({ file }) => code.isInside(file))) return undefined;
  const found = all.map((one) => foundAt(one, code));
  const isMember = words.length > 1;
  const fit = found.filter((one) => one && (isMember || !isInClass(one.home)));
  if (isMember && fit.length !== found.length) return undefined;
  return fit.length === 1 ? fit[0] : first(fit, code);
}

function foundAt({ name }: CodeSymbol, code: ProjectCode): Found | undefined {
  const found = code.lookup(name.split('.'));
  return found.kind === 'found' && found.symbol.name === name ? found : undefined;
}

const isInClass = (home: Home | null): boolean => home?.path.includes('.') === true;

const holderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));

/** Of a member that classes define anew which inherit from each other, the one that all others inherit from. */
function first(all: readonly (Found | undefined)[], code: ProjectCode): Found | undefined {
  return all.find(
    (one) =>
      one !== undefined &&
      isInClass(one.home) &&
      all.every((other) => other?.home && isHeir(other.home, one.home!, code)),
  );
}

/** True where the class of a member inherits from that of another one, or is the same. */
function isHeir(member: Home, of: Home, code: ProjectCode): boolean {
  return inherits({ ...member, path: holderOf(member.path) }, holderOf(of.path), of, code);
}

function inherits(
  { module, path }: Pick<Home, 'module' | 'path'>,
  holder: string,
  of: Pick<Home, 'module'>,
  code: ProjectCode,
): boolean {
  for (const one of code.lineage(module, path, () => undefined))
    if (one.path === holder && one.module.name === of.module.name) return true;
  return false;
}

/**
 * Whether enough speaks for a guess: the page is about the project, and either the word itself is unmistakable, or what it is
 * asked of has the name of the class or of the module, or one that the project's code gives its instances.
 */
export function isLikely(
  { kind, name, of, context, evidence }: Reference,
  was: CodeSymbol,
  code: ProjectCode,
  head: ProjectCode,
  isOnPageAbout: boolean,
): boolean {
  const words = (kind === 'parameter' && of !== null ? of : name).split('.');
  const word = words.at(-1)!;
  // Other packages have clients and functions of the same names.
  if (!isOnPageAbout && context.module === null) return false;
  const found = code.lookup(was.name.replace(/\(\w+\)$/, '').split('.'));
  const home = found.kind === 'found' ? found.home : null;
  if (words.length === 1)
    return (
      isCompound(word) ||
      /^[A-Z]/.test(word) ||
      // Files, texts and collections are asked for most plain words.
      (evidence.includes('call') && !isInClass(home))
    );
  if (!home) return false;
  // In prose a name with more before it, or a function of a module, may well be another package's.
  const isExample = context.part === 'example';
  if (words.length > 2 && (!isExample || !isInClass(home))) return false;
  if (!isInClass(home) && !isExample) return false;
  const holder = words.at(-2)!;
  const receiver = holder.replace(/(\(\))+$/, '');
  const isClass = /^[A-Z]\w*[a-z]/.test(receiver);
  // A class is what it is called, and of the package that stands before it; what a function gives, its name does not say.
  const isOther = isClass ? words.length > 2 : receiver !== holder;
  const isNamed = receiver !== '' && !isOther && isNameOf(receiver, home, code);
  // What a value is asked for is no function of a module, whatever its name.
  const isOnly = isCompound(word) && isInClass(home) && !isClass;
  // What the code asks values for after the change, too, another thing has.
  return isNamed || (isOnly && !MEMBERS.has(word) && !isAskedFor(word, head));
}

/** True where the project's own code asks some value for a member of this name. */
const isAskedFor = (word: string, { known }: ProjectCode): boolean =>
  [...known].some(
    ({ source }) =>
      source.text.includes(`.${word}`) &&
      source.find('attribute').some((node) => node.childForFieldName('attribute')?.text === word),
  );

/** True where the project itself gives this name to the module of something, to its class, or to instances of that. */
function isNameOf(receiver: string, home: Home, code: ProjectCode): boolean {
  const holder = holderOf(home.path);
  if (holder === '') return home.module.name.split('.').at(-1) === receiver;
  const isOf = (module: Home['module'], words: readonly string[]): boolean => {
    const one = code.within(module, words);
    return (
      one.kind === 'found' && one.home?.kind === 'class' && inherits(one.home, holder, home, code)
    );
  };
  const classes = code.named(
    receiver.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  );
  if (
    [...classes, ...code.named(receiver)].some((one) => {
      const at = foundAt(one, code)?.home;
      return at?.kind === 'class' && inherits(at, holder, home, code);
    })
  )
    return true;
  const given = new RegExp(`\\b${receiver}\\s*(?::|=)\\s*["']?([A-Za-z_][\\w.]*)`, 'g');
  return [...code.known].some(({ source, ...rest }) =>
    [...source.text.matchAll(given)].some((match) =>
      isOf({ source, ...rest }, match[1]!.split('.')),
    ),
  );
}
