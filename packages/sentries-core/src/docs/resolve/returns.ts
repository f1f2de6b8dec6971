import { itemType, outerName, typeForms, type TypeForms } from '../../python/annotation';
import { offersOf, returnsOf } from '../code/module-facts';
import type { Home, ProjectCode } from '../code/project-code';
import type { Returned } from '../code/returns';
import { toldType } from '../read/told-type';
import type { CodeSymbol, Reference, Resolution } from '../reference';
import { homeOf } from './names';

const NOT_OURS = (why: string): Resolution => ({ kind: 'not ours', why });

/** A function with the type that it says it returns, or yields. */
export interface Giver {
  readonly home: Home;
  readonly returned: Returned;
  /** What a text may tell of it, as the annotation writes it; undefined where it yields nothing by its type. */
  readonly type: string | undefined;
}

/** The annotated function that a text tells of. @param of Its dotted name. */
export function giverOf(of: string, reference: Reference, code: ProjectCode): Giver | undefined {
  const home = homeOf(of, reference, code);
  const returned = home?.kind === 'function' && returnsOf(home.module.source).get(home.path);
  if (!home || !returned) return undefined;
  const type = reference.kind === 'yield' ? itemType(returned.type) : returned.type;
  return { home, returned, type };
}

export const symbolOf = ({ home: { module, path }, returned: { line } }: Giver): CodeSymbol => ({
  kind: 'return',
  name: `${module.name}.${path}()`,
  file: module.file,
  line,
});

/** A type that a text tells; it contradicts the code only where both are plain types of Python. */
export function resolveReturn(reference: Reference, code: ProjectCode): Resolution {
  const giver = reference.of === null ? undefined : giverOf(reference.of, reference, code);
  const [told, is] = [toldType(reference.text)?.forms, typeForms(giver?.type ?? '')];
  if (!giver || !told || !is) return NOT_OURS('what is returned is not known');
  const symbol = symbolOf(giver);
  if (told.join() === is.join()) return { kind: 'found', symbol };
  const { home, returned } = giver;
  if (returned.doubt !== null) return NOT_OURS(returned.doubt);
  if (!contradict(told, is) || !isPythons(is, home, code)) return NOT_OURS('it can’t be compared');
  return {
    kind: 'broken',
    reason: `${home.module.name}.${home.path} ${reference.kind}s ${giver.type!}`,
    holder: { ...symbol, kind: 'function', name: `${home.module.name}.${home.path}` },
    candidates: [symbol],
    certainty: 'sure',
  };
}

/** Types of Python; those of one kind may stand for each other: a number for another one, say. */
const KINDS: Readonly<Record<string, string>> = {
  ...{ bool: 'number', int: 'number', float: 'number', complex: 'number' },
  ...{ set: 'set', frozenset: 'set', list: 'list', tuple: 'tuple', dict: 'dict' },
  ...{ str: 'str', bytes: 'bytes', None: 'None' },
};

const kindOf = (form: string): string | undefined => KINDS[outerName(form)];

/** True where no value can be of both types. */
function contradict(told: TypeForms, is: TypeForms): boolean {
  const [said, real] = [told, is].map((forms) => forms.map(kindOf));
  const isKnown = [...said!, ...real!].every((kind) => kind !== undefined);
  return isKnown && !said!.some((kind) => real!.includes(kind));
}

/** True where the names of types are those of Python: a project may have a `Set` of its own. */
function isPythons(forms: TypeForms, { module }: Home, code: ProjectCode): boolean {
  const { imports, symbols } = offersOf(module.source);
  return forms.map(outerName).every((name) => {
    const names = [
      name,
      name[0]!.toUpperCase() + name.slice(1),
      name === 'frozenset' ? 'FrozenSet' : name,
    ];
    return names.every(
      (one) =>
        !symbols.has(one) &&
        code.named(one).every(({ kind }) => kind !== 'class') &&
        /^(typing|typing_extensions|builtins)?$/.test(imports.get(one)?.module ?? ''),
    );
  });
}
