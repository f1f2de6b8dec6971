import type { ChangeSet } from '../change/change-set';
import { importedNames } from '../change/offers';
import type { SignatureChange } from '../change/parameters';
import { signaturesOf, type Signature } from '../change/signatures';
import { moduleSymbols } from '../change/symbols';
import { qualifiedName, type Node, type PythonSource } from '../python/syntax';
import { canonical, literalValue } from '../python/value';
import {
  definitionsIn,
  givenBy,
  isAsyncNow,
  isEnteredNow,
  returnsOf,
  type Definitions,
} from './results';

/** What the change says of the code under test, for those who compare a test with an edit of it. */
export class EvidenceOfChange {
  /**
   * @param sources Code under test that an edit may draw on, by path.
   */
  constructor(
    readonly change: ChangeSet,
    private readonly sources: ReadonlyMap<string, PythonSource>,
    /** Whether the test fails since the change raises an exception where something was not done. */
    readonly isDemanded = false,
    private readonly tests: ReadonlyMap<string, PythonSource> = new Map(),
  ) {}

  /** True where the change gave a name another one. */
  isRenamed(old: string, now: string): boolean {
    return [...this.change.renames, ...this.change.deprecations].some(
      (rename) => rename.oldName === old && rename.newName === now,
    );
  }

  /** How what is called so was called before, and how now; none where that is as it was, or not for sure. */
  signatures(old: string, now: string): SignatureChange[] {
    const found = this.change.signatures.filter(
      (one) => lastOf(one.old.path) === old && lastOf(one.new.path) === now,
    );
    const all = found.length > 0 || old !== now ? found : this.annotated(now);
    return all.some((one) => one.old.doubt ?? one.new.doubt) ? [] : all;
  }

  /** What takes the same parameters as before, but says otherwise of what type they are. */
  private annotated(name: string): SignatureChange[] {
    return this.change.files.flatMap((file) => {
      if (!file.old || !file.new || !takingOtherwise([file]).has(name)) return [];
      const before = signaturesOf(file.old);
      return [...signaturesOf(file.new).values()].flatMap((now) => {
        const old = before.get(now.path);
        const kept = new Map(now.parameters.map((one) => [one.name, one]));
        return old && lastOf(now.path) === name
          ? [{ file, old, new: now, now: kept, unclear: new Set<string>() }]
          : [];
      });
    });
  }

  /** True for a function or a class that is new, or one of the project's that gives something back. */
  isMaker(name: string): boolean {
    return this.definitions(name).some(
      (node) => node.type === 'class_definition' || returnsOf(node).length > 0,
    );
  }

  /** True for a name of the code under test that the base did not have. */
  isAdded(name: string): boolean {
    const has = (source: PythonSource | null): boolean =>
      source !== null && [...moduleSymbols(source).values()].some((one) => one.name === name);
    return (
      this.change.files.some((file) => has(file.new)) &&
      !this.change.files.some((file) => has(file.old)) &&
      ![...this.sources]
        .filter(([path]) => !this.change.files.some((file) => file.path === path))
        .some(([, source]) => has(source))
    );
  }

  /** True where a module of the project defines this, or one that the change touched imports it from elsewhere. */
  offers(module: string, name: string | null): boolean {
    const path = module.replace(/^\.+/, '').replaceAll('.', '/');
    const own = [...this.sources].filter(([file]) =>
      [`${path}.py`, `${path}/__init__.py`].some((end) => `/${file}`.endsWith(`/${end}`)),
    );
    if (own.some(([, source]) => name === null || moduleSymbols(source).has(name))) return true;
    return this.change.files.some(({ new: now }) =>
      (now ? importedNames(now) : []).some(
        ({ binding }) => binding.module === module && binding.imported === name,
      ),
    );
  }

  /** The one definition of a name that the change altered, before and now. */
  altered(old: string, now = old): Definitions | undefined {
    const found = this.change.files.flatMap((file): Definitions[] => {
      const [before, after] = [definitionsIn(file.old, old), definitionsIn(file.new, now)];
      return before.length === 1 && after.length === 1 ? [[before[0]!, after[0]!]] : [];
    });
    return found.length === 1 ? found[0] : undefined;
  }

