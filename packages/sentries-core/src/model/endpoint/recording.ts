import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../../errors';
import type { Chat, ChatReply } from '../chat';
import { ModelError, type ModelErrorKind } from '../model-error';
import type { Ask } from './endpoint';
import { withoutKey } from './explain';
import { cancelled } from './time-limits';

/** One line of a recording: which request, and what came of it. The request itself is not kept. */
interface Entry {
  readonly request: string;
  /** For people. */
  readonly model: string;
  readonly reply?: ChatReply;
  readonly failure?: {
    readonly kind: ModelErrorKind;
    readonly message: string;
    readonly hint: string;
  };
}

/** The hash of all that determines a reply. Where the model runs does not. */
function requestHash(ask: Ask): string {
  const { model, system, prompt, schema = null, temperature, maxTokens, contextTokens } = ask;
  const all = [model, system, prompt, schema, temperature, maxTokens, contextTokens];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/**
 * Adds each request and what came of it to a file. Tasks that run at the same time may share it.
 *
 * @param apiKey Struck out wherever a server or a model repeats it.
 */
export function recorded(chat: Chat, file: string, apiKey?: string): Chat {
  const add = (entry: Entry): void => {
    const line = JSON.stringify(entry, (_name, value: unknown) =>
      typeof value === 'string' ? withoutKey(value, apiKey) : value,
    );
    try {
      mkdirSync(dirname(file), { recursive: true });
      appendFileSync(file, `${line}\n`);
    } catch (cause) {
      throw new UsageError(
        `The recording ${file} can't be written.`,
        'Set SENTRIES_RECORD to a file in a folder that may be written to.',
        cause,
      );
    }
  };
  const { model, contextTokens } = chat;
  return {
    model,
    contextTokens,
    async complete(request, signal, onProgress) {
      const key = { request: requestHash({ ...request, model, contextTokens }), model };
      try {
        const reply = await chat.complete(request, signal, onProgress);
        add({ ...key, reply });
        return reply;
      } catch (error) {
        // That somebody stopped the run is no answer of the model.
        if (error instanceof ModelError && error.kind !== 'cancelled') {
          const { kind, message, hint } = error;
          add({ ...key, failure: { kind, message, hint } });
        }
        throw error;
      }
    },
  };
}

/**
 * Answers from a recording, with no server. Requests that are equal get their answers in the order
 * in which they were recorded.
 *
 * @throws UsageError when the file is no recording.
 */
export function replayed(file: string, model: string, contextTokens: number): Chat {
  const entries = readEntries(file);
  const answers = new Map<string, Entry[]>();
  for (const entry of entries) {
    answers.set(entry.request, [...(answers.get(entry.request) ?? []), entry]);
  }
  const used = new Map<string, number>();
  return {
    model,
    contextTokens,
    complete(request, signal) {
      const key = requestHash({ ...request, model, contextTokens });
      const turn = used.get(key) ?? 0;
      const known = answers.get(key) ?? [];
      const entry = known[turn];
      if (signal.aborted) return Promise.reject(cancelled(signal));
      if (entry === undefined) {
        return Promise.reject(
          notRecorded(file, model, request.prompt, key, known.length, entries.length),
        );
      }
      used.set(key, turn + 1);
      if (entry.reply !== undefined) return Promise.resolve(entry.reply);
      const { kind, message, hint } = entry.failure!;
      return Promise.reject(new ModelError(kind, message, hint));
    },
  };
}

function notRecorded(
  file: string,
  model: string,
  prompt: string,
  key: string,
  known: number,
  all: number,
): ModelError {
  const start = prompt.trim().split('\n')[0] ?? '';
  const what = `what ${model} says to the request ${key.slice(0, 12)} (“${start.slice(0, 80)}”)`;
  const message =
    known === 0
      ? `The recording ${file} does not hold ${what}; it holds ${String(all)} others.`
      : `The recording ${file} holds ${String(known)} times ${what}; it was asked once more.`;
  return new ModelError(
    'not-recorded',
    message,
    'Replay with the same files, versions and settings as were recorded, or record anew with SENTRIES_RECORD.',
  );
}

function readEntries(file: string): Entry[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line.trim() !== '').map(readEntry);
  } catch (cause) {
    throw new UsageError(
      `${file} is no recording that can be read.`,
      'Set SENTRIES_REPLAY to a file that SENTRIES_RECORD has written.',
      cause,
    );
  }
}

function readEntry(line: string): Entry {
  const entry = JSON.parse(line) as Partial<Entry> | null;
  if (typeof entry?.request !== 'string' || (entry.reply ?? entry.failure) === undefined) {
    throw new SyntaxError('neither a reply nor a failure');
  }
  return entry as Entry;
}
