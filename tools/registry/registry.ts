import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { ROOT } from '../paths';
import { npmSettings, type NpmSettings } from './npm-settings';

const OURS = ['sentries-core', 'nx-sentries'];
const CACHE = join(ROOT, '.cache/registry');

/** Verdaccio's own. Where it is free, npm's cache knows the addresses from the last time. */
const USUAL_PORT = 4873;

/**
 * A registry on loopback that has our two packages as they are built, and hands on all others from where npm gets them on
 * this machine. It is a process of its own: {@link stop} it.
 */
export class Registry {
  private constructor(
    readonly url: string,
    private readonly server: ChildProcess,
  ) {}

  /**
   * Starts it, and publishes both packages as `npm publish` does.
   *
   * @param name Of its folder in the cache. Registries that run at the same time need different ones.
   */
  static async start(name: string): Promise<Registry> {
    const folder = join(CACHE, name);
    for (const ours of OURS)
      rmSync(join(folder, 'storage', ours), { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const config = join(folder, 'config.yaml');
    // JSON is YAML.
    const settings = npmSettings();
    writeFileSync(
      config,
      JSON.stringify(configuration(join(folder, 'storage'), settings), null, 2),
    );
    const address = `127.0.0.1:${(await freePort(USUAL_PORT)) ?? (await freePort(0))}`;
    const server = fork(VERDACCIO, ['--config', config, '--listen', address], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      env: {
        ...process.env,
        ...(settings.cafile !== null && { NODE_EXTRA_CA_CERTS: settings.cafile }),
      },
    });
    await started(server);
    const registry = new Registry(`http://${address}/`, server);
    try {
      for (const ours of OURS) await registry.publish(join(ROOT, 'packages', ours));
    } catch (error) {
      await registry.stop();
      throw error;
    }
    return registry;
  }

  /** What has npm, pnpm and Yarn ask this registry, and keep what they download out of the user's folders. */
  get env(): NodeJS.ProcessEnv {
    return {
      npm_config_registry: this.url,
      npm_config_cache: join(CACHE, 'npm'),
      npm_config_store_dir: join(CACHE, 'pnpm'),
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_update_notifier: 'false',
      YARN_NPM_REGISTRY_SERVER: this.url,
      YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
      YARN_GLOBAL_FOLDER: join(CACHE, 'yarn'),
    };
  }

  async stop(): Promise<void> {
    if (this.server.exitCode !== null || this.server.signalCode !== null) return;
    const ended = new Promise((resolve) => this.server.once('exit', resolve));
    this.server.kill();
    await ended;
  }

  /** npm wants a token before it publishes; this registry takes any. */
  private async publish(folder: string): Promise<void> {
    const token = `--${this.url.replace('http:', '')}:_authToken=none`;
    const child = spawn('npm', ['publish', '--registry', this.url, '--provenance=false', token], {
      cwd: folder,
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    const code = await new Promise((resolve, reject) =>
      child.on('error', reject).on('close', resolve),
    );
    if (code !== 0) throw new Error(`npm publish in ${folder}: ${said}`);
  }
}

const VERDACCIO = join(dirname(require.resolve('verdaccio/package.json')), 'bin/verdaccio');

/** Tarballs of others are handed on but not kept: npm keeps them. */
function configuration(storage: string, settings: NpmSettings): unknown {
  const { registry, strictSsl, proxy } = settings;
  const uplink = {
    url: registry,
    cache: false,
    maxage: '1d',
    timeout: '60s',
    max_fails: 100,
    strict_ssl: strictSsl,
    ...(proxy !== null && { https_proxy: proxy, http_proxy: proxy }),
  };
  const ours = { access: '$all', publish: '$all' };
  return {
    storage,
    uplinks: { npm: uplink },
    packages: {
      ...Object.fromEntries(OURS.map((name) => [name, ours])),
      '**': { access: '$all', proxy: 'npm' },
    },
    web: { enable: false },
    log: { type: 'stdout', format: 'pretty', level: 'warn' },
  };
}

/** The port if nobody listens on it; 0 for any. */
function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function started(server: ChildProcess): Promise<void> {
  let said = '';
  const onData = (chunk: Buffer): void => {
    said = (said + chunk.toString('utf8')).slice(-4000);
  };
  server.stdout!.on('data', onData);
  server.stderr!.on('data', onData);
  return new Promise((resolve, reject) => {
    server.once('message', () => resolve());
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Verdaccio ended with ${code}: ${said}`)));
  });
}
