import fc from 'fast-check';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PatchError } from '../errors';
import { temporaryFolders } from '../folder.fixture';
import { put } from '../git/git.fixture';
import { applyPatches, planPatches } from './apply-patch';
import { content, NAMES } from './patch.fixture';
import { unifiedDiff } from './unified-diff';

const newFolder = temporaryFolders();

/** A patch that makes files of one content have another. */
function patchOf(
  files: Readonly<Record<string, readonly [before: string, after: string]>>,
): Buffer {
  const edits = Object.entries(files).map(([path, [before, after]]) => ({
    path,
    before: Buffer.from(before),
    after: Buffer.from(after),
  }));
  return unifiedDiff(edits).text;
}

const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

describe('applying', () => {
  it.each(NAMES)('writes a file that is called %j', async (name) => {
    const folder = newFolder();
    put(folder, { [name]: 'old\n' });
    expect(await applyPatches(folder, [patchOf({ [name]: ['old\n', 'new\n'] })])).toEqual([name]);
    expect(read(folder, name)).toBe('new\n');
  });

  it('makes of random files exactly what was meant', async () => {
    const folder = newFolder();
    const files = fc.sample(fc.record({ before: content, after: content }), {
      numRuns: 300,
      seed: 5,
    });
    const edits = files.map((file, at) => ({ ...file, path: `tests/test_${at}.py` }));
    put(folder, Object.fromEntries(edits.map(({ path, before }) => [path, before])));
    await applyPatches(folder, [unifiedDiff(edits).text]);
    for (const { path, after } of edits) expect(readFileSync(join(folder, path))).toEqual(after);
  });

  it('takes several patches, and a section that they share once', async () => {
    const folder = newFolder();
    put(folder, { a: '1', b: '1', c: '1' });
    const patches = [
      patchOf({ b: ['1', '2'], c: ['1', '2'] }),
      patchOf({ a: ['1', '2'], c: ['1', '2'] }),
    ];
    expect(await applyPatches(folder, patches)).toEqual(['a', 'b', 'c']);
    expect(['a', 'b', 'c'].map((path) => read(folder, path))).toEqual(['2', '2', '2']);
  });

  it('applies two patches of one file together, and finishes what one of them began', async () => {
    const folder = newFolder();
    const patches = [
      patchOf({ a: ['1\n2\n3\n', 'one\nmore\n2\n3\n'] }),
      patchOf({ a: ['1\n2\n3\n', '1\n2\nthree\n'] }),
    ];
    for (const begun of ['1\n2\n3\n', 'one\nmore\n2\n3\n', '1\n2\nthree\n']) {
      put(folder, { a: begun });
      expect(await applyPatches(folder, patches)).toEqual(['a']);
      expect(read(folder, 'a')).toBe('one\nmore\n2\nthree\n');
    }
    expect(await planPatches(folder, patches)).toEqual({ pending: [], done: ['a'] });
  });

  it('keeps the mode of a file, and leaves nothing beside it', async () => {
    const folder = newFolder();
    put(folder, { 'a.py': '1' });
    chmodSync(join(folder, 'a.py'), 0o755);
    await applyPatches(folder, [patchOf({ 'a.py': ['1', '2'] })]);
    expect(statSync(join(folder, 'a.py')).mode & 0o777).toBe(0o755);
    expect(readdirSync(folder)).toEqual(['a.py']);
  });

  it('keeps the mode of a file whatever the process’s mask is', async () => {
    const folder = newFolder();
    put(folder, { 'a.py': '1' });
    chmodSync(join(folder, 'a.py'), 0o666);
    const mask = process.umask(0o077);
    await applyPatches(folder, [patchOf({ 'a.py': ['1', '2'] })]).finally(() =>
      process.umask(mask),
    );
    expect(statSync(join(folder, 'a.py')).mode & 0o777).toBe(0o666);
  });

  it('finishes what was begun, and does nothing twice', async () => {
    const folder = newFolder();
    put(folder, { a: '2', b: '1' });
    const patches = [patchOf({ a: ['1', '2'], b: ['1', '2'] })];
    expect(await planPatches(folder, patches)).toEqual({ pending: ['b'], done: ['a'] });
    expect(read(folder, 'b')).toBe('1');
    expect(await applyPatches(folder, patches)).toEqual(['b']);
    expect(await applyPatches(folder, patches)).toEqual([]);
    expect([read(folder, 'a'), read(folder, 'b')]).toEqual(['2', '2']);
  });

  it('does nothing for an empty patch', async () => {
    expect(await applyPatches(newFolder(), [Buffer.from('')])).toEqual([]);
  });
});

