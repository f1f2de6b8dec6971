import type { ChangedFile } from './changed-file';
import { mayOffer, offersOf } from './offers';
import { ALIKE, likeness } from './likeness';
import type { ModuleSymbol } from './symbols';

/**
 * What moved is as good as the same; a definition that only resembles the one that is gone may do something
 * else, and have been there for another reason.
 */
const SAME = 0.95;

/** A definition that is gone from one file and stands under the same name in another. */
interface SymbolMove {
  readonly symbol: ModuleSymbol;
  readonly oldFile: ChangedFile;
  readonly moved: ModuleSymbol;
  readonly newFile: ChangedFile;
}

/** A name that is gone, and all places to which it may have moved; none where nothing took its place. */
export interface Removal {
  readonly file: ChangedFile;
  readonly symbol: ModuleSymbol;
  readonly candidates: readonly SymbolMove[];
}

/** So many others that moved the same way tell that an edited namesake came along with them. */
const ALONG = 2;

/**
 * The symbols at the top of a module that are not offered there any more, neither defined nor imported, each
 * with the files in which the change added a definition of the same name and kind: as good as the same one,
 * or one that is alike where others moved to the same file. A file that git knows as renamed keeps its symbols,
 * so nothing is removed from it by that.
 */
export function removals(files: readonly ChangedFile[]): Removal[] {
  const added = files.flatMap((newFile) => {
    const before = newFile.old && offersOf(newFile.old).symbols;
    return topLevel(newFile.new)
      .filter(({ path }) => !before?.has(path))
      .map((symbol) => ({ symbol, newFile }));
  });
  return files.flatMap((file) => {
    const gone = topLevel(file.old).filter(
      ({ name }) => !file.new || !mayOffer(offersOf(file.new), name),
    );
    const movesOf = (symbol: ModuleSymbol, least: number): SymbolMove[] =>
      added
        .filter(
          ({ symbol: other, newFile }) =>
            newFile !== file &&
            other.name === symbol.name &&
            other.kind === symbol.kind &&
            likeness(symbol.body, other.body) >= least,
        )
        .map(({ symbol: moved, newFile }) => ({ symbol, oldFile: file, moved, newFile }));
    const sure = gone.map((symbol) => movesOf(symbol, SAME));
    const isJoined = ({ newFile }: SymbolMove): boolean =>
      sure.filter(([one, ...more]) => one?.newFile === newFile && more.length === 0).length >=
      ALONG;
    return gone.map((symbol, at) => {
      const own = sure[at]!;
      const candidates = own.length > 0 ? own : movesOf(symbol, ALIKE).filter(isJoined);
      return { file, symbol, candidates };
    });
  });
}

const topLevel = (source: ChangedFile['old']): ModuleSymbol[] =>
  source ? [...offersOf(source).symbols.values()].filter(({ owner }) => owner === '') : [];
