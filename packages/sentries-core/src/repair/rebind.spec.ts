import fc from 'fast-check';
import { changeOf } from '../change/change.fixture';
import { applyOperations } from '../patch/operation';
import { loadSyntax, parts, PythonSource } from '../python/syntax';
import { rebind } from './rebind';
import { operationsOf } from './text-edit';

beforeAll(loadSyntax);

const NAMES = ['a', 'b', 'c', 'd'];
/** Parameters in some order; from some place on they must be named. */
const parameters = fc.tuple(
  fc.shuffledSubarray(NAMES, { minLength: NAMES.length }),
  fc.nat(NAMES.length),
);
const written = ([names, star]: [string[], number]): string =>
  [...names.slice(0, star), ...(star < names.length ? ['*'] : []), ...names.slice(star)].join(', ');

/** Which parameter each argument of a call goes to: its value is that parameter's name. */
function reaches(text: string, names: readonly string[]): [string, string][] {
  const [call] = new PythonSource(text).find('call');
  return parts(call!.childForFieldName('arguments')!).map((node, at) => {
    const label = node.childForFieldName('name')?.text ?? names[at]!;
    const value = node.childForFieldName('value') ?? node;
    return [label, value.text.slice(1, -1)];
  });
}

it('however parameters were ordered, each value reaches its own again', () => {
  fc.assert(
    fc.property(parameters, parameters, fc.nat(NAMES.length), (old, now, given) => {
      const [change] = changeOf(
        `def f(${written(old)}): pass\n`,
        `def f(${written(now)}): pass\n`,
      ).signatures;
      if (!change) return;
      const positional = Math.min(given, old[1]);
      const args = old[0].map((name, at) => (at < positional ? `"${name}"` : `${name}="${name}"`));
      const source = new PythonSource(`f(${args.join(', ')})\n`);
      const rebound = rebind(source.find('call')[0]!, change);
      // Where the call still fits, nothing is done; what it means then is not asked.
      if (!rebound || 'refused' in rebound) {
        expect(rebound === undefined || positional > 0).toBe(true);
        return;
      }
      const text = applyOperations(source.text, operationsOf('f', source, rebound.edits));
      const found = reaches(text, now[0].slice(0, now[1]));
      expect(found.every(([name, value]) => name === value)).toBe(true);
      expect(found.map(([name]) => name).sort()).toEqual(NAMES);
    }),
    { numRuns: 500 },
  );
});
