import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileReader } from './file-reader';

const folder = mkdtempSync(join(tmpdir(), 'sentries-reader-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('files read one after the other', () => {
  it('are all there is of them, whatever their sizes', () => {
    const reader = new FileReader();
    const path = join(folder, 'x.py');
    for (const size of [3, 0, (1 << 16) - 1, 1 << 16, (1 << 16) + 1, 300_000, 5]) {
      const content = Buffer.alloc(size, `${size} `);
      writeFileSync(path, content);
      const { bytes, modifiedAt } = reader.read(path);
      expect(bytes.equals(content)).toBe(true);
      expect(modifiedAt).toBe(statSync(path).mtimeMs);
    }
  });

  it('may be gone, or folders', () => {
    const reader = new FileReader();
    mkdirSync(join(folder, 'folder.py'));
    expect(() => reader.read(join(folder, 'gone.py'))).toThrow('ENOENT');
    expect(() => reader.read(join(folder, 'folder.py'))).toThrow('EISDIR');
    writeFileSync(join(folder, 'x.py'), 'after');
    expect(reader.read(join(folder, 'x.py')).bytes.toString()).toBe('after');
  });
});
