import { respelled } from './respell';

describe('a name as a text writes it', () => {
  it.each<[written: string, old: string, now: string, after: string | undefined]>([
    ['convert', 'acme.money.convert', 'acme.money.exchange', 'exchange'],
    ['money.convert', 'acme.money.convert', 'acme.money.exchange', 'money.exchange'],
    ['acme.money.convert', 'acme.money.convert', 'acme.rates.convert', 'acme.rates.convert'],
    ['money.convert', 'acme.money.convert', 'acme.rates.convert', 'rates.convert'],
    ['convert', 'acme.money.convert', 'acme.rates.convert', 'convert'],
    ['acme.money.convert', 'acme.money.convert', 'acme.convert', 'acme.convert'],
    ['Account.close', 'acme.Account.close', 'acme.Wallet.close', 'Wallet.close'],
    ['m.convert', 'acme.money.convert', 'acme.money.exchange', 'm.exchange'],
    ['r.rate', 'acme.rates.rate', 'acme.tables.rate', 'r.rate'],
    ['c', 'acme.money.convert', 'acme.money.exchange', 'c'],
    ['x.y', 'acme.money.convert', 'acme.money.exchange', undefined],
    ['b.f', 'acme.a.b.f', 'acme.c.f', undefined],
  ])('%s, for %s that became %s', (written, old, now, after) => {
    expect(respelled(written, old, now)).toBe(after);
  });
});
