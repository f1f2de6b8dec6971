import { applyOperations } from '../../patch/operation';
import { loadSyntax, PythonSource } from '../../python/syntax';
import type { Chat, ChatProgress, ChatReply } from '../chat';
import { ModelError } from '../model-error';
import { readEdits, type EditFormat } from '../reply/read-edits';
import { readPlan, type Plan } from '../reply/read-plan';
import { editQuestion, PLAN_QUESTION } from './question';
import { MENDED_TEST, STALE_TEST, TEST_FILE } from './story';

/**
 * The formats, the best first for a model that handles several: blocks can say every edit and escape nothing,
 * JSON must escape code, and whole functions can't reach the lines outside of functions.
 */
export const EDIT_FORMATS: readonly EditFormat[] = ['blocks', 'json', 'function'];

/** What came of trying a model on the known repair. */
export interface Trial {
  /** Why the reply is of no use; undefined where it is the right one. */
  readonly problem?: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Milliseconds. */
  readonly elapsed: number;
  readonly firstTokenAfter: number | null;
}

export interface ProbeOptions {
  /** The most tokens a reply may have. */
  readonly replyTokens: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ChatProgress) => void;
}

/**
 * Tries a model on an edit whose result is known: what it sends must read as operations, and these must make
 * exactly the right text.
 *
 * @throws ModelError where no reply came, for another reason than that the model found no end.
 */
export async function probeFormat(
  chat: Chat,
  format: EditFormat,
  options: ProbeOptions,
): Promise<Trial> {
  await loadSyntax();
  return tried(chat, editQuestion(format), options, (reply) => {
    const source = new PythonSource(STALE_TEST, TEST_FILE);
    const read = readEdits(reply, format, [{ path: TEST_FILE, source }]);
    if ('refused' in read) return read.refused.split('\n')[0];
    const mended = applyOperations(STALE_TEST, read.operations);
    return mended === MENDED_TEST ? undefined : 'It makes another edit than the one asked for.';
  });
}

/**
 * Tries a model on a verdict about a test that is plainly stale.
 *
 * @throws ModelError as {@link probeFormat} does.
 */
export async function probePlan(
  chat: Chat,
  options: ProbeOptions,
): Promise<Trial & { readonly verdict?: Plan['verdict'] }> {
  let verdict: Plan['verdict'] | undefined;
  const trial = await tried(chat, PLAN_QUESTION, options, (reply) => {
    const read = readPlan(reply);
    if ('refused' in read) return read.refused.split('\n')[0];
    verdict = read.verdict;
    return undefined;
  });
  return { ...trial, ...(verdict !== undefined && { verdict }) };
}

async function tried(
  chat: Chat,
  question: typeof PLAN_QUESTION,
  { replyTokens, signal, onProgress }: ProbeOptions,
  judge: (reply: string) => string | undefined,
): Promise<Trial> {
  const start = performance.now();
  let firstTokenAfter: number | null = null;
  // Fewer than any tokenizer makes of it: a count of the server that is lower still tells of a cut.
  const promptTokens = Math.ceil((question.system.length + question.prompt.length) / 4);
  const request = { ...question, temperature: 0, maxTokens: replyTokens, promptTokens };
  let reply: ChatReply | undefined;
  let problem: string | undefined;
  try {
    reply = await chat.complete(request, signal, (progress) => {
      firstTokenAfter = progress.firstTokenAfter;
      onProgress?.(progress);
    });
    problem = judge(reply.text);
  } catch (error) {
    // A model that does not stop fails this format, and may do well in another.
    if (!(error instanceof ModelError) || !ENDLESS.has(error.kind)) throw error;
    problem = error.message;
  }
  return {
    ...(problem !== undefined && { problem }),
    promptTokens: reply?.promptTokens ?? promptTokens,
    completionTokens: reply?.completionTokens ?? replyTokens,
    elapsed: performance.now() - start,
    firstTokenAfter,
  };
}

const ENDLESS: ReadonlySet<string> = new Set(['reply-cut', 'reply-too-long']);
