import fc from 'fast-check';
import { scanImports, type ModuleReference, type ScanOptions } from './imports';

const scan = (text: string | Uint8Array, options?: ScanOptions) =>
  scanImports(typeof text === 'string' ? Buffer.from(text) : text, options);

/** References as `line module`, with what is special about them behind. */
function told(text: string | Uint8Array, options?: ScanOptions): string[] {
  return scan(text, options).references.map(({ line, module, kind, weak, ignored }) =>
    [line, module, kind !== 'import' && kind, weak && 'weak', ignored && 'ignored']
      .filter((part) => part !== false)
      .join(' '),
  );
}

type Table = [text: string, references: string[]][];

describe('an import statement', () => {
  it.each<Table[number]>([
    ['import a', ['1 a']],
    ['import a.b as c, d', ['1 a.b', '1 d']],
    ['import a . b', ['1 a.b']],
    ['import a.\\\n  b', ['1 a.b']],
    ['import\\\r\n a\r\nimport b', ['1 a', '3 b']],
    ['import a\rimport b\r', ['1 a', '2 b']],
    ['\fimport a;import b ;', ['1 a', '1 b']],
    ['\uFEFFimport a', ['1 a']],
    ['\n\n  # why\n  import a', ['4 a']],
    ['if x: import a; import b', ['1 a', '1 b']],
    ['class A: import x', ['1 x']],
    ['def f(a: int = {1: 2}) -> "b": import x', ['1 x']],
    ['if (y := {1: 2}[1:]): import x', ['1 x']],
    ['import ａ.ﬁ', ['1 a.fi']],
    ['import größe', ['1 größe']],
  ])('%j names %j', (text, references) => expect(told(text)).toEqual(references));

  it.each<Table[number]>([
    ['from a import b', ['1 a.b']],
    ['from a.b import c as d, e', ['1 a.b.c', '1 a.b.e']],
    ['from a import *', ['1 a']],
    ['from.a import b', ['1 .a.b']],
    ['from . import a', ['1 .a']],
    ['from .. import *', ['1 ..']],
    ['from ... import a', ['1 ...a']],
    ['from . .. import(a)', ['1 ...a']],
    ['from .a.b import *', ['1 .a.b']],
    ['from x import (a as b,  # comment )\n c,)', ['1 x.a', '1 x.c']],
    ['from x import (\r\n\r\n  a\r\n)\r\nimport b', ['1 x.a', '5 b']],
    ['from a import b; from c import d', ['1 a.b', '1 c.d']],
  ])('%j names %j', (text, references) => expect(told(text)).toEqual(references));

  it.each([
    'important = 1',
    'fromage: import_x',
    'import_x',
    'x.import_module',
    'def f():\n  yield from a\n  raise X from Y',
    '# import a',
    "'import a'; 'a\\\nimport a'",
    '"""\nimport a\n\\"""\nimport b\n"""',
    "r'\\'; x = '; import a'",
    'x = (\nimport_a\n)',
    'import a,',
    'import a b',
    'from a import (b',
    'from a import 3',
    'import',
    'from',
    'from .',
    'ｉｍｐｏｒｔ a',
  ])('is not seen in %j', (text) => expect(told(text)).toEqual([]));
});

