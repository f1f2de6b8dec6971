import { posix } from 'node:path';
import { applyOperations, type Operation } from '../../patch/operation';
import { LineIndex } from '../../python/text';
import type { Span } from '../../python/syntax';
import type { Evidence } from '../../report/run-record';
import { referencesIn } from '../read/document';
import type { Reference } from '../reference';
import { resolve } from '../resolve/resolve';
import type { DocContext } from '../rules/rule';
import type { StaleReference } from '../stale';
import { refuseOthers, successorAt } from './afterwards';
import { atomsOn } from './atoms';
import { followedImports, importAround, type ImportLines } from './imports';
import { itemOf, refuseLiving } from './item';
import { rewrittenLine, wordsBetween } from './line';
import { endOf, lineCount, linesOf, touches, withEnds, type Lines } from './lines';
import { Refused, type OpenPlace } from './open-place';
import type { Successors } from './successors';

/** What an edit makes of one stale reference. */
export interface Rewritten {
  readonly operations: readonly Operation[];
  /** The name of what it leads to then; null where it went, since the change removed the thing. */
  readonly leadsTo: string | null;
  readonly evidence: readonly Evidence[];
}

/** Longer lines are written by no person. */
const LONGEST_LINE = 4000;

/** A page that is edited, read as what the edit makes of each stale place of it. */
export class EditedPage {
  readonly #file: string;
  readonly #path: string;
  readonly #module: string | null;
  readonly #references: readonly Reference[];
  readonly #text: string;
  readonly #index: LineIndex;
  readonly #lines: readonly string[];
  readonly #found = new Map<StaleReference, Rewritten>();
  /** The smallest operations, and what has to lead somewhere where they put it. */
  readonly #edits: Operation[] = [];
  readonly #checks: ((after: string, references: readonly Reference[]) => void)[] = [];

  constructor(
    private readonly places: readonly OpenPlace[],
    private readonly context: DocContext,
  ) {
    this.#file = places[0]!.stale.reference.file;
    this.#path = posix.join(context.folder, this.#file);
    this.#text = context.text(this.#file);
    this.#index = new LineIndex(this.#text);
    this.#lines = linesOf(this.#index);
    this.#module = context.head.moduleOf(this.#file)?.name ?? null;
    this.#references = referencesIn(this.#file, this.#text, this.#module);
  }

