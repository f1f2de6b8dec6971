import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asksProxies, proxyFor, readAddress } from './address';
import { Connection } from './connection';

const NAMES = ['HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'];
const before = Object.fromEntries(NAMES.map((name) => [name, process.env[name]]));

afterEach(() => {
  for (const name of NAMES) delete process.env[name];
  for (const [name, value] of Object.entries(before))
    if (value !== undefined) process.env[name] = value;
});

/** What a proxy is asked for, where the environment names it. */
async function proxied(host: string, noProxy: string): Promise<{ asked: string[]; told: boolean }> {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url!);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  for (const name of NAMES) delete process.env[name];
  process.env['HTTP_PROXY'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  process.env['NO_PROXY'] = noProxy;
  const address = readAddress(`http://${host}`);
  const signal = AbortSignal.timeout(5_000);
  const connection = new Connection({
    ...{ address, signal, accept: ['application/json'], maxBytes: 1000 },
  });
  await connection.fetch(`${address.root}/api/tags`).catch(() => undefined);
  await new Promise((resolve) => proxy.close(resolve));
  return { asked, told: proxyFor(address, process.env) !== null };
}

it.each([
  { host: 'box.invalid', no: '', told: true },
  { host: 'box.invalid', no: 'box.invalid', told: false },
  { host: 'a.box.invalid', no: '.box.invalid', told: false },
  { host: 'a.box.invalid', no: '*.box.invalid', told: false },
  { host: 'a.box.invalid', no: 'box.invalid', told: true },
  { host: '127.0.0.1:9', no: '', told: false },
])('of $host, NO_PROXY=$no, it is told what happens', async ({ host, no, told }) => {
  const seen = await proxied(host, no);
  expect(seen.told).toBe(told);
  const isAsked = told && asksProxies(process.version);
  expect(seen.asked).toEqual(isAsked ? [`http://${host}/api/tags`] : []);
});

it('is asked by Node 22.21, 24.5 and later', () => {
  const asking = ['v22.21.0', 'v22.23.3', 'v24.5.0', 'v25.0.0'];
  const not = ['v20.19.0', 'v22.20.9', 'v23.11.0', 'v24.4.1'];
  expect([...asking, ...not].filter(asksProxies)).toEqual(asking);
});
