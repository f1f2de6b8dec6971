import { enclosing, parts, type Node, type PythonSource } from '../python/syntax';
import { literalValue } from '../python/value';
import { binds } from './references';

/** Statements of one block, and how many of them corresponded so far. */
export interface Block {
  matched: number;
}

/** A name that stands for a value in one of two texts only. */
export interface Standin {
  readonly value: Node;
  readonly block: Block;
  /** How many statements of its block corresponded when it got its value. */
  readonly at: number;
}

/** The names of one text that the other one does not have. */
export class Standins {
  readonly #known = new Map<string, Standin>();

  constructor(
    private readonly source: PythonSource,
    private readonly other: PythonSource,
  ) {}

  /** Takes a statement that only names a value, once, by such a name; undefined for any other. */
  take(statement: Node, block: Block): Standin | undefined {
    const assignment = statement.type === 'expression_statement' ? parts(statement)[0] : undefined;
    const name = assignment?.childForFieldName('left');
    const value = assignment?.childForFieldName('right');
    if (assignment?.type !== 'assignment' || name?.type !== 'identifier' || !value)
      return undefined;
    const isOwn = this.other.named(name.text).length === 0 && !/^test/i.test(name.text);
    if (!isOwn || bindingsOf(this.source, name).length !== 1) return undefined;
    const standin = { value, block, at: block.matched };
    this.#known.set(name.text, standin);
    return standin;
  }

  get(node: Node): Standin | undefined {
    return node.type === 'identifier' ? this.#known.get(node.text) : undefined;
  }
}

/** True where a value is the same wherever it stands, or nothing has happened since it was made. */
export const isStill = ({ value, block, at }: Standin, now: Block): boolean =>
  literalValue(value) !== undefined || (block === now && at === now.matched);

/** Where a name gets a value in the function around it, or in the file. */
function bindingsOf(source: PythonSource, name: Node): Node[] {
  const around = enclosing(name, 'function_definition', 'module');
  return source
    .named(name.text)
    .filter(
      (node) => binds(node) && enclosing(node, 'function_definition', 'module')?.id === around?.id,
    );
}

/** What a name was given, where that is done once and in its function, or else at the top of the file. */
export function givenTo(source: PythonSource, name: Node): Node | undefined {
  const own = bindingsOf(source, name);
  const all =
    own.length > 0
      ? own
      : source
          .named(name.text)
          .filter((node) => binds(node) && node.parent?.parent?.parent?.id === source.root.id);
  const assignment = all.length === 1 ? all[0]!.parent : undefined;
  return assignment?.type === 'assignment'
    ? (assignment.childForFieldName('right') ?? undefined)
    : undefined;
}
