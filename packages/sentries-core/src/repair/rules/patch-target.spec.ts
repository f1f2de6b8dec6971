import { changedFile } from '../../change/change.fixture';
import { ChangeSet } from '../../change/change-set';
import { loadSyntax } from '../../python/syntax';
import { failureOf, tell, type Story } from '../story.fixture';
import { patchTarget } from './patch-target';

beforeAll(loadSyntax);

const func = (name: string): string =>
  `def ${name}(amount, rate):\n    return round(amount * rate, 2)\n`;
const cls = (method: string): string =>
  `class Account:\n    def ${method}(self, amount, rate):\n        return round(amount * rate, 2)\n`;
const RENAMED: [string, string] = [func('convert'), func('exchange')];
const MOVED = new ChangeSet([
  changedFile(func('convert'), null, 'libs/money/src/acme/money.py'),
  changedFile(null, func('convert'), 'libs/money/src/acme/rates.py'),
]);
const MOCK = '/usr/lib/python3.12/unittest/mock.py';

/** A test that fails in a line (a decorator: in none of its own), below it only the frames of mock. */
function patching(
  test: string,
  change: Story['change'] = RENAMED,
  type = 'AttributeError',
  below = [MOCK],
): Story {
  const isDecorator = /^@/m.test(test);
  const own = failureOf({ test, at: isDecorator ? '@' : '    ' }).frames;
  const frames = below.map((file) => ({ file, line: 1, function: 'f', span: null }));
  return {
    test,
    exception: { type: `builtins.${type}` },
    change,
    failure: { frames: [...(isDecorator ? [] : own), ...frames] },
  };
}

const inTest = (line: string, head = 'from acme import money\n'): string =>
  `${head}def test_a(monkeypatch, mocker):\n    ${line}\n`;

describe('a string that leads to a renamed name has its new name', () => {
  it.each([
    ['of patch', inTest('with patch("acme.money.convert"): pass')],
    ['of patch by keyword', inTest('patch(target="acme.money.convert")')],
    ['of mocker', inTest("mocker.patch('acme.money.convert', return_value=1)")],
    ['of monkeypatch', inTest('monkeypatch.setattr("acme.money.convert", None)')],
    ['of an attribute of a module', inTest('monkeypatch.setattr(money, "convert", None)')],
    ['of patch.object', inTest('patch.object(money, "convert")')],
    ['of a dotted module', inTest('patch.object(acme.money, "convert")', 'import acme.money\n')],
    ['of an alias', inTest('patch.object(m, "convert")', 'import acme.money as m\n')],
    ['of a spy', inTest('mocker.spy(money, "convert")')],
    ['of getattr', inTest('getattr(money, "convert")(1)')],
    ['of a constant', inTest('patch(TARGET)', 'TARGET = "acme.money.convert"\n')],
    ['of a decorator', '@patch("acme.money.convert")\ndef test_a(mock): pass\n'],
    [
      'of a decorator of the class',
      '@patch("acme.money.convert")\nclass TestA:\n    def test_a(self, mock): pass\n',
    ],
    [
      'and of all others in the file',
      `${inTest('patch("acme.money.convert")')}    patch("acme.money.convert")\n`,
    ],
  ])('%s', (_, test) => {
    const story = patching(test);
    const id = test.includes('class TestA') ? { id: 't.py::TestA::test_a' } : {};
    expect(tell(patchTarget, { ...story, failure: { ...story.failure, ...id } })).toBe(
      `mechanical: ${test.replaceAll('convert', 'exchange')}`,
    );
  });

  it('of a member, by its class or as the one of that name', () => {
    for (const line of ['patch.object(Account, "close")', 'monkeypatch.setattr(x, "close", 1)']) {
      const test = inTest(line, 'from acme.money import Account\n');
      expect(tell(patchTarget, patching(test, [cls('close'), cls('shut')]))).toBe(
        `mechanical: ${test.replace('close', 'shut')}`,
      );
    }
  });

  it.each(['patch("acme.money.convert")', 'importlib.import_module("acme.money")'])(
    'of a moved one: %s',
    (line) => {
      const story = patching(inTest(line), MOVED, 'ModuleNotFoundError');
      expect(tell(patchTarget, story)).toContain('mechanical: ');
      expect(tell(patchTarget, story)).toContain(line.replace('money', 'rates'));
    },
  );

  it('where the module that is patched imports it', () => {
    const change = new ChangeSet([
      changedFile(...RENAMED, 'src/acme/money.py'),
      changedFile(
        'from acme.money import convert\n',
        'from acme.money import exchange\n',
        'src/acme/shop.py',
      ),
    ]);
    const test = inTest('patch("acme.shop.convert")');
    expect(tell(patchTarget, patching(test, change))).toBe(
      `mechanical: ${test.replace('convert', 'exchange')}`,
    );
  });
});

describe('a string is left alone', () => {
  it.each<[string, Story]>([
    ['of another module', patching(inTest('patch("other.money.convert")'))],
    ['of another call', patching(inTest('log("acme.money.convert")'))],
    ['of one word', patching(inTest('patch("convert")'))],
    ['that is put together', patching(inTest('patch(f"acme.{x}.convert")'))],
    [
      'where a miss is allowed',
      patching(inTest('setattr("acme.money.convert", 1, raising=False)')),
    ],
    ['where there is a default', patching(inTest('getattr(money, "convert", None)'))],
    [
      'of an object that the test makes',
      patching(inTest('money = x; patch.object(money, "convert")')),
    ],
    [
      'where the code under test failed',
      patching(inTest('patch("acme.money.convert")'), RENAMED, 'AttributeError', ['src/acme/m.py']),
    ],
    ['of another exception', patching(inTest('patch("acme.money.convert")'), RENAMED, 'KeyError')],
  ])('%s', (_, story) => {
    expect(tell(patchTarget, story)).toBe('not mine');
  });

  it('and refused where several names could be meant', () => {
    const change = new ChangeSet([
      changedFile(func('convert'), null, 'src/acme/money.py'),
      changedFile(null, func('convert'), 'src/acme/a.py'),
      changedFile(null, func('convert'), 'src/acme/b.py'),
    ]);
    expect(tell(patchTarget, patching(inTest('patch("acme.money.convert")'), change))).toBe(
      'refused: acme.money.convert may be acme.a or acme.b now',
    );
  });

  it('and refused where it is no attribute of that object any more', () => {
    const change = new ChangeSet([
      changedFile(func('convert'), 'x = 1\n', 'src/acme/money.py'),
      changedFile(null, func('convert'), 'src/acme/rates.py'),
    ]);
    expect(tell(patchTarget, patching(inTest('patch.object(money, "convert")'), change))).toBe(
      'refused: convert is acme.rates.convert now, which is no attribute of the same object',
    );
  });

  it('and refused where a class has it or lost it that is not renamed', () => {
    const other = 'class Other:\n    def close(self): pass\n';
    for (const now of [other, '']) {
      const story = patching(inTest('setattr(x, "close", 1)'), [
        cls('close') + other,
        cls('shut') + now,
      ]);
      expect(tell(patchTarget, story)).toBe('refused: other classes have or had .close as well');
    }
  });

  it('and refused where two classes had such a member', () => {
    const two = (a: string, b: string) => cls(a) + cls(b).replace('Account', 'Wallet');
    const story = patching(inTest('setattr(x, "close", 1)'), [
      two('close', 'close'),
      two('shut', 'end'),
    ]);
    expect(tell(patchTarget, story)).toContain('several classes had .close');
  });
});