  /** True where the project has such a literal: a text anywhere in its code, a number where the callee is defined or called. */
  shows(literal: Node, callee: string): boolean {
    const value = literalValue(literal);
    if (!value || value.kind === 'constant') return true;
    const key = canonical(value);
    const among = (source: PythonSource, within?: Node): boolean =>
      source
        .find(['string', 'integer', 'float'], within)
        .some((node) => canonical(literalValue(node) ?? { kind: 'str', value: '' }) === key);
    const all = [
      ...this.change.files.flatMap((file) => [file.old, file.new]),
      ...this.sources.values(),
    ].filter((source) => source !== null);
    if (value.kind === 'str' || value.kind === 'bytes') {
      if (value.value === '') return false;
      return all.some(
        (source) =>
          among(source) ||
          definitionsIn(source, callee).some((node) => hasWords(node, value.value)),
      );
    }
    return all.some((source) =>
      [...definitionsIn(source, callee), ...source.callsNamed([callee])].some((node) =>
        among(source, node),
      ),
    );
  }

  /** True for a function of the code under test. */
  isFunction(name: string): boolean {
    return this.definitions(name).some(({ type }) => type === 'function_definition');
  }

  /** The literal that a name of the code under test stands for. */
  constant(name: string): Node | undefined {
    const found = [...this.sources.values()]
      .flatMap((source) => source.named(name))
      .map(({ id, parent }) =>
        parent?.type === 'assignment' && parent.childForFieldName('left')?.id === id
          ? parent.childForFieldName('right')
          : null,
      );
    const value = found.find((node) => node !== null);
    return value && literalValue(value) ? value : undefined;
  }

  /** True where the project names something where the callee is defined or called. */
  names(name: string, callee: string): boolean {
    return [...this.sources.values()].some((source) =>
      [...definitionsIn(source, callee), ...source.callsNamed([callee])].some((node) =>
        node.descendantsOfType('identifier').some((other) => other?.text === name),
      ),
    );
  }

  /** What a fixture of the tests gives, where that is one expression. */
  fixture(name: string): Node | undefined {
    const [own, ...more] = [...this.tests.values()].flatMap((source) =>
      definitionsIn(source, name),
    );
    const given = own && more.length === 0 ? givenBy(own) : [];
    return given.length === 1 ? given[0] : undefined;
  }

  /** True where the change made anything awaitable. */
  isAsyncNow(): boolean {
    return this.change.files.some((file) =>
      (file.new?.find('function_definition') ?? []).some((node) => {
        const pair = this.altered(node.childForFieldName('name')!.text);
        return pair !== undefined && isAsyncNow(pair);
      }),
    );
  }

  /** True where what is given back is to be entered now. */
  isEntered(old: string, now: string): boolean {
    const pair = this.altered(old, now);
    return pair !== undefined && isEnteredNow(pair);
  }

  /** How a class of the project is made. */
  maker(name: string): Signature | undefined {
    const found = [...this.sources.values()].flatMap((source) => {
      const one = signaturesOf(source).get(name);
      return one?.kind === 'class' && one.doubt === null ? [one] : [];
    });
    return found.length === 1 ? found[0] : undefined;
  }

  /** The fields of a class that holds what it is made of. */
  fieldsOf(name: string): readonly string[] | undefined {
    const [own] = this.definitions(name);
    const isPlain = own && !/\bdef __(init|new|post_init|getattr\w*)__\b/.test(own.text);
    return isPlain ? this.maker(name)?.parameters.map((one) => one.name) : undefined;
  }

  private definitions(name: string): Node[] {
    return [...this.sources.values()].flatMap((source) => definitionsIn(source, name));
  }
}

/** The functions and classes whose parameters the change wrote anew. */
export function takingOtherwise(files: ChangeSet['files']): Set<string> {
  const taken = (source: PythonSource | null): Map<string, string> =>
    new Map(
      (source?.find('function_definition') ?? []).map((node) => [
        qualifiedName(node),
        node.childForFieldName('parameters')!.text,
      ]),
    );
  const names = files.flatMap((file) => {
    const old = taken(file.old);
    return [...taken(file.new)]
      .filter(([name, text]) => old.has(name) && old.get(name) !== text)
      .map(([name]) => lastOf(name.replace(/\.__init__$/, '')));
  });
  return new Set(names);
}

/** True where a text is whole words of a longer one in a definition. */
const hasWords = (definition: Node, text: string): boolean =>
  definition
    .descendantsOfType('string_content')
    .some((node) => /^\w+$/.test(text) && (node?.text.split(/\W+/) ?? []).includes(text));

const lastOf = (path: string): string => path.split('.').at(-1)!;
