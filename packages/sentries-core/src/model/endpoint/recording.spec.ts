import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../errors';
import { temporaryFolders } from '../../folder.fixture';
import { failureOf, NEVER, requestOf, servers, settingsFor } from './chat.fixture';
import { openChat } from './open';

const folder = temporaryFolders();
const start = servers();

describe('a run that was recorded', () => {
  it('is replayed with no server, failures and repeated requests included', async () => {
    const record = join(folder(), 'deep', 'run.jsonl');
    const server = await start.ollama();
    server.will(
      { reply: 'first' },
      { reply: 'cut off', cut: true },
      { reply: 'second' },
      { reply: 'other' },
    );
    const chat = await openChat(settingsFor(server, { record }), 'coder:7b');
    const again = requestOf('Mend it.');
    const first = await chat.complete(again, NEVER);
    const cut = await failureOf(chat.complete(again, NEVER));
    const second = await chat.complete(again, NEVER);
    const other = await chat.complete(requestOf('Mend the other.'), NEVER);
    await server.stop();

    const replay = await openChat(settingsFor(server, { replay: record }), 'coder:7b');
    expect(await replay.complete(requestOf('Mend the other.'), NEVER)).toEqual(other);
    expect(await replay.complete(again, NEVER)).toEqual(first);
    expect(await failureOf(replay.complete(again, NEVER))).toMatchObject({
      kind: 'reply-cut',
      message: cut.message,
      hint: cut.hint,
    });
    expect(await replay.complete(again, NEVER)).toEqual(second);
    expect(await failureOf(replay.complete(again, NEVER))).toMatchObject({
      kind: 'not-recorded',
      message: expect.stringContaining('holds 3 times what coder:7b says to') as string,
    });
  });

  it.each([
    { differs: 'the prompt', request: requestOf('Mend that.') },
    { differs: 'the temperature', request: requestOf('Mend it.', { temperature: 0.9 }) },
    { differs: 'the length', request: requestOf('Mend it.', { maxTokens: 100 }) },
    { differs: 'the schema', request: requestOf('Mend it.', { schema: { type: 'object' } }) },
    { differs: 'the system text', request: requestOf('Mend it.', { system: 'Be brief.' }) },
  ])('has no answer where $differs is another', async ({ request }) => {
    const record = join(folder(), 'run.jsonl');
    const server = await start.ollama();
    server.will({ reply: 'first' });
    const chat = await openChat(settingsFor(server, { record }), 'coder:7b');
    await chat.complete(requestOf('Mend it.'), NEVER);
    const replay = await openChat(settingsFor(server, { replay: record }), 'coder:7b');
    const failure = await failureOf(replay.complete(request, NEVER));
    expect(failure.kind).toBe('not-recorded');
    expect(failure.message).toContain(`“${request.prompt}”`);
    expect(failure.message).toContain('it holds 1 others');
  });

  it('holds neither the key nor the prompt', async () => {
    const record = join(folder(), 'run.jsonl');
    const apiKey = 'sk-very-secret';
    const server = await start.openAi({ key: apiKey });
    server.will(
      { reply: `You sent me ${apiKey}.` },
      { status: 400, body: { error: `bad key ${apiKey}` } },
    );
    const chat = await openChat(settingsFor(server, { record, apiKey }), 'coder');
    await chat.complete(requestOf('Internal text.'), NEVER);
    await failureOf(chat.complete(requestOf('Internal text.'), NEVER));
    const text = readFileSync(record, 'utf8');
    expect(text.trim().split('\n')).toHaveLength(2);
    expect(text).toContain('You sent me ***.');
    expect(text).not.toMatch(/very-secret|Internal/);
  });

  it('is exact where the key is a filler', async () => {
    const record = join(folder(), 'run.jsonl');
    const server = await start.ollama();
    server.will({ reply: 'import ollama' });
    const chat = await openChat(settingsFor(server, { record, apiKey: 'ollama' }), 'coder:7b');
    const reply = await chat.complete(requestOf('Mend it.'), NEVER);
    const replay = await openChat(settingsFor(server, { replay: record }), 'coder:7b');
    expect(await replay.complete(requestOf('Mend it.'), NEVER)).toEqual(reply);
  });

  it('does not hold that somebody stopped it', async () => {
    const record = join(folder(), 'run.jsonl');
    const server = await start.ollama();
    server.will({ hang: 'before' }, { reply: 'yes' });
    const chat = await openChat(settingsFor(server, { record }), 'coder:7b');
    const failure = await failureOf(chat.complete(requestOf('Mend it.'), AbortSignal.timeout(50)));
    expect(failure.kind).toBe('cancelled');
    await chat.complete(requestOf('Mend it.'), NEVER);
    expect(readFileSync(record, 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('is not asked for when it is no recording, or one is to be written too', async () => {
    const file = join(folder(), 'run.jsonl');
    const server = { base: 'http://127.0.0.1:9' };
    const open = (more: object): Promise<unknown> => openChat(settingsFor(server, more), 'coder');
    await expect(open({ replay: file })).rejects.toThrow(UsageError);
    for (const text of ['no json', '{}', 'null', '{"request":"a"}']) {
      writeFileSync(file, text);
      await expect(open({ replay: file })).rejects.toThrow(/no recording/);
    }
    writeFileSync(file, '');
    await expect(open({ replay: file, record: file })).rejects.toThrow(/not both/);
  });

  it('that can not be written is said at once, in words that help', async () => {
    const place = folder();
    writeFileSync(join(place, 'file'), '');
    const server = await start.ollama();
    server.will({ reply: 'yes' });
    const record = join(place, 'file', 'run.jsonl');
    const chat = await openChat(settingsFor(server, { record }), 'coder:7b');
    await expect(chat.complete(requestOf('Mend it.'), NEVER)).rejects.toThrow(/can't be written/);
  });
});
