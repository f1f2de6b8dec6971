import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textOfEvent } from './pull-request';

const folder = mkdtempSync(join(tmpdir(), 'sentries-event-'));
const path = join(folder, 'event.json');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (event: unknown): ReturnType<typeof textOfEvent> => {
  writeFileSync(path, typeof event === 'string' ? event : JSON.stringify(event));
  return textOfEvent({ GITHUB_EVENT_PATH: path });
};

describe('the text of a pull request in an event', () => {
  it('is taken in one form and of bounded length', async () => {
    const body = `One.\r\n<!-- a\r\nb -->\r\n${'x'.repeat(10_000)}`;
    const text = await read({ pull_request: { title: ' A\n title ', body } });
    expect(text).toMatchObject({
      title: 'A title',
      body: expect.stringMatching(/^One\.\n\nx+$/) as string,
    });
    expect(text!.body.length).toBe(1500);
    expect(await read({ pull_request: { title: 'A', body: null } })).toEqual({
      title: 'A',
      body: '',
    });
  });

  it.each(['', '{', 'null', '7', '{"pull_request": null}', '{"pull_request": {"title": ["x"]}}'])(
    'is left out of an event that is none: %s',
    async (event) => expect(await read(event)).toBeUndefined(),
  );

  it('is left out where there is no event, no file, or far too large a one', async () => {
    expect(await textOfEvent({})).toBeUndefined();
    expect(await textOfEvent({ GITHUB_EVENT_PATH: '' })).toBeUndefined();
    expect(await textOfEvent({ GITHUB_EVENT_PATH: join(folder, 'none') })).toBeUndefined();
    expect(await read(`${' '.repeat(5_000_000)}{}`)).toBeUndefined();
  });
});
