import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON_ENVIRONMENT, ROOT } from '../paths';
import type { Registry } from '../registry/registry';
import { VERSIONS } from './axes';
import { MANIFESTS, Newcomer, SOURCES, STALE } from './newcomer';

/** The README's commands, from nothing to the first repair. */
const COMMANDS = [
  'npx nx add nx-sentries',
  'npx nx affected -t sentry-test',
  'npx nx affected -t sentry-test --mode=apply',
];

/** More than this, and people have left. */
export const LIMIT_SECONDS = 300;

export interface Timed {
  readonly command: string;
  readonly seconds: number;
}

/**
 * Goes the README's way in a fresh workspace, and times it. It is gone once before, so that what is downloaded is in npm's
 * cache the second time.
 *
 * @throws Error where the README does not have the commands, or they don't repair.
 */
export async function firstMinutes(registry: Registry): Promise<readonly Timed[]> {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  for (const command of COMMANDS)
    if (!readme.includes(command)) throw new Error(`The README does not say: ${command}`);
  await goOnce(registry);
  return goOnce(registry);
}

async function goOnce(registry: Registry): Promise<readonly Timed[]> {
  const env = { ...registry.env, VIRTUAL_ENV: PYTHON_ENVIRONMENT };
  const means = { manager: 'npm', nx: VERSIONS.nx['24'], env } as const;
  const newcomer = await Newcomer.settle(means, { ...SOURCES, ...MANIFESTS });
  newcomer.change();
  const timed: Timed[] = [];
  for (const command of COMMANDS) {
    const [program, ...args] = command.split(' ');
    const start = performance.now();
    await newcomer.must(program!, args);
    timed.push({ command, seconds: (performance.now() - start) / 1000 });
  }
  const missing = STALE.filter((file) => !newcomer.changed().includes(file));
  if (missing.length > 0) throw new Error(`Not repaired: ${missing.join(', ')}`);
  return timed;
}