describe('a string hides what is in it, and nothing else:', () => {
  const strings = [
    "''",
    '""""""',
    "'a\\'b'",
    "r'a\\'b'",
    "'a\\\\'",
    'Rb"\\"#"',
    "'''it's'''",
    'U"("',
    "f'{a}'",
    "f'{{'",
    "f'}}'",
    "f'{a!r:>{w}.{p}}'",
    'f\'{a["b"]:%H:%M}\'',
    "f'{a['b']}'",
    "f'{f'{f'{1}'}'}'",
    "f'{ {1: 2}[1] }'",
    "f'{(lambda x: 1)(2)}'",
    "f'{x[1:2]:{3}}'",
    "f'\\N{DASH}'",
    "f'{x:\\N{DASH}}'",
    "rf'\\N{DASH}'",
    "f'\\{a}'",
    "f'{a:{b:{c}}}'",
    "f'{a:}}}'",
    "f'{a\n # } \" '\n}'",
    "f'{a:\n}'",
    "f'''{a:\n'}'''",
    'f"""{a}"{"b"}"" """',
    "Fr'{a}\\''",
    "t'{a:{'b'}}'",
    "tR'\\{a}'",
    "f'{a!=b}'",
    "f'{a=}'",
    "f'{x:=5}'",
    "f'{'\\''}'",
    "f'{'''\nimport y\n'''}'",
  ];
  it.each(strings)('%s', (string) => {
    const lines = string.split('\n').length;
    // A keyword may touch the quote, and is no prefix then.
    const next = /^['"]/.test(string) ? string : ` ${string}`;
    const text = `x = ${string}; import a\nif${next}in x or${next}: import b\n`;
    expect(told(text)).toEqual([`${lines} a`, `${3 * lines - 1} b`]);
    expect(scan(text).fault).toBeNull();
  });
});

describe('a call', () => {
  it.each<Table[number]>([
    ['importlib.import_module("a.b")', ['1 a.b call']],
    ["x = [y, import_module ( \n r'a' )]", ['2 a call']],
    ['f(__import__("a", globals()).b)', ['1 a call']],
    ['importlib . \\\n import_module("a")', ['2 a call']],
    ['(importlib.  # why\n import_module("a"))', ['2 a call']],
    ['import_module("a" ".b")', ['1 a.b call']],
    ['import_module(".x", package="a.b")', ['1 a.b.x call']],
    ['import_module("..x", "a.b")', ['1 a.x call']],
    ['import_module(".", "a.b")', ['1 a.b call']],
    ['f"{import_module("a")}"', ['1 a call']],
    ['import_module(import_module("a").b)', ['1 a call']],
    ['lambda: ...; import_module("a")', ['1 a call']],
    ['...\nimport_module("a")', ['2 a call']],
  ])('%j names %j', (text, references) => expect(told(text)).toEqual(references));

  it.each([
    'x.import_module("a")',
    'x.importlib.import_module("a")',
    '(x.  # why\n import_module("a"))',
    'importlib.x("a")',
    'import_module(f"a")',
    'import_module(b"a")',
    'import_module("a" f"b")',
    'import_module("a" + b)',
    'import_module("a.%s" % b)',
    'import_module("a\\x41")',
    'import_module("")',
    'import_module(".x")',
    'import_module(".x", package=__name__)',
    'import_module("...x", "a.b")',
    '__import__(".x", "a")',
    'f"{import_module}" ("a")',
    'import_module',
  ])('that says less names nothing: %j', (text) => expect(told(text)).toEqual([]));
});

describe('pytest_plugins', () => {
  it.each<Table[number]>([
    ['pytest_plugins = "a.b"', ['1 a.b plugin']],
    ['pytest_plugins = "a,b"', ['1 a plugin', '1 b plugin']],
    ['pytest_plugins = ["a",\n  "b"]', ['1 a plugin', '2 b plugin']],
    ['pytest_plugins = "a", f"b"', ['1 a plugin']],
    ['pytest_plugins: "list[str]" = ("a",)', ['1 a plugin']],
    ['x = 1; pytest_plugins += ["a"]; import b', ['1 a plugin', '1 b']],
    ['pytest_plugins == "a"', []],
    ['pytest_plugins: "a"', []],
    ['x.pytest_plugins = "a"', []],
    ['x = pytest_plugins["a"]', []],
  ])('%j names %j', (text, references) => expect(told(text)).toEqual(references));
});

it('takes strings that read like modules if it is asked to', () => {
  const text = [
    'x = "acme.units.convert", "acme", "a b.c", "1.2", "acme.", f"acme.x", b"acme.y", "größe.x"',
    'y = ("acme."  # joined',
    '     "units"), import_module("acme.z"), "acme." f"{x}"',
  ].join('\n');
  expect(told(text)).toEqual(['3 acme.z call']);
  expect(told(text, { strings: true })).toEqual([
    '1 acme.units.convert string',
    '2 acme.units string',
    '3 acme.z call',
  ]);
});

describe('an import is weak', () => {
  const attempt = (caught: string) =>
    `try:\n  import a\n${caught}:\n  import b\nelse:\n  import c\n`;
  it.each([
    'except ImportError',
    'except ModuleNotFoundError as e',
    'except',
    'except (\n    ValueError, builtins.Exception)',
    'except BaseException',
  ])('in a try with %j', (caught) => {
    expect(told(attempt(caught)).map((one) => one.slice(2))).toEqual(['a weak', 'b weak', 'c']);
  });

  it.each(['except ValueError', 'except (KeyError, MyImportError)', 'finally'])(
    'but not with %j',
    (caught) => expect(told(attempt(caught)).map((one) => one.slice(2))).toEqual(['a', 'b', 'c']),
  );

  it.each<Table[number]>([
    ['try: import a\nexcept ImportError: import b\nimport c', ['1 a weak', '2 b weak', '3 c']],
    ['try:\n  def f():\n    import a\n\n# x\n\nexcept ImportError: pass', ['3 a weak']],
    [
      'try:\n  try:\n    import a\n  finally:\n    import b\nexcept:\n  pass',
      ['3 a weak', '5 b weak'],
    ],
    [
      'try:\n  import a\n  try:\n    import b\n  except Exception: x\nfinally: x',
      ['2 a', '4 b weak'],
    ],
    ['try:\n\timport a\nexcept A:\n\tx\nexcept Exception:\n\tx\nimport b', ['2 a weak', '7 b']],
    ['try:\n  import a\nfinally: x\ntry:\n  import b\nexcept: x', ['2 a', '5 b weak']],
  ])('in %j: %j', (text, references) => expect(told(text)).toEqual(references));
});

describe('# sentries: ignore-dep', () => {
  const off = '  # sentries: ignore-dep';
  it.each<Table[number]>([
    [`import a${off}\nimport b`, ['1 a ignored', '2 b']],
    [`import a; import b #noqa #sentries:ignore-dep`, ['1 a ignored', '1 b ignored']],
    [`from a import (${off}\n  b,\n  c)`, ['1 a.b ignored', '1 a.c ignored']],
    [`from a import (\n  b,\n  c,\n)${off}`, ['1 a.b ignored', '1 a.c ignored']],
    [`from a import (\n  b,${off}\n  c, d,\n)`, ['1 a.b ignored', '1 a.c', '1 a.d']],
    [`from a import (\n  b,\n ${off}\n  c,\n)`, ['1 a.b', '1 a.c']],
    [`import a, \\\n  b${off}`, ['1 a ignored', '1 b ignored']],
    [
      `x = [\n  import_module("a"),${off}\n  import_module("b"),\n]`,
      ['2 a call ignored', '3 b call'],
    ],
    [`x = import_module(\n  "a"\n)${off}`, ['2 a call ignored']],
    [`pytest_plugins = [\n  "a",${off}\n  "b",\n]`, ['2 a plugin ignored', '3 b plugin']],
    [`${off}\nimport a`, ['2 a']],
    [`import a  # sentries: ignore-dependency`, ['1 a']],
    [`x = "${off}"; import a`, ['1 a']],
  ])('%j: %j', (text, references) => expect(told(text)).toEqual(references));
});

describe('a file that is no Python text', () => {
  const faultOf = (text: string | Uint8Array) => scan(text).fault;

  it.each<[string, string, number, string[]]>([
    [
      'string',
      'import a\nx = """\nimport b\nfrom c import (d,\n  e)\n',
      2,
      ['1 a', '3 b', '4 c.d', '4 c.e'],
    ],
    ['string', "x = 'abc\nimport a; import b\nx; import c", 1, ['2 a', '2 b']],
    ['bracket', 'f(\nimport a\ntry:\n  import b\nexcept ImportError: x', 1, ['2 a', '4 b weak']],
    [
      'bracket',
      'f(import_module("x"),\n  import_module("y")\nimport a',
      1,
      ['1 x call', '2 y call', '3 a'],
    ],
    ['bracket', 'x = {\nfrom a import (\n  b,\nfrom c import d', 1, ['4 c.d']],
    ['string', 'f"""{a\nimport a', 1, ['2 a']],
    ['string', "f'a\nimport a", 1, ['2 a']],
    ['replacement field', "f'{a:'\nimport a", 1, ['2 a']],
  ])('for a %s that never ends: %j', (what, text, line, references) => {
    expect(faultOf(text)).toEqual({ line, what: `a ${what} that never ends` });
    expect(told(text)).toEqual(references);
  });

  it('for null bytes', () => {
    expect(faultOf('import a\n\0\0\nimport b')).toEqual({ line: 2, what: 'a null byte' });
    expect(told('import a\n\0\0\nimport b')).toEqual(['1 a', '3 b']);
  });

  it.each([
    ['a mark', '\uFEFFimport a\nimport größe\n'],
    ['no mark', 'import a\nimport größe\n'],
  ])('for UTF-16 with %s', (_, text) => {
    for (const bytes of [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()]) {
      expect(faultOf(bytes)).toEqual({ line: 1, what: 'UTF-16 or UTF-32 text' });
      expect(told(bytes)).toEqual(['1 a', '2 größe']);
    }
  });

  it('for bytes of no encoding', () => {
    const bytes = Buffer.from('import a\nx = "é"\nimport b', 'latin1');
    expect(faultOf(bytes)?.line).toBe(2);
    expect(told(bytes)).toEqual(['1 a', '3 b']);
  });
});

describe('the encoding', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  it.each<[string, Buffer, string[]]>([
    ['latin-1', bytes('# -*- coding: latin-1 -*-\nimport gr\xf6\xdfe'), ['2 größe']],
    ['on line 2', bytes('#!/bin/py\n# vim: set fileencoding=iso_8859_1 :\nimport \xe9'), ['3 é']],
    // The second byte of 表 is a backslash, that of 十 in gbk no quote.
    ['shift_jis', bytes('# coding: shift_jis\nx = "\x95\x5c"; import a'), ['2 a']],
    ['cp932', bytes('# coding=cp932\nimport \x95\x5c'), ['2 表']],
    ['gbk', bytes('# coding: gbk\nx = "\x81\x5c"; import a'), ['2 a']],
    ['euc-jp', bytes('# coding: euc_jp\nimport \xc9\xbd'), ['2 表']],
    ['koi8-r', bytes('# coding: koi8-r\nimport \xc4'), ['2 д']],
    ["utf-16, which it can't be,", Buffer.from('# coding: utf-16\nimport a'), ['2 a']],
    ['utf-8', Buffer.from('# coding: utf-8\nimport é'), ['2 é']],
  ])('%s is read', (_, source, references) => {
    expect(told(source)).toEqual(references);
    expect(scan(source).fault).toBeNull();
  });

  it.each<[string, Buffer]>([
    ['behind code', bytes('x = 1\n# coding: shift_jis\ny = "\x95\x5c"')],
    ['of an unknown encoding', bytes('# coding: klingon\nimport \xe9')],
  ])('is UTF-8 with a coding line %s', (_, source) => expect(scan(source).fault).not.toBeNull());
});

