/*
 * What a model is asked about real failures that rules leave, without a model: the size of the prompts, and our own time
 * for an attempt. The failures are those of the repair benchmark.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countTokens } from 'sentries-core';
import { ROOT } from '../paths';
import { run } from './command-line';
import { MODEL, ModelServer, type Asked } from './model-server';
import { pairWorkspace } from './pair-workspace';
import { choosePairs, nameOf, readPairs, type ReleasePair } from './release-pairs';
import { sentryRun } from './repair-sentry';
import { median, sectionLines } from './table';

interface Measured {
  readonly name: string;
  readonly left: number;
  readonly asked: readonly Asked[];
  /** Tokens of each prompt, and of the whole test files that it shows parts of and the whole files that changed. */
  readonly prompts: readonly { readonly tokens: number; readonly whole: number }[];
  /** Milliseconds of our own work on each attempt. */
  readonly own: readonly number[];
}

/** What the default settings leave for a prompt: `model.contextTokens` without `model.replyTokens`. */
const BUDGET = 8192 - 2048;
const NO_LIMITS = { requests: 100_000, tokens: 1_000_000_000, seconds: 100_000 };

async function main(): Promise<void> {
  const { all, only } = parseArgs({
    options: { all: { type: 'boolean', default: false }, only: { type: 'string' } },
  }).values;
  const results: Measured[] = [];
  for (const pair of choosePairs(readPairs(), { all, only })) {
    const result = await measure(pair);
    results.push(result);
    console.log(
      `${result.name}: ${result.left} failures left by the rules, ${result.asked.length} requests`,
    );
  }
  for (const line of sectionLines(sizes(results), false)) console.log(line);
  for (const line of sectionLines(times(results), false)) console.log(line);
}

async function measure(pair: ReleasePair): Promise<Measured> {
  const { root, python, base, folder } = pairWorkspace(pair, join(ROOT, '.cache/bench'));
  const server = new ModelServer();
  const address = await server.start();
  writeFileSync(
    join(root, 'sentries.config.json'),
    JSON.stringify({ model: { perFailure: NO_LIMITS, perTask: NO_LIMITS } }),
  );
  const log = join(folder, 'pytest-model.log');
  rmSync(log, { force: true });
  performance.clearMeasures();
  const { package: project, testPaths, pytestArgs } = pair;
  try {
    const record = await sentryRun({
      ...{
        root,
        python,
        base,
        project,
        testPaths,
        pytestArgs,
        log,
        accept: 'explained',
        mode: 'propose',
      },
      strategy: 'model',
      attempts: 1,
      environment: { LLM_BASE: address, LLM_API: 'openai', MODEL_PLAN: MODEL, MODEL_PATCH: MODEL },
    });
    const attempts = server.asked.filter(({ kind }) => kind === 'patch').length;
    const durations = performance
      .getEntriesByName('sentry generate')
      .map(({ duration }) => duration);
    const total = durations.reduce((sum, one) => sum + one, 0);
    return {
      name: nameOf(pair),
      left: record.failures.filter(({ outcome }) => outcome === 'unrepaired').length,
      asked: server.asked,
      prompts: server.asked.map(({ text, files }) => ({
        tokens: countTokens(text),
        whole: wholeFiles(root, text, files),
      })),
      own: attempts === 0 ? [] : [total / attempts],
    };
  } finally {
    await server.stop();
  }
}

/** The files of which a prompt shows parts, as they are. */
function wholeFiles(root: string, text: string, tests: readonly string[]): number {
  const changed = [...text.matchAll(/^<untrusted-data what="change">\n(\S+)/gm)].map(
    ([, file]) => file!,
  );
  return [...new Set([...tests, ...changed])].reduce((sum, file) => {
    try {
      return sum + countTokens(readFileSync(join(root, file), 'utf8'));
    } catch {
      // Removed by the change.
      return sum;
    }
  }, 0);
}

function sizes(results: readonly Measured[]): Parameters<typeof sectionLines>[0] {
  const row = (name: string, prompts: Measured['prompts']): string[] => {
    const tokens = prompts.map((one) => one.tokens);
    const whole = prompts.map((one) => one.whole);
    if (tokens.length === 0) return [name, '0', '—', '—', '—', '—'];
    const above = tokens.filter((count) => count > BUDGET).length;
    return [name, tokens.length, median(tokens), Math.max(...tokens), above, median(whole)].map(
      String,
    );
  };
  const of = (kind: Asked['kind']): Measured['prompts'] =>
    results.flatMap(({ asked, prompts }) => prompts.filter((_, at) => asked[at]!.kind === kind));
  return {
    title: 'Tokens of the prompts',
    header: ['prompts', 'number', 'median', 'most', `above ${BUDGET}`, 'whole files (median)'],
    rows: [
      ...results.map(({ name, prompts }) => row(name, prompts)),
      row('all plans', of('plan')),
      row('all patches', of('patch')),
      row(
        'all',
        results.flatMap(({ prompts }) => prompts),
      ),
    ],
    notes: [
      'By our own count, which errs on the high side. Whole files: the test files shown in part, and the changed ones.',
    ],
  };
}

function times(results: readonly Measured[]): Parameters<typeof sectionLines>[0] {
  return {
    title: 'Our own time for an attempt, without the model and the re-test',
    header: ['pair', 'ms'],
    rows: results.map(({ name, own }) => [name, own.length === 0 ? '—' : own[0]!.toFixed(1)]),
    notes: [
      'Context, both prompts, reading the reply, the guard, and comparing the values; the mean of all attempts.',
    ],
  };
}

run(main);
