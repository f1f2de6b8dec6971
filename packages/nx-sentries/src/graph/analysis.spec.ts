import { join } from 'node:path';
import { analysed, written } from './workspace.fixture';

const named = (name: string, more = ''): string => `[project]\nname = "${name}"\n${more}`;

/** Two libraries, and what a third project is made of besides its manifest. */
const withLibraries = (files: Readonly<Record<string, string>>) => ({
  'libs/units/pyproject.toml': named('acme-units'),
  'libs/units/src/acme_units/__init__.py': '',
  'libs/units/src/acme_units/convert.py': '',
  'libs/geo/pyproject.toml': named('acme-geo'),
  'libs/geo/geo.py': '',
  'app/pyproject.toml': named('app'),
  ...files,
});

const edgesOf = (files: Readonly<Record<string, string>>, options = {}) =>
  analysed(withLibraries(files), options).edges;

describe('an import makes an edge', () => {
  it('in code and in tests, in functions, under TYPE_CHECKING, and where it may fail', () => {
    const code = [
      'import os, acme_units.convert as c',
      'def f():',
      '    from acme_units import convert, other',
      'try:',
      '    import geo',
      'except ImportError:',
      '    geo = None',
    ];
    expect(
      edgesOf({ 'app/app.py': code.join('\n'), 'app/tests/test_app.py': 'import geo' }),
    ).toEqual({
      'app → libs/units': [
        'app/app.py:1 import acme_units.convert',
        'app/app.py:3 import acme_units.convert',
        'app/app.py:3 import acme_units.other',
      ],
      'app → libs/geo': ['app/app.py:5 import geo', 'app/tests/test_app.py:1 import geo'],
    });
  });

  it('by import_module and pytest_plugins; by a string only where the user wants that', () => {
    const files = {
      'app/app.py': 'import importlib\nimportlib.import_module("acme_units.convert")\n',
      'app/tests/conftest.py': 'pytest_plugins = ["geo"]\n',
      'app/settings.py':
        'CONVERTER = "acme_units.convert.to_si"\nNAME = "acme_units"\nGEO = "geo.x"\n',
    };
    const usual = {
      'app → libs/units': ['app/app.py:2 call acme_units.convert'],
      'app → libs/geo': ['app/tests/conftest.py:1 plugin geo'],
    };
    expect(edgesOf(files)).toEqual(usual);
    expect(edgesOf(files, { stringImports: true })).toEqual({
      ...usual,
      'app → libs/units': [
        'app/app.py:2 call acme_units.convert',
        'app/settings.py:1 string acme_units.convert.to_si',
      ],
    });
  });

  it('unless a comment switches it off', () => {
    expect(edgesOf({ 'app/app.py': 'import geo  # sentries: ignore-dep\n' })).toEqual({});
  });

  it('for all projects below a conftest.py that has it', () => {
    const files = {
      'conftest.py': 'import geo',
      'app/test_app.py': '',
      'other/setup.py': '',
      'other/x.py': '',
    };
    expect(edgesOf(files)).toMatchObject({
      'app → libs/geo': ['conftest.py:1 import geo'],
      'other → libs/geo': ['conftest.py:1 import geo'],
      'libs/units → libs/geo': ['conftest.py:1 import geo'],
    });
  });

  it('of an entry point, and of a Python file in a project of another kind', () => {
    const scripts = '[project.scripts]\nrun = "geo.cli:main"\n';
    expect(
      edgesOf({
        'app/pyproject.toml': named('app', scripts),
        'web/package.json': '{}',
        'web/scripts/gen.py': 'import acme_units',
      }),
    ).toEqual({
      'app → libs/geo': ['app/pyproject.toml:4 entry point geo.cli'],
      'web → libs/units': ['web/scripts/gen.py:1 import acme_units'],
    });
  });
});

describe('a namespace package', () => {
  const portions = {
    'units/setup.py': '',
    'units/src/acme/units/__init__.py': '',
    'billing/setup.py': '',
    'billing/src/acme/billing/__init__.py': 'from acme.units import convert\n',
    'billing/src/acme/billing/tax.py': 'from . import rates\nfrom .. import units\n',
    'billing/src/acme/flat.py': 'from .units import convert\n',
  };

  it('is told apart by its parts, for relative imports too', () => {
    expect(analysed(portions)).toEqual({
      edges: {
        'billing → units': [
          'billing/src/acme/billing/__init__.py:1 import acme.units.convert',
          'billing/src/acme/billing/tax.py:2 import ..units',
          'billing/src/acme/flat.py:1 import .units.convert',
        ],
      },
      warnings: [],
    });
  });
});