describe('nothing is applied where', () => {
  const good = { good: ['1\n', '2\n'] } as const;

  it.each<[string, (folder: string) => Buffer[], string]>([
    [
      'a file has changed since',
      (folder) => {
        put(folder, { bad: 'changed\n' });
        return [patchOf({ ...good, bad: ['1\n', '2\n'] })];
      },
      'bad has changed since the patch was made',
    ],
    [
      'a file is gone',
      (folder) => {
        rmSync(join(folder, 'bad'));
        return [patchOf({ ...good, bad: ['1\n', '2\n'] })];
      },
      'bad is no longer there',
    ],
    [
      'a file became a link',
      (folder) => {
        put(folder, { target: '1\n' });
        rmSync(join(folder, 'bad'));
        symlinkSync('target', join(folder, 'bad'));
        return [patchOf({ ...good, bad: ['1\n', '2\n'] })];
      },
      'bad is not a regular file',
    ],
    [
      'a file became a folder',
      (folder) => {
        rmSync(join(folder, 'bad'));
        mkdirSync(join(folder, 'bad'));
        return [patchOf({ ...good, bad: ['1\n', '2\n'] })];
      },
      'bad is not a regular file',
    ],
    [
      'a folder is a link that leads out',
      (folder) => {
        const outside = newFolder();
        put(outside, { bad: '1\n' });
        symlinkSync(outside, join(folder, 'out'));
        return [patchOf({ ...good, 'out/bad': ['1\n', '2\n'] })];
      },
      'out/bad is not a regular file inside',
    ],
    [
      'a path leads out',
      (folder) => {
        put(folder, { '../sentries-spec-outside/bad': '1\n' });
        return [patchOf({ ...good, '../sentries-spec-outside/bad': ['1\n', '2\n'] })];
      },
      'is no file of the workspace',
    ],
    [
      'two patches change one file in different ways',
      () => [patchOf({ ...good, bad: ['1\n', '2\n'] }), patchOf({ bad: ['1\n', '3\n'] })],
      'bad: two patches change it in different ways',
    ],
    [
      'two patches of a file were made from different contents',
      () => [
        patchOf({ ...good, bad: ['1\n', '2\n'] }),
        patchOf({ bad: ['1\n\n\n\n\n\n\n', '1\n\n\n\n\n\n2\n'] }),
      ],
      'bad: two patches change it in different ways',
    ],
    ['a patch is no patch', () => [patchOf(good), Buffer.from('hello')], 'the patch is damaged'],
    [
      'a patch is cut short',
      () => {
        const whole = patchOf({ ...good, bad: ['1\n', '2\n'] });
        return [whole.subarray(0, whole.length - 3)];
      },
      'damaged',
    ],
    [
      'a line of a patch was edited',
      () => [
        Buffer.from(
          patchOf({ ...good, bad: ['1\n', '2\n'] })
            .toString()
            .replace('+2', '+3'),
        ),
      ],
      'the patch for bad is damaged',
    ],
  ])('%s', async (_, prepare, message) => {
    const folder = newFolder();
    put(folder, { good: '1\n', bad: '1\n' });
    const patches = prepare(folder);
    const applying = applyPatches(folder, patches);
    await expect(applying).rejects.toThrow(PatchError);
    await expect(applying).rejects.toThrow(message);
    expect(read(folder, 'good')).toBe('1\n');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    rmSync(join(folder, '../sentries-spec-outside'), { recursive: true, force: true });
  });

  it('a file can’t be written beside its place', async () => {
    const folder = newFolder();
    const name = 'b'.repeat(250);
    put(folder, { a: '1', [name]: '1' });
    const applying = applyPatches(folder, [patchOf({ a: ['1', '2'], [name]: ['1', '2'] })]);
    await expect(applying).rejects.toThrow(PatchError);
    await expect(applying).rejects.toThrow('the files could not be written');
    expect(readdirSync(folder).sort()).toEqual(['a', name]);
    expect([read(folder, 'a'), read(folder, name)]).toEqual(['1', '1']);
  });

  it('bytes of a patch were lost at random', async () => {
    const folder = newFolder();
    put(folder, { a: '1\n2\n3\n' });
    const whole = patchOf({ a: ['1\n2\n3\n', '1\nb\n3\n'] });
    for (let at = 0; at < whole.length; at += 1) {
      const damaged = Buffer.from(whole);
      damaged[at] = damaged[at]! ^ 1;
      const outcome = await applyPatches(folder, [damaged]).catch((error: unknown) => error);
      if (!(outcome instanceof PatchError)) expect(read(folder, 'a')).toBe('1\nb\n3\n');
      writeFileSync(join(folder, 'a'), '1\n2\n3\n');
    }
  });
});
