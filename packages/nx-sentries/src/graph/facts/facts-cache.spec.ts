import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scanImports, type ModuleReference } from 'sentries-core/imports';
import { damaged } from '../../../../sentries-core/src/damage.fixture';
import { temporaryFolders } from '../../../../sentries-core/src/folder.fixture';
import { FactsCache } from './facts-cache';
import { readManifest } from '../manifest/manifest';

const newFolder = temporaryFolders();
const newFile = (): string => join(newFolder(), 'kept', 'facts.bin');

const keyOf = (text: string): string => createHash('sha1').update(text).digest('hex');

/** Asks a fresh cache on `file` for texts; says which were scanned, and what they import. */
function ask(file: string, texts: readonly string[]) {
  const cache = FactsCache.open(file);
  const scanned: string[] = [];
  const found = texts.map((text) => {
    const file = cache.importsOf(keyOf(text), () => {
      scanned.push(text);
      return { file: scanImports(Buffer.from(text)), isSettled: true };
    });
    const references: ModuleReference[] = [];
    cache.imports.forEach(file!, (id, handle) =>
      references.push(cache.imports.reference(id, handle)),
    );
    return references;
  });
  cache.save();
  return { scanned, found };
}

const TEXTS = [
  'import a',
  'from a.b import c, d\nimport a',
  'x = 1',
  'try:\n import é\nexcept ImportError: pass',
];
const told = (texts: readonly string[]) =>
  texts.map((text) => scanImports(Buffer.from(text)).references.filter(({ ignored }) => !ignored));

describe('what a manifest says', () => {
  const text = '[project]\nname = "acme"\n';
  const ask = (cache: FactsCache, hash: string, isSettled = true) => {
    let reads = 0;
    const facts = cache.manifestOf('pyproject.toml', hash, () => {
      reads += 1;
      return { text, isSettled };
    });
    return { reads, facts };
  };

  it('is known by its hash from then on', () => {
    const file = newFile();
    const facts = readManifest('pyproject.toml', text);
    const cache = FactsCache.open(file);
    expect(ask(cache, '1')).toEqual({ reads: 1, facts });
    expect(ask(cache, '1')).toEqual({ reads: 0, facts });
    expect(ask(cache, '2')).toEqual({ reads: 1, facts });
    cache.save();
    expect(ask(FactsCache.open(file), '1')).toEqual({ reads: 0, facts });
  });

  it('is read again where the file may have changed after it was hashed, or is gone', () => {
    const cache = FactsCache.open(newFile());
    expect(ask(cache, '1', false).reads).toBe(1);
    expect(ask(cache, '1').reads).toBe(1);
    expect(cache.manifestOf('pyproject.toml', '3', () => undefined)).toBeUndefined();
  });
});

describe('what files say', () => {
  it('is asked once for each content, and kept', () => {
    const file = newFile();
    expect(ask(file, TEXTS)).toEqual({ scanned: TEXTS, found: told(TEXTS) });
    expect(ask(file, TEXTS)).toEqual({ scanned: [], found: told(TEXTS) });
    const more = [...TEXTS, 'import new'];
    expect(ask(file, more)).toEqual({ scanned: ['import new'], found: told(more) });
    expect(ask(file, more)).toEqual({ scanned: [], found: told(more) });
  });

  it('is kept of manifests, too', () => {
    const file = newFile();
    const text = '[project]\nname = "a"\ndependencies = ["b"]\n';
    const cache = FactsCache.open(file);
    const facts = cache.manifest('pyproject.toml', text);
    expect(facts).toEqual(readManifest('pyproject.toml', text));
    cache.save();
    const size = statSync(file).size;
    const again = FactsCache.open(file);
    expect(again.manifest('pyproject.toml', text)).toEqual(facts);
    again.save();
    expect(statSync(file).size).toBe(size);
    expect(again.manifest('requirements.txt', text)).not.toEqual(facts);
    again.save();
    expect(statSync(file).size).toBeGreaterThan(size);
  });

  it('of a file that can’t be read is not kept', () => {
    const cache = FactsCache.open(newFile());
    expect(cache.importsOf('k', () => undefined)).toBeUndefined();
    const file = scanImports(Buffer.from('import a'));
    expect(cache.importsOf('k', () => ({ file, isSettled: true }))).toBeDefined();
  });

  it('of a file that may have changed since it was hashed is good for one graph only', () => {
    const cache = FactsCache.open(newFile());
    const [old, now] = ['import a', 'import b'].map((text) => scanImports(Buffer.from(text)));
    cache.importsOf('k', () => ({ file: old!, isSettled: false }));
    cache.save();
    const again = cache.importsOf('k', () => ({ file: now!, isSettled: true }));
    const told: string[] = [];
    cache.imports.forEach(again!, (id) => told.push(cache.imports.modules[id]!));
    expect(told).toEqual(['b']);
  });

  it('does not grow for ever: what is of no use any more goes', () => {
    const file = newFile();
    for (let round = 0; round < 400; round++) ask(file, [`import a${round}`, 'import b']);
    expect(statSync(file).size).toBeLessThan(400 * 60);
    expect(ask(file, ['import b']).scanned).toEqual([]);
  });

  it('is asked anew where the cache is damaged, in any way', () => {
    const file = newFile();
    ask(file, TEXTS);
    fc.assert(
      fc.property(damaged(readFileSync(file)), (bytes) => {
        writeFileSync(file, bytes);
        expect(ask(file, TEXTS).found).toEqual(told(TEXTS));
        // And it is whole again.
        expect(ask(file, TEXTS)).toEqual({ scanned: [], found: told(TEXTS) });
      }),
      { numRuns: 200 },
    );
  });

  it('survives a place that can’t be written', () => {
    const file = join(newFolder(), 'a-file');
    appendFileSync(file, '');
    expect(ask(join(file, 'below/facts.bin'), TEXTS).found).toEqual(told(TEXTS));
  });
});