describe('hostile input', () => {
  const size = 5_000_000;
  const many = (text: string) => text.repeat(size / text.length);
  it.each<[string, string]>([
    ...['(', '"', "'", '\\', '\\\n', '{', '}', ' ', '\t', '#', '.', ':', ';', '\r', 'a'].map(
      (text): [string, string] => [text, many(text)],
    ),
    ...['f"{', "f'{", 'f"""{a:', '{a:', '\n:', 'f"{{', '\\N{', "f'{a:\n", '"\n'].map(
      (text): [string, string] => [text, `f"${many(text)}`],
    ),
    ...['import """\n', 'from a import (', 'from a import (\n', 'import a,', 'except (\n'].map(
      (text): [string, string] => [text, `x = (\n${many(text)}`],
    ),
    ['try:', many('try: x\nexcept (\n')],
    [
      'deep',
      `${Array.from({ length: 2000 }, (_, n) => `${' '.repeat(n)}try:\n`).join('')}${' '.repeat(2000)}${many('import a;')}`,
    ],
    ['dots', `from ${many('.')} import a`],
    ['calls', many('import_module(')],
    ['names', `from a import (\n${many('a,\n')}`],
    ['comments', `x # -dep ${many('# sentries: ')}`],
    ['coding', `#${many('coding ')}`],
    ['long', `import_module("${many('a')}")`],
  ])('takes no longer than it is: %j', (_, text) => {
    const source = Buffer.from(text);
    const started = performance.now();
    scanImports(source, { strings: true });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('of any kind is answered, with lines of the file', () => {
    const pieces = fc.constantFrom(
      ...['import a', 'from', 'import', '(', ')', '{', '}', '[', '"', "'", '"""', "f'", 'f"""'],
      ...['\\', '\n', '\r', '\r\n', '#', ':', ';', '.', ',', '*', 'as', '=', '\0', '\uFEFF', 'é'],
      ...['try:', 'except', 'else', 'import_module', '__import__', 'pytest_plugins', '\\N{', ' '],
      ...['# coding: utf-16', '# coding: gbk', '# sentries: ignore-dep', '\t', '!', '1'],
    );
    const text = fc.array(pieces, { maxLength: 40 }).map((all) => Buffer.from(all.join('')));
    fc.assert(
      fc.property(
        fc.oneof(text, fc.uint8Array({ maxLength: 60 })),
        fc.boolean(),
        (source, strings) => {
          const { references, fault } = scanImports(source, { strings });
          const last = Buffer.from(source)
            .toString('latin1')
            .split(/\r\n|\n|\r/).length;
          const lines = [...references.map(({ line }) => line), fault?.line ?? 1];
          for (const line of lines) {
            expect(line).toBeGreaterThanOrEqual(1);
            // A null byte within a line end can hide it.
            expect(line).toBeLessThanOrEqual(last);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

it('finds in random programs the imports that were put in', () => {
  const end = fc.constantFrom('\n', '\r\n', '\r');
  const name = fc.constantFrom('a', 'a.b', 'große', 'x_1.from_', 'imports');
  const value = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('x', "'import a'", '"""\nimport a\n"""', 'rb"\\""', "f'{{import}}'", '1.5'),
      fc.constantFrom("''", '"#"', "'''\"'''", "'\\\\'", "'\\\n'", 'x.import_module', '...', "'('"),
      tie('value').map((inner) => `(${inner},  # import a\n)`),
      tie('value').map((inner) => `[${inner}\n]`),
      tie('value').map((inner) => `{1: ${inner}}`),
      tie('value').map((inner) => `f'{ ${inner}:>{ ${inner}}}'`),
      tie('value').map((inner) => `f"""{ ${inner} !r}\n import a"{ ${inner}}" """`),
      fc.tuple(tie('value'), tie('value')).map((two) => two.join(' if x else ')),
    ),
  })).value;
  type Piece = [text: string, modules: string[]];
  const statement = fc.oneof(
    name.map((module): Piece => [`import ${module}`, [module]]),
    fc.tuple(name, name).map(([one, two]): Piece => [`import ${one} as x, ${two}`, [one, two]]),
    name.map((module): Piece => [
      `from ${module} import (y,  # z\n z,)`,
      [`${module}.y`, `${module}.z`],
    ]),
    name.map((module): Piece => [`from .${module} import *`, [`.${module}`]]),
    value.map((text): Piece => [`x = ${text}`, []]),
    value.map((text): Piece => [`yield from ${text}`, []]),
    fc.constant<Piece>(['# import a "(', []]),
    fc.constant<Piece>(['\\\n  ', []]),
    fc.constant<Piece>(['', []]),
  );
  const head = fc.oneof(
    fc.constantFrom('', '  ', '\t', '\f', 'else: '),
    value.map((text) => `if${text.startsWith("'") ? '' : ' '}${text}: `),
    value.map((text) => `x = ${text}; `),
  );
  const line = fc.tuple(head, statement, end);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      let text = '';
      const expected: ModuleReference[] = [];
      for (const [before, [content, modules], after] of lines) {
        const number = (text + before).split(/\r\n|\n|\r/).length;
        for (const module of modules) {
          expected.push({ module, line: number, kind: 'import', weak: false, ignored: false });
        }
        text += before + content + after;
      }
      expect(scan(text)).toEqual({ references: expected, fault: null });
    }),
    { numRuns: 1000 },
  );
});
