import type { Home, ProjectCode } from '../code/project-code';
import type { CodeSymbol, Reference } from '../reference';
import { foundAt, holderOf, inherits, isInClass } from './guesses';
import { isCompound, MEMBERS } from './words';

/**
 * Whether enough speaks for a guess: the page is about the project, and either the word itself is unmistakable, or what it is
 * asked of has the name of the class or of the module, or one that the project's code gives its instances.
 *
 * @param was What it is guessed to mean in `code`.
 * @param head The code after the change.
 */
export function isLikely(
  { kind, name, of, context, evidence }: Reference,
  was: CodeSymbol,
  code: ProjectCode,
  head: ProjectCode,
  isOnPageAbout: boolean,
): boolean {
  // Other packages have clients and functions of the same names.
  if (!isOnPageAbout && context.module === null) return false;
  const words = (kind === 'parameter' && of !== null ? of : name).split('.');
  const found = code.lookup(was.name.replace(/\(\w+\)$/, '').split('.'));
  const home = found.kind === 'found' ? found.home : null;
  if (words.length === 1) return tellsAlone(words[0]!, evidence.includes('call'), home);
  return (
    home !== null &&
    fits(words, home, context.part === 'example') &&
    (isAskedOfHolder(words, home, code) || isUnmistakable(words, home, head))
  );
}

const tellsAlone = (word: string, isCalled: boolean, home: Home | null): boolean =>
  isCompound(word) ||
  /^[A-Z]/.test(word) ||
  // Files, texts and collections are asked for most plain words.
  (isCalled && !isInClass(home));

/** In prose a name with more before it, or a function of a module, may well be another package's. */
const fits = ({ length }: readonly string[], home: Home, isExample: boolean): boolean =>
  isInClass(home) ? isExample || length === 2 : isExample && length === 2;

/** True where the name before the last word is one of what holds the thing. */
function isAskedOfHolder(words: readonly string[], home: Home, code: ProjectCode): boolean {
  const receiver = receiverOf(words);
  // A class is what it is called, and of the package that stands before it; what a function gives, its name does not say.
  const isOther = isClassName(receiver) ? words.length > 2 : receiver !== words.at(-2);
  return receiver !== '' && !isOther && isNameOf(receiver, home, code);
}

/** True for a member whose name values of other types can hardly have. */
function isUnmistakable(words: readonly string[], home: Home, head: ProjectCode): boolean {
  const word = words.at(-1)!;
  return (
    isCompound(word) &&
    // What a value is asked for is no function of a module, whatever its name.
    isInClass(home) &&
    !isClassName(receiverOf(words)) &&
    !MEMBERS.has(word) &&
    // What the code asks values for after the change, too, another thing has.
    !isAskedFor(word, head)
  );
}

/** The name that is asked for the last word, or that is called to be asked. */
const receiverOf = (words: readonly string[]): string => words.at(-2)!.replace(/(\(\))+$/, '');

const isClassName = (name: string): boolean => /^[A-Z]\w*[a-z]/.test(name);

/** True where the project itself gives this name to the module of something, to its class, or to instances of that. */
function isNameOf(receiver: string, home: Home, code: ProjectCode): boolean {
  const holder = holderOf(home.path);
  if (holder === '') return home.module.name.split('.').at(-1) === receiver;
  return classesCalled(receiver, code).some((one) => inherits(one, holder, home, code));
}

/** Keeps answers for each tree: docs use the same words again and again. */
function kept<T>(
  answer: (word: string, code: ProjectCode) => T,
): (word: string, code: ProjectCode) => T {
  const known = new WeakMap<ProjectCode, Map<string, T>>();
  return (word, code) => {
    const words = known.get(code) ?? new Map<string, T>();
    known.set(code, words);
    const told = words.has(word) ? words.get(word)! : answer(word, code);
    words.set(word, told);
    return told;
  };
}

/** The classes that have a name, but for how it is spelled, and those of which the code gives it to instances. */
const classesCalled = kept((name, code): Home[] => {
  const spelled = name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const named = [...code.named(spelled), ...code.named(name)].map((one) => foundAt(one, code));
  const given = new RegExp(`\\b${name}\\s*(?::|=)\\s*["']?([A-Za-z_][\\w.]*)`, 'g');
  const types = [...code.known].flatMap((module) =>
    [...new Set([...module.source.text.matchAll(given)].map(([, type]) => type!))].map((type) =>
      code.within(module, type.split('.')),
    ),
  );
  return [...named, ...types].flatMap((one) =>
    one?.kind === 'found' && one.home?.kind === 'class' ? [one.home] : [],
  );
});

/** True where the project's own code asks some value for a member of this name. */
const isAskedFor = kept((word, { known }): boolean =>
  [...known].some(({ source }) => source.attributesNamed(word).length > 0),
);