describe('what several projects have', () => {
  const twice = {
    'a/pyproject.toml': named('a'),
    'a/common/util.py': '',
    'b/pyproject.toml': named('b'),
    'b/common/util.py': '',
    'c/c.py': 'import common.util\n',
    'c/more.py': 'import common.util\n',
  };

  it('is reported and not guessed', () => {
    const { edges, warnings } = analysed({ ...twice, 'c/setup.py': '' });
    expect(edges).toEqual({});
    expect(warnings).toEqual([
      expect.stringMatching(/^c\/c\.py:1 names common\.util, .*\(a, b\); so do 1 more/),
    ]);
  });

  it('is that of the one which the manifest asks for', () => {
    const { edges, warnings } = analysed({
      ...twice,
      'c/pyproject.toml': named('c', 'dependencies = ["b"]\n'),
    });
    expect(Object.keys(edges)).toEqual(['c → b']);
    expect(warnings).toEqual([]);
  });

  it('is no matter for a weak import', () => {
    const code = 'try:\n    import common.util\nexcept ImportError:\n    pass\n';
    expect(analysed({ ...twice, 'c/setup.py': '', 'c/c.py': code, 'c/more.py': '' })).toEqual({
      edges: {},
      warnings: [],
    });
  });

  it('is one’s own first: in one’s package, beside a test, and in the folders above it', () => {
    const { edges, warnings } = analysed({
      ...twice,
      'a/main.py': 'import common.util\n',
      'c/setup.py': '',
      'c/c.py': '',
      'c/more.py': '',
      'c/tests/common/util.py': '',
      'c/tests/unit/test_c.py': 'import common.util\n',
    });
    expect({ edges, warnings }).toEqual({ edges: {}, warnings: [] });
  });

  it('is not what lies beside a file of a regular package: that has the package’s name', () => {
    const files = {
      'billing/setup.py': '',
      'billing/src/billing/__init__.py': '',
      'api/setup.py': '',
      'api/src/api/__init__.py': '',
      'api/src/api/billing.py': 'from billing import Invoice\n',
    };
    expect(Object.keys(analysed(files).edges)).toEqual(['api → billing']);
  });

  it('under a folder of tests that mirrors the packages is still another project’s', () => {
    const files = { 'app/tests/acme_units/test_convert.py': 'import acme_units.convert\n' };
    expect(Object.keys(edgesOf(files))).toEqual(['app → libs/units']);
  });
});

describe('a manifest makes an edge', () => {
  it('for names of the workspace, and for paths whatever the name', () => {
    const uv = '[tool.uv.sources]\nelsewhere = { path = "../libs/geo" }\n';
    expect(
      edgesOf({
        'app/pyproject.toml': named(
          'app',
          `dependencies = ["requests", "Acme.Units>=1", "elsewhere"]\n${uv}`,
        ),
        'app/requirements/dev.txt': '-e ../libs/units\n',
        'tool/requirements.txt': '-e ../libs/geo\n',
        'tool/setup.py': '',
      }),
    ).toEqual({
      'app → libs/units': [
        'app/pyproject.toml:3 manifest acme-units',
        'app/requirements/dev.txt:1 manifest ../libs/units',
      ],
      'app → libs/geo': ['app/pyproject.toml:3 manifest ../libs/geo'],
      'tool → libs/geo': ['tool/requirements.txt:1 manifest ../libs/geo'],
    });
  });

  it('in UTF-16 too, as some shells write a list of requirements', () => {
    const files = {
      'a/setup.py': '',
      'a/requirements.txt': Buffer.from('\ufeffb==1\r\n', 'utf16le'),
      'b/pyproject.toml': named('b'),
    };
    expect(Object.keys(analysed(files).edges)).toEqual(['a → b']);
  });

  it('and what comes from elsewhere makes none: a module of that name is not another project’s', () => {
    const files = {
      'a/pyproject.toml': named('a', 'dependencies = ["redis>=5"]\n'),
      'a/a.py': 'import redis\n',
      'b/setup.py': '',
      'b/redis/__init__.py': '',
    };
    expect(analysed(files)).toEqual({ edges: {}, warnings: [] });
  });

  it('not for a name that two projects have, which is reported', () => {
    const { edges, warnings } = analysed({
      'a/pyproject.toml': named('same'),
      'b/pyproject.toml': named('same'),
      'c/pyproject.toml': named('c', 'dependencies = ["same"]\n'),
    });
    expect(edges).toEqual({});
    expect(warnings).toEqual([
      expect.stringMatching(/^c\/pyproject\.toml:3 names same, .*\(a, b\)/),
    ]);
  });
});

describe('edges are never stale', () => {
  it('a file that did not change gains those to a package that came later, and loses those that moved', () => {
    const cacheFile = join(written({}), 'facts.bin');
    const before = { 'app/setup.py': '', 'app/app.py': 'import late.part\n' };
    expect(analysed(before, {}, { cacheFile }).edges).toEqual({});
    const one = { ...before, 'one/setup.py': '', 'one/late/part.py': '' };
    expect(Object.keys(analysed(one, {}, { cacheFile }).edges)).toEqual(['app → one']);
    const two = { ...before, 'one/setup.py': '', 'two/setup.py': '', 'two/late/part.py': '' };
    expect(Object.keys(analysed(two, {}, { cacheFile }).edges)).toEqual(['app → two']);
  });
});

describe('a file that is none of Python’s', () => {
  it('is named, and all others keep their edges', () => {
    const { edges, warnings } = analysed({
      ...withLibraries({ 'app/app.py': 'import geo\n' }),
      'app/nulls.py': 'import acme_units\n\0\0',
      'app/open.py': 'import geo\nx = """never ends\nimport os\n',
      'app/utf16.py': Buffer.from('\ufeffimport acme_units\n', 'utf16le'),
    });
    expect(Object.keys(edges).sort()).toEqual(['app → libs/geo', 'app → libs/units']);
    expect(warnings.map((warning) => /^\S+/.exec(warning)![0])).toEqual([
      'app/nulls.py:2',
      'app/open.py:2',
      'app/utf16.py:1',
    ]);
  });

  it('may be gone since Nx listed it', () => {
    const files = withLibraries({ 'app/app.py': 'import geo\n' });
    const { edges, warnings } = analysed(
      files,
      {},
      { gone: { 'app/gone.py': 'import acme_units', 'away/pyproject.toml': named('away') } },
    );
    expect(Object.keys(edges)).toEqual(['app → libs/geo']);
    expect(warnings.map((warning) => /^\S+/.exec(warning)![0])).toEqual([
      'away/pyproject.toml',
      'app/gone.py',
    ]);
  });
});
