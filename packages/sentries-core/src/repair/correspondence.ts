import { bare, calleeName } from '../python/call';
import { parts, type Node, type PythonSource } from '../python/syntax';
import { literalValue } from '../python/value';
import { correspondingCalls } from './corresponding-calls';
import { foreignImport } from './corresponding-imports';
import { adapted, entered } from './corresponding-results';
import type { EvidenceOfChange } from './evidence-of-change';
import { meaningOf } from './meaning';
import { givenTo, isStill, Standins, type Block, type Standin } from './standins';
import { supplies, type Supplied } from './supplied';

/** A value of a test, and the one that an edit has in its place. */
export interface ValuePair {
  readonly before: Node;
  readonly now: Node;
}

export interface Correspondence {
  /** Values in the place of others. */
  readonly pairs: readonly ValuePair[];
  readonly supplied: readonly Supplied[];
}

/**
 * Walks a test file and an edit of it side by side: statement by statement, expression by expression, all must be the
 * same, but for the ways in which the change lets the code under test be called, for what is given to it in
 * addition, and for values in the place of others, which are told. So whatever an edit does beyond that is refused, without
 * a list of the ways to make a test pass; honest edits beyond it are lost.
 */
export function correspondence(
  before: PythonSource,
  after: PythonSource,
  evidence: EvidenceOfChange,
): Correspondence | { readonly refused: string } {
  const foreign = foreignImport(before, after, evidence) ?? disguise(before, after);
  if (foreign !== undefined) return { refused: foreign };
  const walk = new Walk(before, after, evidence);
  return walk.isSame(before.root, after.root)
    ? { pairs: walk.pairs, supplied: walk.supplied }
    : { refused: walk.refused ?? 'the edit does more than calling the code under test otherwise' };
}

/** What makes a text mean something else than it seems to: another encoding, look-alike names. */
function disguise(before: PythonSource, after: PythonSource): string | undefined {
  const declared = ({ text }: PythonSource): string | undefined =>
    /^[ \t\f]*#.*?coding[:=]\s*([-\w.]+)/m.exec(text.split('\n', 2).join('\n'))?.[1];
  if (declared(before) !== declared(after)) return 'the edit declares another encoding';
  const odd = after
    .find('identifier')
    .find(({ text }) => text.normalize('NFKC') !== text && before.named(text).length === 0);
  return odd && `the edit writes ${odd.text} for ${odd.text.normalize('NFKC')}`;
}

/** What two texts have come to so far: taken back where they turn out not to correspond. */
export class Walk {
  pairs: ValuePair[] = [];
  supplied: Supplied[] = [];
  refused: string | undefined;
  used = new Set<Standin>();
  private block: Block = { matched: 0 };
  /** Names of the edit alone, and names of the test alone. */
  readonly fresh: Standins;
  private readonly gone: Standins;

  constructor(
    readonly before: PythonSource,
    readonly after: PythonSource,
    readonly evidence: EvidenceOfChange,
  ) {
    this.fresh = new Standins(after, before);
    this.gone = new Standins(before, after);
  }

  /** True where one node says what another one said. */
  isSame(one: Node, other: Node): boolean {
    if (one.text === other.text) return true;
    if (one.type === 'module' || one.type === 'block')
      return other.type === one.type && this.isSameBlock(parts(one), parts(other));
    return this.attempt(() => this.isSameExpression(bare(one), bare(other)));
  }

  /** Takes back what an attempt that fails has left. */
  attempt(corresponds: () => boolean): boolean {
    const { pairs, supplied, used } = this;
    [this.pairs, this.supplied, this.used] = [[...pairs], [...supplied], new Set(used)];
    if (corresponds()) return true;
    [this.pairs, this.supplied, this.used] = [pairs, supplied, used];
    return false;
  }

  private isSameExpression(one: Node, other: Node): boolean {
    if (one.text === other.text) return true;
    const [was, is] = [this.standsFor(one, this.gone), this.standsFor(other, this.fresh)];
    if (was ?? is) return this.isSame(was ?? one, is ?? other);
    if (one.type === other.type && /^(list|tuple|dictionary|set)$/.test(one.type)) {
      if (this.areSame(one, other)) return true;
    }
    const isValue = meaningOf(one) !== undefined && meaningOf(other) !== undefined;
    if (isValue) return this.pairs.push({ before: one, now: other }) > 0;
    if (one.type === 'call' && other.type === 'call' && correspondingCalls(this, one, other))
      return true;
    if (adapted(this, one, other)) return true;
    if (one.type === 'identifier')
      return (
        givenTo(this.before, one) === undefined && this.evidence.isRenamed(one.text, other.text)
      );
    if (isDocstring(one) && isDocstring(other)) return true;
    if (one.type === 'function_definition' && !this.isSameDefinition(one, other)) return false;
    return one.type === other.type && this.areSame(one, other);
  }

  /** The parts of two nodes of one type, each with its own. */
  areSame(one: Node, other: Node): boolean {
    if (signsOf(one) !== signsOf(other)) return false;
    const [old, now] = [one, other].map((node) => parts(node).filter(isNoImport));
    if (one.type === 'function_definition') [old, now].forEach((all) => dropParameters(all!));
    if (old!.length === 0 && now!.length === 0) return false;
    return old!.length === now!.length && old!.every((node, at) => this.isSame(node, now![at]!));
  }

