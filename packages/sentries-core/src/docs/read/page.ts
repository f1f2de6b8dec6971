import type { CallShape, Evidence } from '../reference';
import type { Excerpt } from '../text/excerpt';
import type { Piece, Place } from '../text/piece';
import { blockKind, codeOf, setsVariables } from './blocks';
import { readConfigKeys } from './config-keys';
import { readDirective } from './directives';
import { readEntry, readField } from './descriptions';
import { variablesIn, variablesOfPython, type VariableUse } from './environment';
import { optionsOfHelp, optionsOfHooks, type ShownOption } from './help';
import { literalUses } from './literal';
import { PageNames } from './page-names';
import { pythonUses, type ChainUse } from './python-uses';
import { readRole } from './roles';
import { commandsIn } from './shell';
import type { ReferenceSink } from './sink';

/** The last line of a traceback: below its head, it is the first that is indented no deeper, and no prompt. */
const RAISED =
  /^([ \t]*)Traceback \(most recent call last\):[ \t]*\r?\n(?:\1[ \t]+.*\n|\1\.\.\.[ \t]*\r?\n)*\1([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?=:|\s*$)/gm;

/** A name that can be no word, behind the dot by which Sphinx looks for it in all modules: `.Account.close`, `.streams.Buffer`. */
const SEARCHED = /^\.(?:(?:[a-z_]\w*\.)*[A-Z]\w*(?:\.\w+)*|[a-z]\w*_\w+)$/;

/** What may stand behind the dot of what has it: a call, and what can be neither a word nor a file. */
const MEMBER = /^\.(?:[A-Za-z_]\w*\(|[a-z]\w*_\w+$|[A-Z]\w*$)/;
const DECORATOR = /^@(?:\w+\.)*[A-Za-z_]\w*\(/;

/** Makes references of the pieces of one page, in their order: examples go on from those before. */
export class Page {
  readonly #names = new PageNames();

  constructor(private readonly sink: ReferenceSink) {}

  take(piece: Piece): void {
    const { place } = piece;
    switch (piece.kind) {
      case 'literal':
        return this.literal(piece.text, place, []);
      case 'plain':
        // Nobody but Sphinx has a use for such a dot in single backquotes.
        return SEARCHED.test(piece.text.text)
          ? this.literal(withoutMark(piece.text), place, ['markup'])
          : this.literal(piece.text, place, []);
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

  private literal(written: Excerpt, place: Place, evidence: readonly Evidence[]): void {
    // `.close()` is a method of something, `@cached(size=1)` a decorator.
    const isMarked = MEMBER.test(written.text) || DECORATOR.test(written.text);
    const text = isMarked ? withoutMark(written) : written;
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
    { words, of, span, call }: ChainUse,
    text: Excerpt,
    place: Place,
    evidence: readonly Evidence[],
  ): void {
    if (of === null) return;
    const known = this.#names.imported([...of, ...words]);
    const told: Evidence[] = [...evidence];
    if (call) told.push('call');
    if (of.length + words.length > 1) told.push('dotted');
    if (of.length > 0) told.push('inferred');
    if (known !== undefined) told.push('page-import');
    const name = known ?? [...of, ...words].join('.');
    this.use({ name, words, of, span, call }, told, text, place);
  }

  /** What is named, and by which keywords it is called. */
  private use(
    {
      name,
      words,
      of,
      span,
      call,
      stars,
    }: ChainUse & { readonly name: string; readonly stars?: readonly string[] },
    evidence: readonly Evidence[],
    text: Excerpt,
    place: Place,
    part?: 'example',
  ): void {
    const kind = call ? 'call' : words.length + (of?.length ?? 1) > 1 ? 'dotted' : 'name';
    const shape = call && shapeIn(call, text);
    const more = { ...(part && { part }), ...(stars && { stars }) };
    this.sink.add({ kind, name, span, call: shape, evidence, ...more }, text, place);
    for (const { name: keyword, span: at } of call?.keywords ?? [])
      this.sink.add(
        { kind: 'parameter', name: keyword, of: name, span: at, evidence, ...more },
        text,
        place,
      );
  }

  private block(text: Excerpt, language: string | null, place: Place): void {
    const kind = blockKind(text.text, language);
    this.tracebacks(text, place);
    if (kind === 'python') {
      const code = codeOf(text);
      this.python(code, place, code !== text);
      return this.settings(variablesOfPython(code.text), [], code, place);
    }
    if (kind === 'shell') this.commands(text, place);
    else if (kind === 'toml') return readConfigKeys(text, place, this.sink);
    const options = [...optionsOfHelp(text.text), ...optionsOfHooks(text.text)];
    const variables = setsVariables(language) ? variablesIn(text.text) : [];
    this.settings(variables, options, text, place);
  }

  /** Variables and options that a block shows, whatever language it is in. */
  private settings(
    variables: readonly VariableUse[],
    options: readonly ShownOption[],
    text: Excerpt,
    place: Place,
  ): void {
    const part = 'example';
    for (const { name, span } of variables)
      this.sink.add({ kind: 'env', name, span, part }, text, place);
    for (const { name, span, program: of } of options)
      this.sink.add({ kind: 'option', name, of, span, part }, text, place);
  }

  /** The exceptions that an example shows to be raised, by their whole names or as examples before imported them. */
  private tracebacks(text: Excerpt, place: Place): void {
    for (const { 0: whole, 2: written, index } of text.text.matchAll(RAISED)) {
      const words = written!.split('.');
      const known = this.#names.imported(words);
      if (known === undefined && words.length === 1) continue;
      const start = index + whole.length - written!.length;
      const found = {
        kind: 'exception',
        name: known ?? written!,
        span: { start, end: start + written!.length },
        evidence: [known === undefined ? 'dotted' : 'page-import'],
        part: 'example',
      } as const;
      this.sink.add(found, text, place);
    }
  }

  private python(code: Excerpt, place: Place, isSession: boolean): void {
    const uses = pythonUses(code.text);
    const part = 'example';
    const example = this.#names.example(uses);
    for (const { module, name, span, target, binding } of uses.imports) {
      const isRebound = binding === name && example.isRebound(binding);
      const evidence: Evidence[] = isRebound ? ['import', 'rebound'] : ['import'];
      if (module) {
        this.sink.add(
          { kind: 'module', name: module.name, span: module.span, evidence: ['import'], part },
          code,
          place,
        );
        this.sink.add({ kind: 'import', name: target, span, evidence, part }, code, place);
      } else this.sink.add({ kind: 'module', name, span, evidence, part }, code, place);
    }
    for (const { name, span } of uses.stars)
      this.sink.add({ kind: 'module', name, span, evidence: ['import'], part }, code, place);
    for (const chain of uses.chains) {
      const meaning = example.meaningOf(chain);
      if (!meaning) continue;
      // A small word that nothing explains may be a variable of the reader's; what a session shows is there.
      const isSmall = chain.words.length === 1 && /^[a-z\d]+$/.test(chain.words[0]!);
      if (meaning.isFree && isSmall && chain.of?.length === 0 && !chain.call && !isSession)
        continue;
      const evidence = [...meaning.evidence];
      if (chain.call) evidence.push('call');
      if (chain.words.length + (chain.of?.length ?? 1) > 1 && meaning.isFree)
        evidence.push('dotted');
      else if (meaning.isFree && chain.call && place.format === 'docstring')
        evidence.push('docstring');
      const { name, stars } = meaning;
      this.use({ ...chain, name, stars }, evidence, code, place, part);
    }
    example.close();
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

const withoutMark = (text: Excerpt): Excerpt => text.pick([{ start: 1, end: text.text.length }]);

function shapeIn(call: NonNullable<ChainUse['call']>, text: Excerpt): CallShape | null {
  const extent = text.spanOf(call.extent);
  const keywords = call.keywords.map(({ name }) => name);
  return extent ? { extent, positional: call.positional, keywords, isOpen: call.isOpen } : null;
}
