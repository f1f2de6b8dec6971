import type { RunRecord, SentryRequest } from 'sentries-core';
import type {
  Behaviour,
  ScriptedServer,
} from '../packages/sentries-core/src/model/endpoint/model-server.fixture';
import { startOllama } from '../packages/sentries-core/src/model/endpoint/ollama-server.fixture';
import type { Files, Workspace } from '../tools/workspace';
import { library, sentry } from './library';

const started: ScriptedServer[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

/** The library before: a greeting in one language. */
export const ONE_LANGUAGE = `def greet(name):
    return f"Hello, {name}!"
`;

/** A new required argument: what to give for it, no rule can know. */
export const LANGUAGES = `WORDS = {"en": "Hello", "de": "Hallo"}


def greet(name, language):
    return f"{WORDS[language]}, {name}!"
`;

export const GREET_TEST = `from greet import greet


def test_greet():
    assert greet("Ann") == "Hello, Ann!"
`;

/** A library whose greeting got a required argument. */
export function languages(files: Files = {}): Workspace {
  const workspace = library({
    'lib/src/greet.py': ONE_LANGUAGE,
    'lib/tests/test_greet.py': GREET_TEST,
    ...files,
  });
  workspace.write({ 'lib/src/greet.py': LANGUAGES });
  return workspace;
}

export const planned = (
  verdict = 'stale-test',
  reason = 'greet needs a language now',
): Behaviour => ({ reply: JSON.stringify({ verdict, reason, steps: ['1. Give the language.'] }) });

/** A search/replace block. */
export const block = (
  find: string,
  replace: string,
  file = 'lib/tests/test_greet.py',
): Behaviour => ({
  reply: `Here you are:\n\n${file}\n\`\`\`\n<<<<<<< SEARCH\n${find}\n=======\n${replace}\n>>>>>>> REPLACE\n\`\`\`\n`,
});

export const ASSERTION = '    assert greet("Ann") == "Hello, Ann!"';
export const MENDED = '    assert greet("Ann", "en") == "Hello, Ann!"';

/** A server that says this, in this order. */
export async function modelServer(...behaviours: Behaviour[]): Promise<ScriptedServer> {
  const server = await startOllama();
  started.push(server);
  return server.will(...behaviours);
}

export const environment = (base: string): Record<string, string> => ({
  LLM_BASE: base,
  MODEL_PLAN: 'planner',
  MODEL_PATCH: 'coder:7b',
});

/** Runs the sentry with a model that says this. */
export async function withModel(
  workspace: Workspace,
  behaviours: readonly Behaviour[],
  request: Partial<SentryRequest> = {},
): Promise<{ record: RunRecord; asked: ScriptedServer['asked'] }> {
  const server = await modelServer(...behaviours);
  const record = await sentry(workspace, {
    strategy: 'auto',
    environment: environment(server.base),
    ...request,
  });
  return { record, asked: server.asked };
}
