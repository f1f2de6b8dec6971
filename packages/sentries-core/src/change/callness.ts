import { decoratorsOf } from '../python/decorators';
import type { PythonSource } from '../python/syntax';
import type { Evidence } from '../report/run-record';
import type { ChangedFile } from './changed-file';
import { signaturesOf } from './signatures';

/** A member of a class that was a property and is a method, or the other way round. */
export interface CallnessChange {
  /** `Account.total`. */
  readonly path: string;
  readonly name: string;
  /** At head. */
  readonly isCalled: boolean;
  readonly evidence: readonly Evidence[];
}

interface Member {
  readonly isProperty: boolean;
  readonly line: number;
}

/** The members that are called where they were read before, with nothing to give them, or read where they were called. */
export function callnessChanges(files: readonly ChangedFile[]): CallnessChange[] {
  return files.flatMap((file) => {
    if (!file.old || !file.new) return [];
    const after = membersOf(file.new);
    return [...membersOf(file.old)].flatMap(([path, old]) => {
      const now = after.get(path);
      if (!now || now.isProperty === old.isProperty) return [];
      const evidence = (
        [
          [file.oldPath, 'base', file.old!, old, 'it was'],
          [file.path, 'head', file.new!, now, 'it is'],
        ] as const
      ).map(([at, side, source, { line, isProperty }, verb]): Evidence => {
        const text = source.lines.line(line).trim();
        return {
          file: at,
          line,
          side,
          text,
          says: `${verb} a ${isProperty ? 'property' : 'method'}`,
        };
      });
      const name = path.slice(path.lastIndexOf('.') + 1);
      return [{ path, name, isCalled: !now.isProperty, evidence }];
    });
  });
}

/** Properties, and the methods that may be called with nothing. */
export function membersOf(source: PythonSource): Map<string, Member> {
  const found = new Map<string, Member>();
  const definitions = source.find('function_definition');
  for (const [path, { kind, parameters, line }] of signaturesOf(source)) {
    if (kind !== 'method') continue;
    const node = definitions.find(
      (one) => source.lineOf(one) === line && path.endsWith(one.childForFieldName('name')!.text),
    )!;
    const decorators = decoratorsOf(node);
    const isProperty = decorators.some(({ text }) => /^@(\w+\.)*(cached_)?property$/.test(text));
    const isFree = parameters.every((one) => one.default !== null);
    if (isProperty || (decorators.length === 0 && isFree)) found.set(path, { isProperty, line });
  }
  return found;
}