  /** A test may take another fixture, to give it to the code. */
  private isSameDefinition(one: Node, other: Node): boolean {
    const [old, now] = [one, other].map((node) => node.childForFieldName('parameters'));
    if (!old || !now || old.text === now.text) return other.type === one.type;
    const [was, is] = [parts(old), parts(now)];
    const added = is.slice(was.length);
    const isKept = was.every((node, at) => node.text === is[at]?.text);
    const known = new Set(one.descendantsOfType('identifier').map((node) => node?.text));
    const given = other.childForFieldName('body')!.descendantsOfType('identifier');
    return (
      isKept &&
      /^(test|setup)|^fixture/.test(other.childForFieldName('name')?.text ?? '') &&
      added.every(
        ({ type, text }) =>
          type === 'identifier' &&
          !known.has(text) &&
          !/^(monkeypatch|mocker|request)$/.test(text) &&
          given.some((node) => node?.text === text),
      )
    );
  }

  private isSameBlock(old: readonly Node[], now: readonly Node[]): boolean {
    const outer = this.block;
    const block: Block = { matched: 0 };
    this.block = block;
    const corresponds = this.alignStatements(old.filter(isNoImport), now.filter(isNoImport), block);
    this.block = outer;
    return corresponds;
  }

  private alignStatements(old: readonly Node[], now: readonly Node[], block: Block): boolean {
    const opened: Standin[] = [];
    let rest = [...now];
    for (let i = 0; i < old.length || rest.length > 0;) {
      const [one, other] = [old[i], rest[0]];
      if (one && other && this.isSame(one, other)) {
        block.matched += 1;
        i += 1;
        rest = rest.slice(1);
        continue;
      }
      const inside = one && other && entered(this, one, other);
      if (inside) {
        block.matched += 1;
        i += 1;
        rest = [...inside, ...rest.slice(1)].filter(isNoImport);
        continue;
      }
      const standin = other && this.fresh.take(other, block);
      if (standin ?? (other && this.isPreparation(other))) {
        if (standin) opened.push(standin);
        rest = rest.slice(1);
        continue;
      }
      const inlined = one && this.gone.take(one, block);
      if (!inlined) return this.refuse(one, other);
      opened.push(inlined);
      i += 1;
    }
    const idle = opened.find((one) => !this.used.has(one));
    return idle === undefined || this.refuse(undefined, idle.value);
  }

  private refuse(one: Node | undefined, other: Node | undefined): false {
    const [was, is] = [one, other].map((node) => node && firstLine(node));
    this.refused ??=
      was === undefined
        ? `the edit adds ${is}, which does more than giving something to the code under test`
        : `the edit makes ${is ?? 'nothing'} of ${was}, which is more than calling the code under test in the way of the change`;
    return false;
  }

  /** What a name stands for that one text has alone: where it does something, nothing may have happened since. */
  private standsFor(node: Node, known: Standins): Node | undefined {
    const standin = known.get(node);
    if (!standin || !isStill(standin, this.block)) return undefined;
    if (!literalValue(standin.value) && this.used.has(standin)) return undefined;
    this.used.add(standin);
    return standin.value;
  }

  /** A call of what the change added, for what it does, where the change demands that something be done. */
  private isPreparation(statement: Node): boolean {
    const call = statement.type === 'expression_statement' ? parts(statement)[0] : undefined;
    if (call?.type !== 'call' || !this.evidence.isDemanded) return false;
    const list = parts(call.childForFieldName('arguments')!);
    return (
      this.evidence.isAdded(calleeName(call)) &&
      list.every((node) => supplies(this, node, calleeName(call)))
    );
  }

  isNew(name: string): boolean {
    return this.before.named(name).length === 0;
  }

  /** The call whose result an expression is: itself, or what its name was given last. */
  callOf(node: Node): Node | undefined {
    if (node.type === 'call') return node;
    if (node.type !== 'identifier') return undefined;
    const value = givenTo(this.before, node);
    return value?.type === 'call' ? value : undefined;
  }
}

/** A text that is a statement of its own says nothing, unless it is run. */
const isDocstring = (node: Node): boolean =>
  node.type === 'expression_statement' &&
  parts(node).every(({ type }) => type === 'string') &&
  !node.text.includes('>>>');

const isNoImport = ({ type }: Node): boolean => !type.startsWith('import_');

/** Operators and keywords; brackets and commas say nothing. */
const signsOf = (node: Node): string =>
  node.children
    .flatMap((child) =>
      child && !child.isNamed && !/^[,()]$/.test(child.type) ? [child.type] : [],
    )
    .join(' ');

const dropParameters = (all: Node[]): void => {
  const at = all.findIndex(({ type }) => type === 'parameters');
  if (at >= 0) all.splice(at, 1);
};

function firstLine({ text }: Node): string {
  const [line] = text.split('\n');
  return line!.length > 100 ? `${line!.slice(0, 99)}…` : line!;
}
