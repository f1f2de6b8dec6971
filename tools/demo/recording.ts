import { join } from 'node:path';
import { MODEL } from '../bench/model-server';
import { ROOT } from '../paths';

/** What a model is taken to have said of the failure that no rule can repair; made by `record.ts`. */
export const RECORDING = join(ROOT, 'tools/demo/recording.jsonl');

export const RECORD_ANEW = 'node tools/dist/demo/record.js';

/** Set as variables, they go before the models of whoever runs the demo. */
const MODELS = { MODEL_PLAN: MODEL, MODEL_PATCH: MODEL };

/** With these no server is asked. */
export const REPLAYED = { ...MODELS, SENTRIES_REPLAY: RECORDING, SENTRIES_RECORD: '' };

/** With these the server at an address is asked, and its replies are kept in a file. */
export const recordedFrom = (base: string, file: string): Readonly<Record<string, string>> => ({
  ...MODELS,
  LLM_BASE: base,
  LLM_API: 'openai',
  LLM_API_KEY: '',
  SENTRIES_RECORD: file,
  SENTRIES_REPLAY: '',
});
