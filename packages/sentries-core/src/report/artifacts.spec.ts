import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PatchError } from '../errors';
import { temporaryFolders } from '../folder.fixture';
import { artifactFolder, clearArtifacts, readArtifacts, writeArtifacts } from './artifacts';
import { recordOf } from './report.fixture';

const newFolder = temporaryFolders();
const PATCH = Buffer.from([0xff, 0x0a, 0x00]);

const written = async (record = recordOf(), patch: Buffer | null = PATCH): Promise<string> => {
  const folder = join(newFolder(), artifactFolder('libs/money', 'sentry-test'));
  await writeArtifacts(folder, record, patch);
  return folder;
};

it('the artifacts of a project have a folder of their own', () => {
  expect(artifactFolder('money', 'sentry-test')).toBe('.sentries/money/sentry-test');
});

describe('the artifacts', () => {
  it('are read as they were written', async () => {
    const folder = await written();
    expect(await readArtifacts(folder)).toEqual({ record: recordOf(), patch: PATCH });
    expect(readdirSync(folder).sort()).toEqual([
      'changes.patch',
      'report.html',
      'report.md',
      'run.json',
    ]);
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain('# sentry-test: money');
  });

  it('have no patch where nothing is repaired', async () => {
    const record = recordOf({ patch: null });
    const folder = await written(record, null);
    expect(await readArtifacts(folder)).toEqual({ record, patch: null });
    expect(existsSync(join(folder, 'changes.patch'))).toBe(false);
  });

  it('do not take in a patch that the record does not know', async () => {
    const folder = await written(recordOf({ patch: null }), PATCH);
    expect((await readArtifacts(folder))?.patch).toBeNull();
  });

  it('are gone after they were cleared', async () => {
    const folder = await written();
    await clearArtifacts(folder);
    expect(await readArtifacts(folder)).toBeUndefined();
    await expect(clearArtifacts(folder)).resolves.toBeUndefined();
  });

  it.each<[string, (folder: string) => void]>([
    [
      'the record is cut short',
      (folder) => writeFileSync(join(folder, 'run.json'), '{"version": 1'),
    ],
    ['the record is another’s', (folder) => writeFileSync(join(folder, 'run.json'), '{}')],
    ['the record is empty', (folder) => writeFileSync(join(folder, 'run.json'), '')],
    ['the patch is gone', (folder) => rmSync(join(folder, 'changes.patch'))],
  ])('are damaged where %s', async (_, damage) => {
    const folder = await written();
    damage(folder);
    const reading = readArtifacts(folder);
    await expect(reading).rejects.toThrow(PatchError);
    await expect(reading).rejects.toThrow('are damaged');
  });
});
