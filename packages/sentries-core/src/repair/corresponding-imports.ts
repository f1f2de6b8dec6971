import { importedNames, type ImportedName } from '../change/offers';
import type { PythonSource } from '../python/syntax';
import type { EvidenceOfChange } from './evidence-of-change';

/**
 * Says in one sentence what an edit imports that it may not: anything but the code under test and what that imports
 * itself, or something else under a name that the file has already.
 */
export function foreignImport(
  before: PythonSource,
  after: PythonSource,
  evidence: EvidenceOfChange,
): string | undefined {
  const old = importedNames(before).map(({ binding }) => binding);
  for (const { binding } of importedNames(after)) {
    const { name, module, imported } = binding;
    const own = old.filter((one) => one.name === name);
    if (own.some((one) => one.module === module && one.imported === imported)) continue;
    const what = imported === null ? module : `${module}.${imported}`;
    const isOffered =
      evidence.offers(module, imported) || (module === 'asyncio' && evidence.isAsyncNow());
    if (!isOffered) return `the edit imports ${what}, which is none of the code under test`;
    const isMoved = own.some(
      (one) => evidence.change.fateOf(dotted(one)) && isFate(one, what, evidence),
    );
    if (!isMoved && before.named(name).length > 0) return `the edit binds ${name} again (${what})`;
  }
  const stars = (source: PythonSource): number => source.find('wildcard_import').length;
  return stars(after) > stars(before) ? 'the edit imports everything of a module' : undefined;
}

const dotted = ({ module, imported }: ImportedName): string =>
  imported === null ? module : `${module}.${imported}`;

function isFate(one: ImportedName, what: string, { change }: EvidenceOfChange): boolean {
  const fate = change.fateOf(dotted(one));
  return (fate?.kind === 'moved' || fate?.kind === 'renamed') && fate.name === what;
}
