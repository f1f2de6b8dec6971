import { decoratorsOf } from '../../python/decorators';
import { enclosing, parts, qualifiedName, type Node, type PythonSource } from '../../python/syntax';
import type { Module } from './modules';

/** A name that users give, and that follows from a name in the code. */
export interface MadeName {
  /** `--max-tries` of `max_tries`; `ACME_TIMEOUT` of `timeout`. */
  readonly name: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The function or the class that has the name, in its module; with the name itself. */
  readonly owner: string;
  readonly word: string;
}

/** An option of a command line as code declares it. */
export interface DeclaredOption {
  /** All its spellings: `-r`, `--retries`. */
  readonly names: readonly string[];
  /** Source text; null where none is declared. */
  readonly default: string | null;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Where a name follows from that of a parameter. */
  readonly made: MadeName | null;
}

const DECLARING = /\badd_argument\b|\badd_?option\b|\bclick\b|\btyper\b/;

/** The options that a module declares with argparse, optparse, click or typer, or as a plugin of pytest; by its text alone. */
export function declaredOptions({ source, file }: Module): DeclaredOption[] {
  if (!DECLARING.test(source.text)) return [];
  const calls = (name: string): Node[] => source.callsNamed([name]);
  const isTyper = /^\s*(?:import|from) typer\b/m.test(source.text);
  const given = ['add_argument', 'option', 'add_option', 'addoption']
    .flatMap(calls)
    .flatMap((call) => declaredBy(call, source, file));
  return isTyper ? [...given, ...ofCommands(source, file)] : given;
}

const argumentsOf = (call: Node): Node[] => {
  const list = call.childForFieldName('arguments');
  return list?.type === 'argument_list' ? parts(list) : [];
};

/** `"--retries", "-r"`, and click's `"--shout/--no-shout"`. */
const namesIn = (given: readonly Node[]): string[] =>
  given
    .filter(({ type }) => type === 'string')
    .flatMap(({ text }) => text.replace(/^\w*["']|["']$/g, '').split('/'))
    .map((name) => name.trim())
    .filter((name) => /^--?[A-Za-z][\w-]*$/.test(name));

function keyword(given: readonly Node[], name: string): string | null {
  const found = given.find(
    (node) => node.type === 'keyword_argument' && node.childForFieldName('name')?.text === name,
  );
  return found?.childForFieldName('value')?.text ?? null;
}

function declaredBy(call: Node, source: PythonSource, file: string): DeclaredOption[] {
  const given = argumentsOf(call);
  const names = namesIn(given);
  const line = source.lineOf(call);
  return names.length === 0
    ? []
    : [{ names, default: keyword(given, 'default'), file, line, made: null }];
}

/** Of typer: parameters that have a default, or say that they are options. */
function ofCommands(source: PythonSource, file: string): DeclaredOption[] {
  return source
    .find('function_definition')
    .filter((node) => !(node.parent && enclosing(node.parent, 'function_definition')))
    .flatMap((node) => {
      const isCommand = decoratorsOf(node).some(({ text }) =>
        /^@[\w.]+\.(command|callback)\b/.test(text),
      );
      if (!isCommand) return [];
      const owner = qualifiedName(node);
      return parts(node.childForFieldName('parameters')!).flatMap((parameter) =>
        ofParameter(parameter, owner, source, file),
      );
    });
}

function ofParameter(
  node: Node,
  owner: string,
  source: PythonSource,
  file: string,
): DeclaredOption[] {
  const type = node.childForFieldName('type');
  const value = node.childForFieldName('value');
  const word = (node.childForFieldName('name') ?? parts(node)[0])?.text ?? '';
  const said = [value, ...(type ? source.find('call', type) : [])].find(
    (one) => one?.type === 'call' && /^(\w+\.)?(Option|Argument)\(/.test(one.text),
  );
  const line = source.lineOf(node);
  if (!/^[A-Za-z_]\w*$/.test(word) || (!value && !said)) return [];
  if (said && /^(\w+\.)?Argument\(/.test(said.text)) return [];
  const given = said ? argumentsOf(said) : [];
  const names = namesIn(given);
  const first = given[0];
  const isValue = first && first.type !== 'keyword_argument' && namesIn([first]).length === 0;
  const inCall = isValue ? first.text : keyword(given, 'default');
  const told = said && said === value ? inCall : (value?.text ?? null);
  // `...` says that it must be given.
  const shared = { default: told === '...' ? null : told, file, line };
  if (names.some((name) => name.startsWith('--'))) return [{ ...shared, names, made: null }];
  const name = `--${word.replaceAll('_', '-')}`;
  return [{ ...shared, names: [name, ...names], made: { name, file, line, owner, word } }];
}
