import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { configSchema } from 'sentries-core';
import { main, scripted, sentries, using, workspace } from './models-workspace';

const { ollama, openAi } = scripted;

describe('sentries models', () => {
  it('lists what the server has, what is in use, and what is missing', async () => {
    const server = await ollama();
    const { code, output } = await sentries('models', using(server, { MODEL_PLAN: 'qwen3:8b' }));
    expect(output.split('\n')).toEqual([
      `${server.base} (Ollama)`,
      '* coder:7b        4.7 GB  42182419e950  context 32768  MODEL_PATCH',
      '  planner:latest  4.7 GB  42182419e950  context 8192',
      '✘ qwen3:8b is missing (MODEL_PLAN)',
      expect.stringContaining('→ Run `ollama pull qwen3:8b`'),
      '',
    ]);
    expect(code).toBe(0);
  });

  it('prints the same as JSON', async () => {
    const server = await openAi();
    const env = using(server, { MODEL_PLAN: 'coder', MODEL_PATCH: 'other' });
    const { output } = await sentries('models list --json', env);
    expect(JSON.parse(output)).toEqual({
      server: server.base,
      api: 'openai',
      models: [
        { name: 'coder', digest: null, bytes: null, contextTokens: 32_768, usedAs: ['plan'] },
      ],
      missing: [{ name: 'other', usedAs: ['patch'], hint: expect.any(String) as string }],
    });
  });

  it('pulls what is set and missing, quietly where there is no terminal; then all is there', async () => {
    const server = await ollama({ models: { 'coder:7b': 32_768 } });
    const { code, output } = await sentries('models pull', using(server));
    expect(output.split('\n')).toEqual([
      server.base,
      '✔ coder:7b is there already (4.7 GB, 42182419e950, context 32768)',
      '✔ planner:latest was fetched (4.7 GB, 42182419e950, context 8192)',
      '',
    ]);
    expect(code).toBe(0);
    const pulls = server.received.filter(({ path }) => path === '/api/pull');
    expect(pulls).toHaveLength(1);
    const again = await sentries('models pull --json', using(server));
    expect(JSON.parse(again.output)).toMatchObject({ pulled: [], there: [{}, {}] });
  });

  it('pulls one by its name, or says that there is none', async () => {
    const server = await ollama();
    const named = await sentries('models pull qwen3:8b', using(server));
    expect(named.output).toContain('✔ qwen3:8b was fetched');
    const none = await sentries('models pull no-such:1b', using(server));
    expect(none.output).toContain('file does not exist');
    expect(none.code).toBe(1);
  });

  it('leaves with 2 for a server that can’t be told to pull, and for wrong words', async () => {
    const server = await openAi();
    const { code, output } = await sentries('models pull', using(server));
    expect(output).toMatch(/can't be told to fetch planner: only Ollama can/);
    expect(code).toBe(2);
    expect((await sentries('models fetch')).code).toBe(2);
    expect((await sentries('models list more')).code).toBe(2);
    expect((await sentries('doctor --fast')).code).toBe(2);
    expect((await sentries('models', { LLM_API: 'grpc' })).code).toBe(2);
    for (const help of ['doctor --help', 'models --help', 'models pull --help'])
      expect(await sentries(help)).toMatchObject({ code: 0 });
  });

  it('leaves with 1 where no server is', async () => {
    const { code, output } = await sentries('models', { LLM_BASE: 'http://127.0.0.1:9' });
    expect(output).toMatch(/^sentries: Nothing answers at [^]*\n {2}→ Start the server/);
    expect(code).toBe(1);
  });
});

describe('what is installed', () => {
  it('brings the schema of sentries.config.json, where "$schema" looks for it', () => {
    const installed = JSON.parse(
      workspace.read('node_modules/nx-sentries/config.schema.json'),
    ) as object;
    expect(installed).toEqual(configSchema());
    const isValid = new Ajv2020({ formats: { uri: true } }).compile(installed);
    expect(isValid({ $schema: './x', model: { format: 'blocks', perTask: { requests: 9 } } })).toBe(
      true,
    );
    expect(isValid({ model: { format: 'diff' } })).toBe(false);
    const resolve = createRequire(join(workspace.root, 'package.json')).resolve;
    expect(resolve('nx-sentries/config.schema.json')).toMatch(/config\.schema\.json$/);
  });

  it('loads nothing heavy for its help', async () => {
    const trace = 'process.on("exit",()=>console.error(Object.keys(require.cache).join("\\n")))';
    workspace.write({ 'trace.cjs': trace });
    const { output } = await workspace.run(process.execPath, [
      ...['--require', './trace.cjs'],
      ...[main(), '--help'],
    ]);
    const loaded = output.split('\n').filter((line) => line.includes('node_modules'));
    expect(loaded.length).toBeGreaterThan(0);
    const packages = new Set(loaded.map((path) => /node_modules\/(@?[^/]+)/.exec(path)![1]));
    expect([...packages].sort()).toEqual(['commander', 'nx-sentries']);
  });
});
