import { spawnSync } from 'node:child_process';

/** Where npm gets packages from on this machine, and what it takes to reach it. */
export interface NpmSettings {
  readonly registry: string;
  /** A file of certificates, or null. */
  readonly cafile: string | null;
  readonly strictSsl: boolean;
  readonly proxy: string | null;
}

/** What npm is configured with, from all its files and the environment. */
export function npmSettings(): NpmSettings {
  const { status, stdout, error } = spawnSync('npm', ['config', 'list', '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm config list: ${error?.message ?? `exit code ${status}`}`);
  const all = JSON.parse(stdout) as Record<string, unknown>;
  const text = (key: string): string | null => {
    const value = all[key];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return {
    registry: text('registry')!,
    cafile: text('cafile'),
    strictSsl: all['strict-ssl'] !== false,
    proxy: text('https-proxy') ?? text('proxy'),
  };
}