  /**
   * @param operations Whole lines, one operation for each run that differs.
   * @throws Refused where the edit does anything else.
   */
  read(operations: readonly Operation[]): ReadonlyMap<StaleReference, Rewritten> {
    const after = applyOperations(this.#text, operations);
    const rest = this.#imports(operations);
    for (const one of rest) {
      if (one.after === '') this.#removed(one);
      else this.#exchanged(one);
    }
    if (applyOperations(this.#text, this.#edits) !== after)
      throw new Refused('The edit changes more than the stale names.');
    const now = referencesIn(this.#file, after, this.#module);
    for (const check of this.#checks) check(after, now);
    refuseOthers(operations, this.#references, now);
    return this.#found;
  }

  /** Takes the imports that the operations touch; gives back the operations that are none of theirs. */
  #imports(operations: readonly Operation[]): Operation[] {
    let rest = [...operations];
    for (const { stale } of this.places) {
      const statement = importAround(this.#index, stale.reference);
      if (!statement) continue;
      const span = this.#spanOf(statement);
      const own = rest.filter((one) => touches(one.span, span));
      const isInside = own.every((one) => span.start <= one.span.start && one.span.end <= span.end);
      const isSame = own.every(({ before, after }) => lineCount(before) === lineCount(after));
      // What stays on its lines is read like any other line.
      if (own.length === 0 || !isInside || isSame) continue;
      const before = this.#text.slice(span.start, span.end);
      const moved = own.map((one) => ({
        ...one,
        span: { start: one.span.start - span.start, end: one.span.end - span.start },
      }));
      this.#import(statement, {
        file: this.#path,
        span,
        before,
        after: applyOperations(before, moved),
      });
      rest = rest.filter((one) => !own.includes(one));
    }
    return rest;
  }

  #import(statement: ImportLines, operation: Operation): void {
    const { after, before, span } = operation;
    if (endOf(after) !== endOf(before)) throw new Refused('Keep the line ends.');
    const here = this.places.filter(
      ({ stale: { reference: own } }) => span.start <= own.span.start && own.span.end <= span.end,
    );
    const followed = followedImports(statement, after, here, this.context);
    this.#edits.push(operation);
    for (const [{ stale, successors }, leadsTo] of followed)
      this.#take(stale, [operation], leadsTo, successors);
  }

  /** Lines that went. */
  #removed(operation: Operation): void {
    const { span } = operation;
    const first = this.#index.lineOf(span.start);
    const last = this.#index.lineOf(Math.max(span.start, span.end - 1));
    const own = this.places.filter(
      ({ stale: { reference: one } }) => first <= one.line && one.line <= last,
    );
    const isItem = own.some(({ stale: { reference }, successors }) => {
      const start = this.#index.lineStart(reference.line);
      const item = successors.isGone ? itemOf(reference, this.#lines, start) : undefined;
      return item?.first === first && item.last === last;
    });
    if (!isItem)
      throw new Refused(
        `The edit takes away lines (${JSON.stringify(this.#lines[first - 1]!.trim().slice(0, 80))}) that are no item of a list or row of a table about nothing but what the change removed. Keep them.`,
      );
    const living = this.#references
      .filter(({ line }) => first <= line && line <= last)
      .filter((one) => resolve(one, this.context.head).kind === 'found');
    refuseLiving(this.#text.slice(span.start, span.end), own, living);
    this.#edits.push(operation);
    for (const { stale, successors } of own) this.#take(stale, [operation], null, successors);
  }

  /** Lines in the place of as many lines. */
  #exchanged({ before, after, span }: Operation): void {
    const [old, now] = [withEnds(before), withEnds(after)];
    const first = this.#index.lineOf(span.start);
    if (before === '' || old.length !== now.length)
      throw new Refused(
        'The edit adds or takes away lines. Keep them, and change the stale names alone.',
      );
    for (const [at, line] of old.entries())
      if (line !== now[at]) this.#line(first + at, line, now[at]!);
  }

  #line(number: number, before: string, after: string): void {
    const start = this.#index.lineStart(number);
    if (endOf(before) !== endOf(after)) throw new Refused('Keep the line ends.');
    const [old, now] = [before, after].map((one) => one.replace(/\r?\n$/, '')) as [string, string];
    const places = this.places.filter(({ stale: { reference } }) => reference.line === number);
    const atoms = atomsOn(old, start, places);
    const shown = JSON.stringify(old.trim().slice(0, 120));
    if (atoms.length === 0)
      throw new Refused(
        `The line ${shown} names nothing that the change made stale. Keep it as it is.`,
      );
    const is = old.length + now.length < LONGEST_LINE ? rewrittenLine(old, now, atoms) : undefined;
    const names = atoms.map(({ span }) => old.slice(span.start, span.end));
    if (!is)
      throw new Refused(
        `On the line ${shown} only stale names may change (${names.join(', ')}), and more did: ${wordsBetween(old, now, names)}.`,
      );
    const beside = (atom: number): Operation[] =>
      is.beside
        .filter((one) => one.atom === atom)
        .map((one) => this.#at(start, one.span, one.before, one.after));
    for (const [at, atom] of atoms.entries()) {
      const [text, own] = [now.slice(is.now[at]!.start, is.now[at]!.end), beside(at)];
      const was = old.slice(atom.span.start, atom.span.end);
      if (text === was) {
        if (own.length > 0) throw new Refused(`Beside \`${was}\` words change, and it does not.`);
        continue;
      }
      const edits = [this.#at(start, atom.span, was, text), ...own];
      this.#edits.push(...edits);
      const words = is.beside.filter((one) => one.atom === at).map((one) => one.after);
      for (const place of atom.owners) {
        if (text === '') this.#take(place.stale, edits, null, place.successors);
        else this.#leads(place, edits, number, is.now[at]!, text, words);
      }
    }
  }

  /** What stands there then must be a reference to what the change shows. */
  #leads(
    place: OpenPlace,
    edits: readonly Operation[],
    line: number,
    at: Span,
    text: string,
    words: readonly string[],
  ): void {
    const { stale, successors } = place;
    this.#take(stale, edits, '', successors);
    this.#checks.push((after, references) => {
      const index = new LineIndex(after);
      const shift = this.#lineShift(line);
      const start = index.lineStart(line + shift) + at.start;
      const leadsTo = successorAt(start, text, words, place, references, this.context.head);
      this.#take(stale, edits, leadsTo, successors);
    });
  }

  /** By how many lines the edits before a line move it. */
  #lineShift(line: number): number {
    return this.#edits
      .filter(({ span }) => this.#index.lineOf(span.start) < line)
      .reduce((sum, { before, after }) => sum + lineCount(after) - lineCount(before), 0);
  }

  #take(
    stale: StaleReference,
    operations: readonly Operation[],
    leadsTo: string | null,
    { names }: Successors,
  ): void {
    const evidence = leadsTo === null ? [] : (names.get(leadsTo) ?? []);
    this.#found.set(stale, { operations, leadsTo, evidence });
  }

  #at(start: number, span: Span, before: string, after: string): Operation {
    return {
      file: this.#path,
      span: { start: start + span.start, end: start + span.end },
      before,
      after,
    };
  }

  #spanOf({ first, last }: Lines): Span {
    return { start: this.#index.lineStart(first), end: this.#index.lineStart(last + 1) };
  }
}
