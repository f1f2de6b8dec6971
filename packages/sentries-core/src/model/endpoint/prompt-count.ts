/**
 * Servers cut a prompt that does not fit and answer all the same; Ollama keeps half of the context
 * then (older ones: all of it), from the end, and counts only that. Our own count is an estimate,
 * so a count that is lower by less than this share means nothing. A cut halves it at least.
 */
const FAR_BELOW = 0.65;

export interface Counted {
  /** By our own count. */
  readonly expected: number;
  /** By the server's; null where it does not say. */
  readonly prompt: number | null;
  readonly completion: number | null;
  /** Tokens that prompt and reply had together, as far as is known. */
  readonly context: number;
}

/**
 * What the server's count of the prompt says.
 *
 * `doubtful`: too low, or not there. The prompt was cut; or, with Ollama of early 2024, a part of it
 * was in the server's cache and is not counted.
 */
export function judgeCount(counted: Counted, alwaysCounts: boolean): 'whole' | 'cut' | 'doubtful' {
  const { expected, prompt, completion, context } = counted;
  if (prompt === null) return alwaysCounts ? 'doubtful' : 'whole';
  if (prompt + (completion ?? 0) > context) return 'cut';
  // Exactly full before the first token: what did not fit was left out.
  if (prompt >= context) return 'cut';
  return prompt < expected * FAR_BELOW ? 'doubtful' : 'whole';
}
