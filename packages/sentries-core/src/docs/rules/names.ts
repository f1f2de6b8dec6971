import type { Fate } from '../../change/fate';
import type { Refusal } from '../../repair/strategy';
import type { Lookup, ProjectCode } from '../code/project-code';
import type { Reference } from '../reference';
import type { StaleReference } from '../stale';
import { importOfModule } from './module-import';
import { fromModule } from './moved-import';
import { hasOwnMeaning, isNamedIn } from './own-meaning';
import { respelled } from './respell';
import { replacement, type DocContext, type DocProposal } from './rule';
import { isWord } from './word';

type Followed = Extract<Fate, { name: string }>;

const NAMES: ReadonlySet<Reference['kind']> = new Set([
  'name',
  'dotted',
  'call',
  'import',
  'signature',
  'module',
  'exception',
]);

/** The whole name that a reference stood for at the base: as the text writes it, with what imports add. */
export function wholeName(
  { reference, was, isGuess = false }: Pick<StaleReference, 'reference' | 'was' | 'isGuess'>,
  base: ProjectCode,
): string {
  if (isGuess) return was.name;
  const { name, kind } = reference;
  const isWhole =
    // What calls give has no name of its own.
    !name.includes('()') &&
    base.isOwn(name.split('.')[0]!) &&
    (name.includes('.') || kind === 'module' || name === was.name);
  if (isWhole) return name;
  // What stands behind the thing itself stays as it is: of `limits.get`, where `limits` is a value.
  const words = name.split('.');
  const last = words.lastIndexOf(split(was.name)[1]);
  return [was.name, ...(last < 0 ? [] : words.slice(last + 1))].join('.');
}

/** What became of what a name stood for; undefined for a reference of another kind. */
export function fateOfName(
  stale: Pick<StaleReference, 'reference' | 'was' | 'isGuess'>,
  { change, base, head }: Pick<DocContext, 'change' | 'base' | 'head'>,
): Fate | undefined {
  const { reference, was } = stale;
  if (!NAMES.has(reference.kind) || was.kind === 'parameter') return undefined;
  const whole = wholeName(stale, base);
  const fate = change.fateOf(whole);
  if (fate || whole === was.name) return fate;
  const own = change.fateOf(was.name);
  return inherited(whole, was.name, own, base) ?? givenOn(whole, was.name, own, head);
}

/** A package gives on what a module of it has, under its new name as under the old one. */
function givenOn(
  whole: string,
  own: string,
  fate: Fate | undefined,
  head: ProjectCode,
): Fate | undefined {
  const [holder, word] = split(whole);
  if (fate?.kind !== 'renamed' || word !== split(own)[1] || holder === '') return undefined;
  const name = `${holder}.${split(fate.name)[1]}`;
  const found = head.lookup(name.split('.'));
  return found.kind === 'found' && found.symbol.name === fate.name ? { ...fate, name } : undefined;
}

/** A member that its class has from another one, which gave it a new name: it has that in all of them. */
function inherited(
  whole: string,
  own: string,
  fate: Fate | undefined,
  base: ProjectCode,
): Fate | undefined {
  const [holder, word] = split(whole);
  const [owner, name] = split(own);
  if (fate?.kind !== 'renamed' || holder === owner || word !== name) return undefined;
  const [now, other] = split(fate.name);
  // One of its own that was there before is another thing.
  const isNew = base.lookup([...holder.split('.'), other]).kind !== 'found';
  return now === owner && isNew ? { ...fate, name: `${holder}.${other}` } : undefined;
}

const isPrivate = (name: string): boolean => /(^|\.)_(?!_)/.test(name);

const split = (name: string): [holder: string, word: string] => {
  const dot = name.lastIndexOf('.');
  return [name.slice(0, Math.max(0, dot)), name.slice(dot + 1)];
};

/** Makes a reference say the name that its thing has now. */
export function follow(
  stale: StaleReference,
  fate: Followed,
  rule: string,
  context: DocContext,
): DocProposal | Refusal {
  const { reference, was } = stale;
  const old = wholeName(stale, context.base);
  const found = lookedUp(fate.name, old, context);
  if (found.kind !== 'found')
    return { refused: `${old} became ${fate.name}, which is not found in the project's code` };
  if (isPrivate(fate.name) && !isPrivate(old))
    return {
      refused: `${old} became ${fate.name}, which is private: docs may not want to name it`,
    };
  if (tellsOf(split(fate.name)[1], split(old)[1], reference, context))
    return { refused: `${old} became ${fate.name}, and the text beside it tells of that already` };
  const after = respelled(reference.text, old, fate.name);
  if (after === undefined)
    return { refused: `${old} became ${fate.name}, and the text has a name of its own for it` };
  const isSame = after === reference.text;
  if (!isSame && isWord(stale, context))
    return {
      refused: `${old} became ${fate.name}, but \`${reference.text}\` is a word as well, and nothing else says that it is code`,
    };
  if (!isSame && isOfPage(reference, context))
    return {
      refused: `${old} became ${fate.name}, but an example on the page gives ${reference.text} a meaning of its own`,
    };
  const isImport = reference.kind === 'import';
  if (!isSame && reference.evidence.includes('rebound'))
    return {
      refused: `${old} became ${fate.name}, but the example gives ${reference.text} another meaning, too`,
    };
  const beside = fate.kind === 'moved' ? importOfModule(reference, after, fate.name, context) : [];
  if ('refused' in beside) return { refused: `${old} became ${fate.name}, but ${beside.refused}` };
  const operations = !isSame
    ? [...beside, replacement(reference, after, context)]
    : isImport
      ? fromModule(reference, fate.name, context)
      : [];
  if ('refused' in operations) return operations;
  return {
    strategy: rule,
    tier: 'mechanical',
    operations,
    evidence: fate.evidence,
    causes: [],
    says: `the ${was.kind} ${old} ${fate.kind === 'renamed' ? 'was renamed to' : 'moved to'} ${fate.name}`,
    leadsTo: found.symbol.name,
  };
}

/** What a name leads to now: as much of it as of the old one. */
export function lookedUp(
  now: string,
  old: string,
  { base, head }: Pick<DocContext, 'base' | 'head'>,
): Lookup {
  const [words, before] = [now.split('.'), old.split('.')];
  const isWhole = base.lookup(before).kind !== 'open';
  return isWhole ? head.lookup(words) : head.reach(words, 2);
}

/** True where the passage has the new name beside the old one, as code: what it says of both would be said of one. */
function tellsOf(
  now: string,
  old: string,
  { file, context: { passage, part } }: Reference,
  context: DocContext,
): boolean {
  if (now === old) return false;
  const text = context.text(file).slice(passage.start, passage.end);
  if (part === 'example') return isNamedIn(now, text);
  return new RegExp(`[\`.]${now}\\b|\\b${now}\\(`).test(text);
}

/** A single word that nothing imports, and that an example beside it defines for itself, or has from another package. */
function isOfPage({ kind, text, evidence, file }: Reference, context: DocContext): boolean {
  const isAlone = /^(name|call)$/.test(kind) && evidence.every((one) => one === 'call');
  if (!isAlone || !/^\w+$/.test(text)) return false;
  return hasOwnMeaning(text, context.text(file), (root) => context.base.isOwn(root));
}
