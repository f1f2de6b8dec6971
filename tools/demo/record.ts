/*
 * Makes the recording that the demo replays anew: `node tools/dist/demo/record.js`. The replies are written by us, below, and
 * stand for a model's; what is shown with them is what comes of a good reply, not how good a model is. An answer
 * is found by the hash of its prompt, so a change of the prompts, or of what they are made of, needs a new recording.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ModelServer } from '../bench/model-server';
import { ROOT } from '../paths';
import { demoWorkspace } from './demo-workspace';
import { RECORDING, recordedFrom } from './recording';
import { outcomeOf } from './story';

const PROJECT = 'acme-post';

const PLAN = JSON.stringify({
  verdict: 'stale-test',
  reason: 'postage needs a Tariff now, whose defaults are what it charged before',
  steps: ['1. Import Tariff.', '2. Give postage a Tariff with its defaults, in both calls.'],
});

const PATCH = `libs/post/tests/test_postage.py
\`\`\`
<<<<<<< SEARCH
from acme_post.postage import postage
=======
from acme_post.postage import Tariff, postage
>>>>>>> REPLACE
<<<<<<< SEARCH
    assert postage(3) == 13
    assert postage(3, express=True) == 26
=======
    assert postage(3, Tariff()) == 13
    assert postage(3, Tariff(), express=True) == 26
>>>>>>> REPLACE
\`\`\`
`;

async function main(): Promise<void> {
  const folder = join(ROOT, '.cache/demo-recording');
  rmSync(folder, { recursive: true, force: true });
  const workspace = demoWorkspace(join(folder, 'workspace'));
  const server = new ModelServer(({ kind }) => (kind === 'plan' ? PLAN : PATCH));
  const base = await server.start();
  const file = join(folder, 'recording.jsonl');
  try {
    const { output } = await workspace.nx(
      ['run', `${PROJECT}:sentry-test`, '--skip-nx-cache'],
      recordedFrom(base, file),
    );
    const outcomes = workspace.record(PROJECT).failures.map((failure) => outcomeOf(failure));
    if (outcomes.join() !== 'repaired by model')
      throw new Error(`${outcomes.join() || 'no failure'}, not repaired by a model:\n${output}`);
    copyFileSync(file, RECORDING);
    console.log(`${RECORDING}: ${server.asked.length} replies`);
  } finally {
    await server.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
