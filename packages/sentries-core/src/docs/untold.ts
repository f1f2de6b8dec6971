import { offersOf } from '../change/offers';
import { isGiven } from './code/mentions';
import type { Module } from './code/modules';
import type { ProjectCode } from './code/project-code';
import type { Reference } from './reference';
import { homeOf } from './resolve/names';
import { resolve } from './resolve/resolve';

/** Something new of which docs say nothing, where they tell of all that it stands beside. */
export interface Untold {
  /** Where the others are told, from the root of the tree. */
  readonly file: string;
  /** From 1: of the last of the others. */
  readonly line: number;
  readonly says: string;
}

/** What is new in the code and not in the docs. No fault, and nothing that a rule could mend: what it means, people know. */
export function untold(
  references: readonly Reference[],
  base: ProjectCode,
  head: ProjectCode,
): Untold[] {
  const current = references.filter(({ context }) => !context.isPast);
  return [...untoldParameters(current, base, head), ...untoldSymbols(current, base, head)];
}

/** The parameters that lists, tables and docstrings tell, by what takes them. */
function listsIn(references: readonly Reference[]): Reference[][] {
  const lists = new Map<string, Reference[]>();
  for (const one of references) {
    const { kind, evidence, context, file, of } = one;
    // A signature is another matter: it can be completed.
    if (kind !== 'parameter' || !evidence.includes('owner') || context.markup !== null) continue;
    const key = `${file} ${of ?? ''}`;
    const list = lists.get(key);
    if (list) list.push(one);
    else lists.set(key, [one]);
  }
  return [...lists.values()];
}

function untoldParameters(
  references: readonly Reference[],
  base: ProjectCode,
  head: ProjectCode,
): Untold[] {
  return listsIn(references).flatMap((list): Untold[] => {
    const last = list.at(-1)!;
    const [old, now] = [base, head].map((code) => {
      const home = last.of === null ? undefined : homeOf(last.of, last, code);
      const signature = home && code.signature(home);
      const named = signature?.parameters.filter(({ kind }) => !/^(rest|keywords)$/.test(kind));
      return (
        named && { taker: `${home!.module.name}.${home!.path}`, names: named.map((p) => p.name) }
      );
    });
    if (!old || !now || old.names.length === 0 || isPrivate(now.taker)) return [];
    const told = new Set(list.map(({ name }) => name));
    // Where one is gone, the new one may be that one.
    const isWhole = old.names.every((name) => told.has(name) && now.names.includes(name));
    const names = now.names.filter((name) => !told.has(name) && !old.names.includes(name));
    if (!isWhole || names.length === 0) return [];
    const says = `${now.taker} takes ${names.join(', ')} now; here its other parameters are told`;
    return [{ file: last.file, line: last.line, says }];
  });
}

const isPrivate = (name: string): boolean => /(^|\.)_(?!_init__)/.test(name);

/** So many must be told for a page to be the place for all. */
const LEAST = 3;

/** Functions and classes of a module that others may import. */
function publicNames({ source }: Module): Set<string> {
  const symbols = [...offersOf(source).symbols.values()];
  return new Set(
    symbols
      .filter(({ owner, kind }) => owner === '' && (kind === 'function' || kind === 'class'))
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('_') && isGiven(source, name)),
  );
}

/** A module that offers more than before. */
interface Grown {
  readonly module: Module;
  /** What it offers. */
  readonly now: ReadonlySet<string>;
  /** What it offered before, all of which is still there. */
  readonly siblings: readonly string[];
  readonly fresh: readonly string[];
}

/** The modules in which something is new that a page would tell which tells all the others. */
export function grownModules(base: ProjectCode, head: ProjectCode): Grown[] {
  return [...head.modules.values()].flatMap((module): Grown[] => {
    const before = base.modules.get(module.name);
    if (!before || before.source.text === module.source.text) return [];
    const [old, now] = [publicNames(before), publicNames(module)];
    const siblings = [...old].filter((name) => now.has(name));
    const fresh = [...now].filter((name) => !old.has(name));
    // Where one is gone, the new one may be that one.
    const isGrown = fresh.length > 0 && siblings.length >= LEAST && siblings.length === old.size;
    return isGrown ? [{ module, now, siblings, fresh }] : [];
  });
}

function untoldSymbols(
  references: readonly Reference[],
  base: ProjectCode,
  head: ProjectCode,
): Untold[] {
  return grownModules(base, head).flatMap(({ module, now, siblings, fresh }): Untold[] => {
    const pages = toldOn(references, module, now, head);
    const everywhere = new Set([...pages.values()].flatMap((names) => [...names.keys()]));
    const missing = fresh.filter((name) => !everywhere.has(name));
    if (missing.length === 0) return [];
    return [...pages].flatMap(([file, told]): Untold[] => {
      if (!siblings.every((name) => told.has(name))) return [];
      const names = missing.map((name) => `${module.name}.${name}`).join(', ');
      const says = `${names} is new; here all others of ${module.name} are told`;
      return [{ file, line: Math.max(...told.values()), says }];
    });
  });
}

/** By page: which names of a module it tells, and on which line at last. */
function toldOn(
  references: readonly Reference[],
  { name: module }: Module,
  names: ReadonlySet<string>,
  code: ProjectCode,
): Map<string, Map<string, number>> {
  const pages = new Map<string, Map<string, number>>();
  for (const one of references) {
    const word = one.name.slice(one.name.lastIndexOf('.') + 1);
    if (one.file.endsWith('.py') || !names.has(word) || one.kind === 'parameter') continue;
    const means = resolve(one, code);
    if (means.kind !== 'found' || means.symbol.name !== `${module}.${word}`) continue;
    const told = pages.get(one.file) ?? new Map<string, number>();
    pages.set(one.file, told.set(word, Math.max(one.line, told.get(word) ?? 0)));
  }
  return pages;
}
