import type { CallShape, Evidence } from '../reference';
import type { Excerpt } from '../text/excerpt';
import type { Piece, Place } from '../text/piece';
import { blockKind, codeOf } from './blocks';
import { readConfigKeys } from './config-keys';
import { readDirective } from './directives';
import { readEntry, readField } from './descriptions';
import { literalUses } from './literal';
import { pythonUses, type ChainUse } from './python-uses';
import { readRole } from './roles';
import { commandsIn } from './shell';
import type { ReferenceSink } from './sink';

/** Makes references of the pieces of one page, in their order: examples go on from those before. */
export class Page {
  /** What names stand for, by the imports of the examples so far. */
  readonly #imported = new Map<string, string>();
  /** Names that examples gave a meaning of their own. */
  readonly #defined = new Set<string>();

  constructor(private readonly sink: ReferenceSink) {}

  take(piece: Piece): void {
    const { place } = piece;
    switch (piece.kind) {
      case 'literal':
      case 'plain':
        return this.literal(piece.text, place, []);
      case 'role':
        return readRole(piece, this.sink, () => this.literal(piece.text, place, ['markup']));
      case 'block':
        return this.block(piece.text, piece.language, place);
      case 'directive':
        return readDirective(piece, this.sink);
      case 'field':
        return readField(piece, this.sink);
      case 'entry':
        return readEntry(piece, this.sink);
      case 'link': {
        const { text } = piece;
        const span = { start: 0, end: text.text.length };
        this.sink.add({ kind: 'path', name: text.text, span, part: 'link' }, text, place);
        return this.anchor(text, place);
      }
    }
  }

  /** Of a link, what stands behind `#`. */
  private anchor(text: Excerpt, place: Place): void {
    const at = text.text.indexOf('#');
    if (place.format !== 'markdown' || at < 0 || at === text.text.length - 1) return;
    const span = { start: at + 1, end: text.text.length };
    this.sink.add({ kind: 'anchor', name: text.text, span, part: 'link' }, text, place);
  }

  private literal(text: Excerpt, place: Place, evidence: readonly Evidence[]): void {
    for (const use of literalUses(text)) {
      if (use.kind === 'python') this.chain(use.chain, text, place, evidence);
      else if (use.kind === 'command') this.commands(text, place);
      else if (use.kind === 'import') {
        const name = `${use.module}.${use.name}`;
        this.sink.add({ kind: 'import', name, span: use.span, evidence: ['import'] }, text, place);
      } else {
        const { kind, name, span } = use;
        this.sink.add({ kind, name, span, evidence }, text, place);
      }
    }
  }

  /** A chain in prose: its first word may be known from the examples before. */
  private chain(
    { words, span, call }: ChainUse,
    text: Excerpt,
    place: Place,
    evidence: readonly Evidence[],
  ): void {
    const [first, ...rest] = words as [string, ...string[]];
    const known = this.#defined.has(first) ? undefined : this.#imported.get(first);
    const name = known === undefined ? words.join('.') : [known, ...rest].join('.');
    const told: Evidence[] = [...evidence];
    if (call) told.push('call');
    if (words.length > 1) told.push('dotted');
    if (known !== undefined) told.push('page-import');
    const kind = call ? 'call' : words.length > 1 ? 'dotted' : 'name';
    const shape = call && shapeIn(call, text);
    this.sink.add({ kind, name, span, call: shape, evidence: told }, text, place);
    for (const { name: keyword, span: at } of call?.keywords ?? [])
      this.sink.add(
        { kind: 'parameter', name: keyword, of: name, span: at, evidence: told },
        text,
        place,
      );
  }

  private block(text: Excerpt, language: string | null, place: Place): void {
    const kind = blockKind(text.text, language);
    if (kind === 'python') this.python(codeOf(text), place);
    else if (kind === 'shell') this.commands(text, place);
    else if (kind === 'toml') readConfigKeys(text, place, this.sink);
  }

