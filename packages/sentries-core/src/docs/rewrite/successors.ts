import { documents } from '../../change/documentation';
import { nameExchanges } from '../../change/exchanges';
import type { Evidence } from '../../report/run-record';
import type { CodeSymbol } from '../reference';
import { fateOfName, wholeName } from '../rules/names';
import { proposeForDocs } from '../rules/propose';
import type { DocContext } from '../rules/rule';
import { ownerAtHead, parameterChange } from '../rules/signature-of';
import type { StaleReference } from '../stale';

/** What the change shows that a stale reference may become, whoever writes it. */
export interface Successors {
  /** Names of what it may lead to, with what shows it. */
  readonly names: ReadonlyMap<string, readonly Evidence[]>;
  /** The change took away what it named, and shows nothing in its place. */
  readonly isGone: boolean;
  /** What became of it, for people and models; undefined where nothing is known. */
  readonly told: string | undefined;
}

/**
 * A name may stand in the place of another only where the change itself shows the two as one: it renamed or moved the
 * thing, used the one name where it had used the other, or says so in a changelog or a docstring. That something new is
 * alike, or alone, shows nothing. Pure.
 */
export function successorsOf(stale: StaleReference, context: DocContext): Successors {
  const answer = proposeForDocs(stale, context);
  if (!('refused' in answer)) {
    const { leadsTo, evidence, says } = answer;
    if (leadsTo === null) return { names: new Map(), isGone: true, told: says };
    return shown(new Map([[leadsTo, evidence]]), says);
  }
  const { reference, was, now } = stale;
  if (reference.kind === 'path') return movedFile(stale, context);
  if (was.kind === 'parameter') return ofParameter(stale, context);
  if (UNNAMED.has(reference.kind) || UNNAMED.has(was.kind)) return NOTHING;
  const old = wholeName(stale, context.base);
  const fate = fateOfName(stale, context);
  if (fate && 'name' in fate) {
    const found = context.head.lookup(fate.name.split('.'));
    if (found.kind !== 'found') return NOTHING;
    return shown(
      new Map([[found.symbol.name, fate.evidence]]),
      `${old} was ${fate.kind === 'renamed' ? 'renamed to' : 'moved to'} ${fate.name}`,
    );
  }
  const names = exchanged(old, context);
  if (names.size > 1) return NOTHING;
  if (names.size === 1)
    return shown(names, `the change has ${[...names.keys()].join()} in the place of ${old}`);
  const isMissing = context.head.lookup(old.split('.')).kind === 'missing';
  // A member that the change does not tell of may come from a class above.
  const isSure =
    fate?.kind === 'removed' || (!fate && now.kind === 'broken' && now.certainty === 'sure');
  const isGone = isMissing && isSure;
  return isGone
    ? { names, isGone, told: `the change removed ${old}, and shows nothing in its place` }
    : NOTHING;
}

/** What has no name of the code that could be followed. */
const UNNAMED: ReadonlySet<string> = new Set([
  ...['option', 'env', 'config-key'],
  ...['anchor', 'heading', 'label', 'exception', 'return', 'yield'],
]);

const NOTHING: Successors = { names: new Map(), isGone: false, told: undefined };

const shown = (names: Successors['names'], told: string): Successors => ({
  names,
  isGone: false,
  told,
});

function movedFile({ was }: StaleReference, { change, folder, head }: DocContext): Successors {
  const inside = (path: string): string =>
    folder === '.' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '';
  const move = change.moves.find(({ oldPath }) => inside(oldPath) === was.file);
  const now = move && inside(move.path);
  if (!now || !head.paths.has(now)) return NOTHING;
  return shown(new Map([[now, []]]), `the file ${was.file} moved to ${now}`);
}

/** One that made way for another is not renamed: whether what is said of it holds of the other, nothing shows. */
function ofParameter(stale: StaleReference, context: DocContext): Successors {
  const found = parameterChange(stale, context);
  if (!found) return NOTHING;
  const { taker, parameter, change } = found;
  const isSure = change.old.doubt === null && change.new.doubt === null;
  if (!isSure || change.now.has(parameter)) return NOTHING;
  const fresh = change.new.parameters.filter(
    ({ name }) => !change.old.parameters.some((one) => one.name === name),
  );
  const told = fresh.flatMap(({ name }) => {
    const line = documents(context.change.documentation, parameter, name);
    return line ? [{ name, line }] : [];
  });
  const [only, ...others] = told;
  if (only && others.length === 0) {
    const holder = context.head.lookup(ownerAtHead(taker, change.old.path, change.new.path));
    if (holder.kind !== 'found') return NOTHING;
    const names = new Map([[`${holder.symbol.name}(${only.name})`, [saidIn(only.line)]]]);
    return shown(names, `the change says that ${parameter} of ${taker} is ${only.name} now`);
  }
  if (told.length > 0 || change.unclear.has(parameter)) return NOTHING;
  const removed = `the change removed the parameter ${parameter} of ${taker}`;
  return { names: new Map(), isGone: true, told: removed };
}

/** What the change uses, or says to use, in the place of a name. */
function exchanged(old: string, context: DocContext): Map<string, readonly Evidence[]> {
  const { change, head, base } = context;
  const last = old.slice(old.lastIndexOf('.') + 1);
  const found = new Map<string, readonly Evidence[]>();
  const add = (name: string, evidence: Evidence): void => {
    const symbol = meantBy(name, old, context);
    if (symbol && symbol.name !== old && !found.has(symbol.name))
      found.set(symbol.name, [evidence]);
  };
  for (const { pair, file, line, isAlone, isLabel } of nameExchanges(change.files)) {
    const [before, now] = pair.split('→') as [string, string];
    // Where several changed, which one stands for which is a guess.
    if (before !== last || isLabel || !isAlone) continue;
    const text = file.new!.lines.line(line).trim();
    add(now, { file: file.path, line, side: 'head', text, says: `${now} stands for ${last} here` });
  }
  // What was there before is no news: a changelog that names both may tell of anything.
  const fresh = change.files.flatMap(({ new: now }) =>
    (now?.text.match(/(?<=^[ \t]*(?:async def|def|class) )\w+|^\w+(?= *=)/gm) ?? []).filter(
      (name) => base.named(name).length === 0 && head.named(name).length > 0,
    ),
  );
  for (const name of new Set(fresh)) {
    const line = documents(change.documentation, last, name);
    if (line) add(name, saidIn(line));
  }
  return found;
}

/** The thing that has a name now: beside the old one, or the only one in the project. */
function meantBy(name: string, old: string, { head }: DocContext): CodeSymbol | undefined {
  const beside = head.lookup([...old.split('.').slice(0, -1), name]);
  if (beside.kind === 'found') return beside.symbol;
  const [only, ...others] = head.named(name);
  return others.length === 0 ? only : undefined;
}

const saidIn = ({ file, line, text }: Pick<Evidence, 'file' | 'line' | 'text'>): Evidence => ({
  file,
  line,
  side: 'head',
  text: text.trim(),
  says: 'the change says so here',
});
