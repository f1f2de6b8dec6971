import fc from 'fast-check';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { damaged } from '../../damage.fixture';
import { temporaryFolders } from '../../folder.fixture';
import { FactStore } from './store';

const newFolder = temporaryFolders();
const newFile = (): string => join(newFolder(), 'kept', 'docs.bin');

const TEXTS = ['one', 'two', '', 'größer', 'a'.repeat(5000)];
const lengthOf = (text: string) => ({ length: text.length, text });

/** Asks a store, just opened, how long texts are; says which were measured. */
function ask(file: string, texts: readonly string[], version = 1) {
  const store = FactStore.open(file, version);
  const measured: string[] = [];
  const found = texts.map((text) => {
    const key = FactStore.key('length', text);
    const known = store.get(key);
    if (known !== undefined) return known;
    measured.push(text);
    store.put(key, lengthOf(text));
    return store.get(key);
  });
  store.save();
  return { measured, found };
}

describe('what follows from texts', () => {
  it('is asked once for each text, and kept', () => {
    const file = newFile();
    expect(ask(file, TEXTS)).toEqual({ measured: TEXTS, found: TEXTS.map(lengthOf) });
    const { size } = statSync(file);
    expect(ask(file, TEXTS)).toEqual({ measured: [], found: TEXTS.map(lengthOf) });
    expect(statSync(file).size).toBe(size);
    expect(ask(file, [...TEXTS, 'new']).measured).toEqual(['new']);
    expect(ask(file, [...TEXTS, 'new']).measured).toEqual([]);
  });

  it('is another thing for other readers, another kind, and texts that are divided in another way', () => {
    const file = newFile();
    ask(file, TEXTS);
    expect(ask(file, TEXTS, 2).measured).toEqual(TEXTS);
    expect(ask(file, TEXTS, 2).measured).toEqual([]);
    const keys = [
      FactStore.key('length', 'ab'),
      FactStore.key('lines', 'ab'),
      FactStore.key('length', 'a', 'b'),
      FactStore.key('length', '', 'ab'),
    ];
    expect(new Set(keys).size).toBe(4);
  });

  it('does not grow for ever: what is of no use any more goes', () => {
    const file = newFile();
    for (let round = 0; round < 300; round += 1)
      ask(file, [...TEXTS, ...['a', 'b', 'c'].map((end) => `${String(round)}${end}`)]);
    expect(statSync(file).size).toBeLessThan(40_000);
    expect(ask(file, TEXTS).measured).toEqual([]);
  });

  it('lies beside a note that keeps it out of the repository, and leaves nothing else', () => {
    const file = newFile();
    ask(file, TEXTS);
    expect(readdirSync(dirname(file)).sort()).toEqual(['.gitignore', 'docs.bin']);
    expect(readFileSync(join(dirname(file), '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('is asked anew where the store is damaged, in any way, and where writing it was cut off', () => {
    const file = newFile();
    ask(file, TEXTS);
    fc.assert(
      fc.property(damaged(readFileSync(file)), (bytes) => {
        writeFileSync(file, bytes);
        expect(ask(file, TEXTS).found).toEqual(TEXTS.map(lengthOf));
        // And it is whole again.
        expect(ask(file, TEXTS)).toEqual({ measured: [], found: TEXTS.map(lengthOf) });
      }),
      { numRuns: 200 },
    );
  });

  it('survives a place that can’t be written', () => {
    const file = newFile();
    ask(file, TEXTS);
    expect(ask(join(file, 'below/docs.bin'), TEXTS).found).toEqual(TEXTS.map(lengthOf));
  });
});
