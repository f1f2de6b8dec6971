import type { Home, Lookup, ProjectCode } from '../code/project-code';
import type { Reference, Resolution } from '../reference';
import { guessOf } from './guesses';
import { nearest } from './near';
import { BUILTINS, isCompound } from './words';

const NOT_OURS = (why: string): Resolution => ({ kind: 'not ours', why });

/** What a name, a call or a signature leads to. */
export function resolveName(reference: Reference, code: ProjectCode): Resolution {
  return resolved(reference, found(reference, code), code);
}

/**
 * What the first words of a name lead to that does not lead anywhere as a whole, because the text of the code does not
 * tell what a value has: `limits` of `limits.get`. The text must write those words itself, and what is imported,
 * documented or described has to be there as a whole.
 */
export function resolvePart(reference: Reference, code: ProjectCode): Resolution {
  const { kind, name, text, evidence } = reference;
  const isWritten = /^[\w.]+$/.test(text) && /^(dotted|call)$/.test(kind);
  const isOther = evidence.some((one) => /^(instance|inferred|unexplained)$/.test(one));
  if (!isWritten || isOther || name.includes('()'))
    return NOT_OURS('it has to be there as a whole');
  const least = Math.max(1, name.split('.').length - text.split('.').length + 1);
  const answer = explained(reference, code, least);
  const isPart = answer.lookup.kind === 'found' && answer.lookup.isPart === true;
  return isPart ? resolved(reference, answer, code) : NOT_OURS('nothing of it is known');
}

/** The definition that a dotted name of a page means; for what is said of its parameters. */
export function homeOf(name: string, reference: Reference, code: ProjectCode): Home | undefined {
  const definition = definitionOf(name, reference, code);
  return definition?.isGuess === false ? definition.home : undefined;
}

/** The same, also where its last word alone says what it means. */
export function definitionOf(
  name: string,
  reference: Reference,
  code: ProjectCode,
): { readonly home: Home; readonly isGuess: boolean } | undefined {
  const { lookup, by } = found({ ...reference, name, kind: 'call' }, code);
  return lookup.kind === 'found' && lookup.home && lookup.isByType !== true
    ? { home: lookup.home, isGuess: by === 'guess' }
    : undefined;
}

interface Answer {
  readonly lookup: Lookup;
  /** Where it was looked for: by its whole name, in what the page is about, in the only class of that name, or by its last word. */
  readonly by: 'name' | 'context' | 'class' | 'word' | 'guess';
}

/** The first answer that says something, from the surest way to the least sure one. */
function found(reference: Reference, code: ProjectCode): Answer {
  const answer = reference.evidence.includes('unexplained') ? FOREIGN : explained(reference, code);
  if (answer.lookup.kind !== 'open' && answer.lookup.kind !== 'foreign') return answer;
  const guess = mayBeGuessed(reference, answer.lookup)
    ? guessOf(reference.name.split('.'), code)
    : undefined;
  return guess ? { lookup: guess, by: 'guess' } : answer;
}

const FOREIGN: Answer = { lookup: { kind: 'foreign' }, by: 'word' };

/** What an import explains, is what it says; words in prose mean anything. */
function mayBeGuessed({ name, kind, evidence, context }: Reference, lookup: Lookup): boolean {
  if (!['name', 'dotted', 'call'].includes(kind) || context.markup !== null) return false;
  if (context.part !== 'example') return name.includes('.') && lookup.kind === 'foreign';
  return lookup.kind === 'open' || !evidence.some((one) => /import$|^instance$/.test(one));
}

/** What a package has under the name of a module, unless the module has it. */
function bound({ name, kind }: Reference, code: ProjectCode): Lookup | undefined {
  const words = name.split('.');
  const isAsked = /^(name|dotted|call)$/.test(kind) && code.lookup(words).kind !== 'found';
  return isAsked ? code.bound(words) : undefined;
}

