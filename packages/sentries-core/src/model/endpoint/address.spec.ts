import { UsageError } from '../../errors';
import { proxyFor, readAddress } from './address';

describe('where LLM_BASE leads', () => {
  it.each([
    {
      base: 'http://127.0.0.1:11434',
      root: 'http://127.0.0.1:11434',
      v: 'http://127.0.0.1:11434/v1',
    },
    {
      base: 'http://127.0.0.1:11434/',
      root: 'http://127.0.0.1:11434',
      v: 'http://127.0.0.1:11434/v1',
    },
    { base: '127.0.0.1:11434', root: 'http://127.0.0.1:11434', v: 'http://127.0.0.1:11434/v1' },
    { base: 'http://box:8080/v1', root: 'http://box:8080', v: 'http://box:8080/v1' },
    { base: 'http://box:8080/v1/', root: 'http://box:8080', v: 'http://box:8080/v1' },
    {
      base: 'https://a.example/openai',
      root: 'https://a.example/openai',
      v: 'https://a.example/openai/v1',
    },
    {
      base: 'https://a.example/v1beta/openai',
      root: 'https://a.example/v1beta/openai',
      v: 'https://a.example/v1beta/openai',
    },
  ])('$base', ({ base, root, v }) => {
    expect(readAddress(base)).toMatchObject({ root, versioned: v });
  });

  it('shows no password, whether the address can be read or not', () => {
    expect(readAddress('https://me:hunter2@box/v1').shown).toBe('https://box/v1');
    expect(readAddress('https://me:hunter2@box/v1').root).toBe('https://me:hunter2@box');
    for (const base of [
      'ftp://me:hunter2@box',
      'http://me:hunter2@',
      'http://me:hunter2@box:99999',
    ]) {
      expect(() => readAddress(base)).toThrow(UsageError);
      expect(() => readAddress(base)).toThrow(
        expect.not.objectContaining({
          message: expect.stringContaining('hunter2') as string,
        }) as Error,
      );
    }
  });
});

describe('a proxy in the environment', () => {
  const env = { HTTP_PROXY: 'http://me:hunter2@proxy:3128', https_proxy: 'http://proxy:3129' };

  it.each([
    'http://127.0.0.1:11434',
    'http://127.1.2.3',
    'http://localhost:1234',
    'http://llm.localhost',
    'http://[::1]:8080',
    'http://0.0.0.0:11434',
  ])('is never asked for %s', (base) => {
    expect(proxyFor(readAddress(base), env)).toBeNull();
  });

  it('is named without its password for every other place', () => {
    expect(proxyFor(readAddress('http://box:11434'), env)).toBe('http://proxy:3128');
    expect(proxyFor(readAddress('https://api.example/v1'), env)).toBe('http://proxy:3129');
  });

  it.each([
    { no: 'box', asked: false },
    { no: 'other, box', asked: false },
    { no: '.example', asked: true },
    { no: 'box:11434', asked: false },
    { no: 'box:1', asked: true },
    { no: '*', asked: false },
    { no: 'ox', asked: true },
  ])('NO_PROXY=$no', ({ no, asked }) => {
    const proxy = proxyFor(readAddress('http://box:11434'), { ...env, NO_PROXY: no });
    expect(proxy !== null).toBe(asked);
  });

  it('NO_PROXY names whole domains', () => {
    const far = readAddress('http://llm.corp.example');
    expect(proxyFor(far, { ...env, no_proxy: '.corp.example' })).toBeNull();
    expect(proxyFor(far, { ...env, no_proxy: '*.corp.example' })).toBeNull();
    expect(proxyFor(far, { ...env, no_proxy: 'corp.example' })).not.toBeNull();
    expect(proxyFor(far, { ...env, no_proxy: 'orp.example' })).not.toBeNull();
  });
});