  private python(code: Excerpt, place: Place): void {
    const { imports, chains, defined, instances } = pythonUses(code.text);
    const part = 'example';
    const own = new Map<string, string>();
    for (const { module, name, span, binding, target } of imports) {
      const evidence = ['import'] as const;
      if (module) {
        this.sink.add(
          { kind: 'module', name: module.name, span: module.span, evidence, part },
          code,
          place,
        );
        this.sink.add({ kind: 'import', name: target, span, evidence, part }, code, place);
      } else this.sink.add({ kind: 'module', name, span, evidence, part }, code, place);
      own.set(binding, target);
      this.#imported.set(binding, target);
      this.#defined.delete(binding);
    }
    const start = (words: readonly string[]): { name: string; evidence: Evidence } | undefined => {
      const [first, ...rest] = words as [string, ...string[]];
      if (defined.has(first)) return undefined;
      const here = own.get(first);
      const known = here ?? (this.#defined.has(first) ? undefined : this.#imported.get(first));
      const evidence = here === undefined ? 'page-import' : 'import';
      return known === undefined ? undefined : { name: [known, ...rest].join('.'), evidence };
    };
    for (const { words, span, call } of chains) {
      const bound =
        start(words) ??
        this.instance(words, instances, start) ??
        this.free(words, defined, call !== null && place.format === 'docstring');
      if (!bound) continue;
      const evidence = [bound.evidence, ...(call ? (['call'] as const) : [])];
      const { name } = bound;
      const kind = call ? 'call' : words.length > 1 ? 'dotted' : 'name';
      const shape = call && shapeIn(call, code);
      this.sink.add({ kind, name, span, call: shape, evidence, part }, code, place);
      for (const { name: keyword, span: at } of call?.keywords ?? [])
        this.sink.add(
          { kind: 'parameter', name: keyword, of: name, span: at, evidence, part },
          code,
          place,
        );
    }
    for (const name of defined) if (!own.has(name)) this.#defined.add(name);
  }

  /** `client.get` where `client = Client()`: a member of the class, if a class it is. */
  private instance(
    [first, ...rest]: readonly string[],
    instances: ReadonlyMap<string, readonly string[]>,
    start: (words: readonly string[]) => { name: string } | undefined,
  ): { name: string; evidence: Evidence } | undefined {
    const made = rest.length > 0 ? instances.get(first!) : undefined;
    const of = made && start(made);
    return of && { name: [of.name, ...rest].join('.'), evidence: 'instance' };
  }

  /** A dotted name that nothing on the page explains; or a call in a docstring, whose examples know their module's names. */
  private free(words: readonly string[], defined: ReadonlySet<string>, isCallThere: boolean) {
    const first = words[0]!;
    if (defined.has(first) || this.#defined.has(first)) return undefined;
    if (words.length === 1 && !isCallThere) return undefined;
    const evidence: Evidence = words.length === 1 ? 'docstring' : 'dotted';
    return { name: words.join('.'), evidence };
  }

  private commands(text: Excerpt, place: Place): void {
    for (const { program, isModule, span, options, variables } of commandsIn(text.text)) {
      const part = place.part === 'prose' ? 'example' : place.part;
      if (isModule)
        this.sink.add(
          { kind: 'module', name: program, span, evidence: ['call'], part },
          text,
          place,
        );
      for (const { option, span: at } of options)
        this.sink.add({ kind: 'option', name: option, of: program, span: at, part }, text, place);
      for (const { name, span: at } of variables)
        this.sink.add({ kind: 'env', name, span: at, part }, text, place);
    }
  }
}

function shapeIn(call: NonNullable<ChainUse['call']>, text: Excerpt): CallShape | null {
  const extent = text.spanOf(call.extent);
  const keywords = call.keywords.map(({ name }) => name);
  return extent ? { extent, positional: call.positional, keywords, isOpen: call.isOpen } : null;
}
