import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ScriptedServer } from '../packages/sentries-core/src/model/endpoint/model-server.fixture';
import { GOOD_EDITS, STALE_VERDICT } from '../packages/sentries-core/src/model/probe/probe.fixture';
import { Workspace } from '../tools/workspace';
import { config, main, scripted, sentries, UNSET, using, workspace } from './models-workspace';

const { ollama, openAi, keep } = scripted;

/** Says what a capable model says, to each of the questions of `doctor`. */
function capable(server: ScriptedServer): ScriptedServer {
  return server.will(
    { reply: STALE_VERDICT },
    { reply: GOOD_EDITS.blocks },
    { reply: GOOD_EDITS.json },
    { reply: GOOD_EDITS.function },
  );
}

describe('sentries doctor', () => {
  it('finds an Ollama well, tries its models, and tells which format they handle', async () => {
    const server = capable(await ollama());
    config({ keepAlive: '7m', contextTokens: 4096 });
    const { code, output } = await sentries('doctor', using(server));
    expect(output).toMatch(/✔ Nx +24\./);
    expect(output).toMatch(/✔ git +a change starts at [0-9a-f]{12}, the merge base with main/);
    expect(output).toMatch(/✔ Python +3\.\d+\.\d+ \(the \.venv of .*; pytest \d/);
    expect(output).toMatch(/✔ settings +from LLM_BASE, MODEL_PATCH, MODEL_PLAN, default, sentries/);
    expect(output).toContain(`${server.base}: Ollama, found by asking`);
    expect(output).toContain('planner:latest (MODEL_PLAN): 4.7 GB, 42182419e950, context 8192');
    expect(output).toContain('coder:7b (MODEL_PATCH): 4.7 GB, 42182419e950, context 32768');
    expect(output).toMatch(
      /✔ a verdict +a plainly stale test is judged: stale-test \(\d+ \+ \d+ tok/,
    );
    expect(output).toMatch(/✔ an edit +blocks yes \(.*; json yes \(.*; function yes \(/);
    expect(output).toContain('"format": "blocks"');
    expect(output).toMatch(/model\.keepAlive +7m {2}\(sentries\.config\.json\)/);
    expect(output).toMatch(/Everything that is needed works\.\n$/);
    expect(code).toBe(0);
    // As it was set, and with the context always named.
    expect(server.asked).toHaveLength(4);
    for (const asked of server.asked)
      expect(asked).toMatchObject({ keep_alive: '7m', options: { num_ctx: 4096 } });
  });

  it('finds an OpenAI-style server well, and never shows its key', async () => {
    const key = 'sk-a-secret-of-some-length';
    const server = capable(await openAi({ key }));
    const env = using(server, { LLM_API_KEY: key, MODEL_PLAN: 'coder', MODEL_PATCH: 'coder' });
    const { code, output } = await sentries('doctor', env);
    expect(output).toContain(`${server.base}: OpenAI-style, found by asking`);
    expect(output).toContain('✔ patch model   coder (MODEL_PATCH): context 32768');
    expect(output).toMatch(/model\.apiKey +\(set, not shown\) {2}\(LLM_API_KEY\)/);
    expect(output).not.toContain(key);
    expect(code).toBe(0);
  });

  it('prints the same as JSON, without the password of an address', async () => {
    const server = capable(await ollama());
    const base = server.base.replace('//', '//me:a-password@');
    const api = 'https://me:a-password@github.example/api/v3';
    const env = using({ base }, { GITHUB_API_URL: api, GITHUB_TOKEN: 'a-token' });
    const { code, output } = await sentries('doctor --json', env);
    expect(output).not.toContain('a-token');
    expect(output).not.toContain('a-password');
    const diagnosis = JSON.parse(output) as object;
    expect(diagnosis).toMatchObject({
      healthy: true,
      formats: [{ format: 'blocks' }, { format: 'json' }, { format: 'function' }],
      settings: expect.arrayContaining([
        { key: 'model.base', value: server.base, source: 'LLM_BASE' },
        {
          key: 'publish.apiUrl',
          value: 'https://github.example/api/v3',
          source: 'GITHUB_API_URL',
        },
        { key: 'publish.token', value: null, source: 'GITHUB_TOKEN' },
        { key: 'publish.maxOpen', value: 10, source: 'default' },
      ]) as object,
    });
    expect(code).toBe(0);
  });

  it('names the format to pin where a model handles one alone', async () => {
    const server = await ollama();
    const prose = { reply: 'Rename the argument to unit_price.' };
    server.will({ reply: STALE_VERDICT }, prose, prose, { reply: GOOD_EDITS.function });
    config({ format: 'json' });
    const { code, output } = await sentries('doctor', using(server));
    expect(output).toMatch(/✘ an edit +coder:7b does not handle the format that is set, json/);
    expect(output).toMatch(/blocks no \(Your reply holds no edit.*function yes/);
    expect(output).toContain('→ Set model.format to "function" in sentries.config.json.');
    expect(code).toBe(1);
  });

  it('warns of a planner that misjudges, and fails a patcher that can do nothing', async () => {
    const server = await ollama({ otherwise: { reply: 'I am only a small model.' } });
    server.will({ reply: '{"verdict":"product-bug","reason":"add is broken","steps":[]}' });
    const { code, output } = await sentries('doctor', using(server));
    expect(output).toMatch(/! a verdict +a plainly stale test is judged: product-bug/);
    expect(output).toMatch(/✘ an edit +coder:7b makes a known edit in no format/);
    expect(output).toContain('→ Name a model in MODEL_PATCH');
    expect(output).toContain('Rules go on working without them');
    expect(code).toBe(1);
  });

  it.each([
    {
      what: 'no server',
      make: () => Promise.resolve({ base: 'http://127.0.0.1:9' }),
      says: /✘ model server +Nothing answers at http:\/\/127\.0\.0\.1:9/,
      hint: 'ollama serve',
    },
    {
      what: 'something else there',
      make: website,
      says: /✘ model server +http:\S+ is no model server: it answered \/api\/version with 200 text\/html/,
      hint: 'Set LLM_BASE to the address of an Ollama or OpenAI-style server',
    },
    {
      what: 'a key missing',
      make: () => openAi({ key: 'sk-the-right-one-of-all' }),
      says: /✘ model server +http:\S+ wants a key/,
      hint: 'Set LLM_API_KEY.',
    },
    {
      what: 'the model missing',
      make: () => ollama({ models: { 'coder:7b': 32_768 }, otherwise: { reply: GOOD_EDITS.json } }),
      says: /✘ plan model +http:\S+ has no model planner\. It has coder:7b\.[^]*- a verdict +not tried[^]*✔ an edit/,
      hint: 'Run `ollama pull planner` or `npx sentries models pull`',
    },
    {
      what: 'a model too small for the context',
      make: () =>
        ollama({
          models: { 'coder:7b': 32_768, 'planner:latest': 2048 },
          otherwise: { reply: GOOD_EDITS.json },
        }),
      says: /✘ plan model +planner at http:\S+ has a context of 2048 tokens, fewer than the 8192/,
      hint: 'Set model.contextTokens to 2048 in sentries.config.json',
    },
    {
      what: 'a server that gives less context than was asked for',
      make: async () => capable(await ollama({ loads: 4096 })),
      says: /✔ an edit[^]*✘ context +the server has loaded coder:7b with a context of 4096 tokens/,
      hint: 'set model.contextTokens to 4096 in sentries.config.json',
    },
    {
      what: 'a server that hangs',
      make: () => ollama({ otherwise: { hang: 'before' } }),
      says: /✘ a verdict +planner at http:\S+ sent no first token within 1 s/,
      hint: 'The model may still be loading',
    },
    {
      what: 'too little memory',
      make: () =>
        ollama({
          otherwise: { status: 500, body: { error: 'model requires more system memory (9 GiB)' } },
        }),
      says: /✘ an edit +http:\S+ has not enough memory for coder:7b/,
      hint: 'Use a smaller model',
    },
  ])('leaves with 1 for $what, and says what to do', async ({ make, says, hint }) => {
    config({ firstTokenTimeout: 1 });
    const { code, output } = await sentries('doctor', using(await make()));
    expect(output).toMatch(says);
    expect(output).toContain(hint);
    expect(output).toContain('The models are not ready. Rules go on working without them');
    expect(code).toBe(1);
  });

  it('warns of an Ollama that is asked over the other protocol: its context can’t be set', async () => {
    const { output } = await sentries('doctor', using(await ollama(), { LLM_API: 'openai' }));
    expect(output).toMatch(/! protocol +this is an Ollama .* can't set the context/);
    expect(output).toContain('→ Unset LLM_API (model.api), or set it to ollama.');
  });

  it('does not replay where runs would, and says that they do', async () => {
    const server = capable(await ollama());
    const env = using(server, { SENTRIES_REPLAY: 'recording.jsonl' });
    const { code, output } = await sentries('doctor', env);
    expect(output).toMatch(
      /! recording +runs take their answers from the recording recording\.jsonl/,
    );
    expect(code).toBe(0);
  });

  it('leaves with 1 for settings that are none, after looking at the rest', async () => {
    workspace.write({ 'sentries.config.json': '{ "model": { "contxtTokens": 1 } }' });
    const { code, output } = await sentries('doctor');
    expect(output).toMatch(/✔ Nx[^]*✘ settings +.*did you mean model\.contextTokens\?/);
    expect(output).toMatch(/- model server +not asked/);
    expect(output).toContain('Something that is needed is broken.');
    expect(code).toBe(1);
  });

  it('leaves with 1 where the base of the change is not there, or where there is no workspace', async () => {
    const lost = await sentries('doctor', { LLM_BASE: 'http://127.0.0.1:9', NX_BASE: 'nowhere' });
    expect(lost.output).toMatch(/✘ git +there is no commit or branch "nowhere" here/);
    expect(lost.code).toBe(1);
    const outside = await Workspace.temporary().run(process.execPath, [main(), 'doctor'], '.', {
      ...UNSET,
      LLM_BASE: 'http://127.0.0.1:9',
    });
    expect(outside.output).toMatch(/✘ Nx +there is no nx\.json here or in a folder above/);
    expect(outside.code).toBe(1);
  });

  it('ends with Ctrl+C, and closes its connection', async () => {
    const server = await ollama({ otherwise: { hang: 'during' } });
    const child = spawn(process.execPath, [main(), 'doctor'], {
      cwd: workspace.root,
      env: { ...process.env, ...UNSET, ...using(server) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const asked = Date.now();
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number];
    expect(Date.now() - asked).toBeLessThan(3_000);
    expect(code).toBe(1);
    expect(said).toBe('sentries: stopped\n  → Run it again when you want its answer.\n');
    expect(server.open).toBe(0);
  });
});

async function website(): Promise<{ base: string }> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<h1>It works!</h1>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  keep({
    stop: () => new Promise((resolve) => server.close(() => resolve(undefined))),
  } as ScriptedServer);
  return { base: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}