function explained(reference: Reference, code: ProjectCode, least = Infinity): Answer {
  const words = reference.name.split('.');
  if (reference.stars.length > 0) {
    const brought = code.broughtBy(reference.stars, words);
    return brought ? { lookup: brought.lookup, by: brought.isSure ? 'name' : 'guess' } : FOREIGN;
  }
  const { module, describes, part } = reference.context;
  if (code.isOwn(words[0]!) && (words.length > 1 || reference.kind === 'module')) {
    // What is called, or taken from a package, is no module of it where the package has both.
    const isMember = reference.kind === 'call' || reference.kind === 'import';
    const own = isMember ? code.member(words) : undefined;
    const lookup =
      own?.kind === 'found'
        ? own
        : (bound(reference, code) ?? code.reach(words, Math.max(2, least)));
    return { lookup, by: 'name' };
  }
  // An example knows what its module has, and nothing of the class whose docstring it stands in.
  const isBare = part === 'example' && words.length === 1;
  // One word that stands there for a value may as well be another thing: `uuid` in the docs of what has a `uuid`.
  const inContext = contexts(isBare ? null : describes, module, code).map((around): Answer => ({
    lookup: code.reach([...around, ...words], around.length + Math.max(2, least)),
    by: 'context',
  }));
  const there = inContext.find(({ lookup }) => lookup.kind === 'found');
  if (there) return there;
  const first = words[0]!.replace(/\(\)$/, '');
  const classes = words.length > 1 ? code.named(first).filter(({ kind }) => kind === 'class') : [];
  // Another project's name has to be written as its own: by an import, or from its module on.
  if (classes.length === 1 && code.isInside(classes[0]!.file)) {
    const path = classes[0]!.name.split('.');
    const lookup = code.reach([...path, ...words.slice(1)], path.length - 1 + least);
    return { lookup, by: 'class' };
  }
  if (words.length > 1 && part !== 'example') {
    // What a package gives is written without it, where its docs have said so.
    const roots = [...code.modules.keys()].filter((name) => !name.includes('.'));
    const given = roots.flatMap((root): Lookup[] => [
      code.lookup([root, ...words]),
      code.bound([root, ...words]) ?? FOREIGN.lookup,
    ]);
    const own = given.find((lookup) => lookup.kind === 'found' && lookup.home);
    if (own) return { lookup: own, by: 'word' };
  }
  if (words.length === 1 && !isBare && isTelling(reference, code)) {
    const [only, ...others] = code.named(words[0]!);
    if (only && others.length === 0 && code.isInside(only.file))
      return {
        lookup: code.lookup(only.name.split('.')),
        // That it is called, makes a plain word a name of code, but not yet one of this.
        by: isCompound(words[0]!) || reference.evidence.includes('markup') ? 'word' : 'guess',
      };
  }
  const last = inContext.find(
    ({ lookup }) => lookup.kind === 'missing' && lookup.word === words[0],
  );
  // A directive's name is looked for in the page's module alone; a role's may be anywhere. With dots, it may
  // begin with another package.
  return last && reference.kind === 'signature' && words.length === 1 ? last : FOREIGN;
}

/** The names that a text's own names may be meant below: what it documents, then its class, then its module. */
function contexts(describes: string | null, module: string | null, code: ProjectCode): string[][] {
  const around: string[][] = [];
  const add = (name: string): void => {
    const words = name.split('.');
    if (code.isOwn(words[0]!)) around.push(words);
  };
  if (describes !== null) {
    const whole =
      module !== null && !`${describes}.`.startsWith(`${module}.`)
        ? `${module}.${describes}`
        : describes;
    const words = whole.split('.');
    for (let length = words.length; length > (module?.split('.').length ?? 0); length -= 1)
      add(words.slice(0, length).join('.'));
  }
  if (module !== null) add(module);
  return around;
}

/** A word that can hardly be one of English, or that something says to be code. */
function isTelling({ name, evidence }: Reference, code: ProjectCode): boolean {
  if (BUILTINS.has(name)) return false;
  // A constant may be called as the variable of the environment that it is read from.
  const isVariable = /^[A-Z0-9_]+$/.test(name) && code.settings.variable(name) !== undefined;
  return (
    (isCompound(name) && !isVariable) || evidence.some((one) => one === 'call' || one === 'markup')
  );
}

function resolved(reference: Reference, { lookup, by }: Answer, code: ProjectCode): Resolution {
  switch (lookup.kind) {
    case 'found':
      return { kind: 'found', symbol: lookup.symbol, ...(by === 'guess' && { isGuess: true }) };
    case 'foreign':
      return NOT_OURS('it is of another package, or a word');
    case 'open':
      return NOT_OURS('its holder may have any name');
    case 'missing': {
      const { holder, word, offered } = lookup;
      // A name that a star may bring, may come from elsewhere.
      const isAlone = reference.context.part === 'example' && !reference.text.includes('.');
      if (isAlone && reference.evidence.includes('inferred'))
        return NOT_OURS('it may come from elsewhere');
      // Names of settings, queues, loggers and groups of entry points have dots, too.
      // And what is asked for by a string is there for those who have it.
      if ([reference.name, word].some((text) => code.isString(text)))
        return NOT_OURS('it is a text in the code');
      const elsewhere = code.named(word).filter(({ name }) => name !== holder.name);
      return {
        kind: 'broken',
        reason: `${holder.kind === 'module' ? 'the module' : holder.kind} ${holder.name} has no ${word}`,
        holder,
        candidates: nearest(word, offered, elsewhere),
        certainty: isSure(reference, lookup, by) ? 'sure' : 'likely',
      };
    }
  }
}

/** Whether nothing else can be meant than what was looked for. */
function isSure(
  { kind, evidence, context, text }: Reference,
  { holder, word }: Lookup & { readonly kind: 'missing' },
  by: Answer['by'],
): boolean {
  const isMarked = evidence.includes('markup');
  if (evidence.includes('inferred')) return false;
  // A class of that name may be another package's, unless the page says that it is code of this one.
  if (by === 'class') return isMarked;
  // What docs describe by hand may be there in the docs alone: an interface, a hook.
  if (kind === 'signature' && !/^(auto|:::|click)/.test(context.markup ?? '')) return false;
  if (by === 'context') return kind === 'signature';
  // What an earlier example imported under a short name may be another thing in a later one.
  const isLater = evidence.includes('page-import') && !/^[A-Z]/.test(text);
  const isBound = !isLater && evidence.some((one) => /import$|^instance$/.test(one));
  if (isMarked || isBound || kind === 'import' || kind === 'module') return true;
  // In examples the name of a package is often that of a variable, too.
  if (context.part === 'example') return false;
  // `acme.something` may be a file, a logger or a key.
  return holder.name.includes('.') || /^[A-Z]/.test(word) || evidence.includes('call');
}
