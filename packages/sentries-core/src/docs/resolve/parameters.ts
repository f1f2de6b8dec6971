import type { Parameter, Signature } from '../../change/signatures';
import { canonical, literalValue, type PyValue } from '../../python/value';
import { parts, PythonSource } from '../../python/syntax';
import { offersOf } from '../code/module-facts';
import type { Home, ProjectCode } from '../code/project-code';
import type { CodeSymbol, Reference, Resolution } from '../reference';
import { definitionOf } from './names';
import { nearest } from './near';
import { BUILTINS } from './words';

const NOT_OURS = (why: string): Resolution => ({ kind: 'not ours', why });

interface Taker {
  readonly home: Home;
  readonly signature: Signature;
  readonly isGuess: boolean;
}

/** What takes a parameter, where its text tells for sure what it takes. */
function takerOf(reference: Reference, code: ProjectCode): Taker | undefined {
  // What makes an instance is called by the name of its class.
  const of = reference.of?.replace(/\.__init__$/, '');
  const named = of === undefined ? undefined : definitionOf(of, reference, code);
  const home = named?.home;
  // A page may tell of a function what the code makes of a class, or the reverse: then they don't compare.
  const { markup, directive, describes } = reference.context;
  const isFunction = /(function|method|decorator)$/.test(markup ?? directive ?? '');
  const isDescribed = reference.evidence.includes('owner') || reference.of === describes;
  if (isFunction && isDescribed && home?.kind === 'class') return undefined;
  const signature = home && code.signature(home);
  return home && signature ? { home, signature, isGuess: named.isGuess } : undefined;
}

/** A parameter that a text names: in a list, a signature or a call. */
export function resolveParameter(reference: Reference, code: ProjectCode): Resolution {
  const { name } = reference;
  const taker = takerOf(reference, code);
  if (!taker) return NOT_OURS('what takes it is not known');
  const { home, signature } = taker;
  const own = signature.parameters.find((parameter) => parameter.name === name);
  // A word in prose is the builtin rather; in a list, `int (size)`, type and name may have changed places.
  const isBuiltin = BUILTINS.has(name) && (!own || reference.kind === 'name');
  if (isBuiltin) return NOT_OURS('it is a builtin');
  const isPlain = own && own.kind !== 'rest' && own.kind !== 'keywords';
  if (!isPlain && /^(args|kwargs|kwds|kw)$/.test(name)) return NOT_OURS('it stands for others');
  const { isGuess } = taker;
  if (own) return { kind: 'found', symbol: symbolOf(own, taker), ...(isGuess && { isGuess }) };
  if (isGuess) return NOT_OURS('what takes it is a guess');
  // `Environment([options])`
  if (BAG.test(name)) return NOT_OURS('it stands for others');
  if (signature.parameters.some(({ kind }) => kind === 'keywords' || kind === 'rest'))
    return NOT_OURS('its function takes any argument');
  if (signature.parameters.some((one) => BAG.test(one.name)))
    return NOT_OURS('it may be a key of a parameter');
  // The docs of a class may tell its attributes as if they were parameters.
  const isAttribute = offersOf(home.module.source).symbols.has(`${home.path}.${name}`);
  if (isAttribute && home.kind === 'class') return NOT_OURS('it is an attribute');
  const holder = holderOf(taker);
  return {
    kind: 'broken',
    reason: `${holder.name}(${told(signature)}) has no parameter ${name}`,
    holder,
    candidates: nearest(
      name,
      signature.parameters.map((one) => symbolOf(one, taker)),
    ),
    certainty: 'sure',
  };
}

/** Parameters that take others as a dictionary; and words that docs write in the place of several. */
const BAG =
  /^(arg(ument)?s|kw(args)?|keywords|options|opts|params|parameters|config|configuration|settings|properties|context)$/;

/** A default that a text tells; only two plain values contradict each other. */
export function resolveDefault(reference: Reference, code: ProjectCode): Resolution {
  const taker = takerOf(reference, code);
  const own = taker?.signature.parameters.find(({ name }) => name === reference.parameter);
  if (!taker || !own) return NOT_OURS('what has it is not known');
  const symbol = symbolOf(own, taker);
  const difference = own.default === null ? 'incomparable' : compared(reference.name, own.default);
  if (difference === 'same') return { kind: 'found', symbol };
  if (difference === 'incomparable') return NOT_OURS('it can’t be compared');
  return {
    kind: 'broken',
    reason: `the default of ${own.name} is ${own.default!}`,
    holder: holderOf(taker),
    candidates: [symbol],
    certainty: 'sure',
  };
}

/** Whether a value that a text says is that of the code, as far as the two can be compared. */
export function compared(written: string, source: string): 'same' | 'other' | 'incomparable' {
  const [said, is] = [valueOf(written), valueOf(source)];
  if (said && is && canonical(said) === canonical(is)) return 'same';
  // In a docstring an escape may stand for one character or for two.
  if (/[\\`]/.test(written)) return 'incomparable';
  return said && is && isPlain(said, is) ? 'other' : 'incomparable';
}

/** True for two source texts of the same value. */
export function sameValue(one: string, other: string): boolean {
  const [value, second] = [valueOf(one), valueOf(other)];
  return one === other || (!!value && !!second && canonical(value) === canonical(second));
}

/** Values of one kind, of which that of the code stands for itself: `None`, 0, -1 and "" often mean that the function finds a value. */
const isPlain = (said: PyValue, is: PyValue): boolean => {
  const isNone = [said, is].some((value) => value.kind === 'constant' && value.text === 'None');
  const isEmpty =
    (is.kind === 'str' && is.value === '') ||
    ((is.kind === 'int' || is.kind === 'float') && is.value <= 0);
  const isAlike =
    said.kind === is.kind || [said, is].every(({ kind }) => kind === 'int' || kind === 'float');
  return !isNone && !isEmpty && isAlike;
};

const values = new Map<string, PyValue | undefined>();
/** Docs have few values, and have them often. */
const MOST_VALUES = 10_000;

function valueOf(text: string): PyValue | undefined {
  if (values.size > MOST_VALUES) values.clear();
  if (!values.has(text)) values.set(text, parsedValue(text));
  return values.get(text);
}

function parsedValue(text: string): PyValue | undefined {
  const statement = parts(new PythonSource(text).root)[0];
  const node = statement?.type === 'expression_statement' ? parts(statement)[0] : undefined;
  const value = node && literalValue(node);
  // 1 and 1.0 are the same to a reader.
  return value?.kind === 'float' && Number.isInteger(value.value)
    ? { kind: 'int', value: BigInt(value.value) }
    : value;
}

const told = ({ parameters }: Signature): string => parameters.map(({ name }) => name).join(', ');

function holderOf({ home, signature }: Taker): CodeSymbol {
  const kind = home.kind === 'class' ? 'class' : 'function';
  return {
    kind,
    name: `${home.module.name}.${home.path}`,
    file: home.module.file,
    line: signature.line,
  };
}

function symbolOf({ name, line }: Parameter, { home }: Taker): CodeSymbol {
  const of = `${home.module.name}.${home.path}`;
  return { kind: 'parameter', name: `${of}(${name})`, file: home.module.file, line };
}
