import fc from 'fast-check';
import { MANIFESTS, readManifest, type ManifestFacts } from './manifest';

/** `line name <path`, the shortest form in which a test can say what is required. */
function required({ requires }: ManifestFacts): string[] {
  return requires.map(({ distribution = '-', path, line }) =>
    [line, distribution, ...(path === undefined ? [] : [`<${path}`])].join(' '),
  );
}

const pyproject = (text: string): ManifestFacts => readManifest('pyproject.toml', text);

describe('a pyproject.toml', () => {
  it('requires what PEP 621, 735 and 518 list, each on its line', () => {
    const facts = pyproject(`[build-system]
requires = ["hatchling >= 1"]
[project]
name = "Acme.Units__Lib"
dependencies = [
  "acme_core>=1 ; python_version > '3.9'",
  # "requests" is better than urllib
  "requests[socks] (>=2)",
  'Acme-Quoted',
]
optional-dependencies.fast = ["acme-fast @ file:../fast/"]
optional-dependencies.all = ["acme-units-lib[fast]"]
[dependency-groups]
dev = ["acme-testing", { include-group = "lint" }, "ruff; python_version > \\"3.9\\""]
lint = ["ruff", "acme-testing"]
`);
    expect(facts.name).toBe('acme-units-lib');
    expect(required(facts)).toEqual([
      '6 acme-core',
      '8 requests',
      '9 acme-quoted',
      '11 acme-fast <../fast',
      '12 acme-units-lib',
      '14 acme-testing',
      '14 ruff',
      '15 ruff',
      '15 acme-testing',
      '2 hatchling',
    ]);
  });

  it('takes from a folder what uv’s sources say', () => {
    const facts = pyproject(`[project]
dependencies = ["acme-units", "acme-core", "numpy", "both"]
[tool.uv]
dev-dependencies = ["acme_testing"]
[tool.uv.sources]
Acme_Units = { path = "../units", editable = true }
acme-core = { workspace = true }
acme-testing = { path = './testing/' }
numpy = { index = "mirror" }
both = [
  { path = "../linux", marker = "sys_platform == 'linux'" },
  { path = "../mac", marker = "sys_platform == 'darwin'" },
  { git = "https://example.org/both" },
]
`);
    expect(required(facts)).toEqual([
      '2 acme-units <../units',
      '2 acme-core',
      '2 numpy',
      '2 both <../linux',
      '2 both <../mac',
      '4 acme-testing <testing',
    ]);
  });

  it('requires the keys of poetry’s tables, but for Python itself', () => {
    const facts = pyproject(`[tool.poetry]
name = "shop"
[tool.poetry.dependencies]
python = "^3.11"
Acme_Units = { path = "../units", develop = true }
many = [{ version = "1", python = "<3.9" }, { path = "../many", python = ">=3.9" }]
[tool.poetry.dependencies.long]
path = "../long"
[tool.poetry.dev-dependencies]
black = "*"
[tool.poetry.group.test.dependencies]
pytest = "*"
`);
    expect(facts.name).toBe('shop');
    expect(required(facts)).toEqual([
      '5 acme-units <../units',
      '6 many <../many',
      '7 long <../long',
      '10 black',
      '12 pytest',
    ]);
  });

  it('requires what pdm and hatch want for development, from where they say', () => {
    const facts = pyproject(`[project]
dependencies = [
  "units @ file:///\${PROJECT_ROOT}/../units",
  "core @ {root:uri:../core}",
  "base @ {root:parent:uri}/base",
  "far @ file:///opt/far",
  "web @ https://example.org/web.whl",
]
[tool.pdm.dev-dependencies]
test = ["pytest", "-e file:///\${PROJECT_ROOT}/../lib#egg=Acme_Lib"]
[tool.hatch.envs.default]
dependencies = ["coverage"]
[tool.hatch.envs.types]
extra-dependencies = ["mypy>=1"]
`);
    expect(required(facts)).toEqual([
      '3 units <../units',
      '4 core <../core',
      '5 base <../base',
      '6 far',
      '7 web',
      '10 pytest',
      '10 acme-lib <../lib',
      '12 coverage',
      '14 mypy',
    ]);
  });

  it('starts modules from outside', () => {
    const { entryPoints } = pyproject(`[project.scripts]
acme = "acme.cli:main"
[project.gui-scripts]
acme-gui = "acme.gui:App.run [gui]"
[project.entry-points."pytest11"]
acme = "acme.testing"
[tool.poetry.scripts]
old = { reference = "acme.old:main", type = "console" }
file = { reference = "bin/run.sh", type = "file" }
[tool.poetry.plugins."acme.plugins"]
one = "acme.plugins.one:One"
`);
    expect(entryPoints.map(({ module, line }) => `${line} ${module}`)).toEqual([
      '2 acme.cli',
      '4 acme.gui',
      '6 acme.testing',
      '8 acme.old',
      '11 acme.plugins.one',
    ]);
  });

  it.each([
    ['[tool.setuptools]\npackage-dir = { "" = "src" }', ['src']],
    ['[tool.setuptools]\npackage-dir = { "acme.units" = "lib/acme/units", x = "y" }', ['lib']],
    ['[tool.setuptools.packages.find]\nwhere = ["src", "./lib/"]', ['src', 'lib']],
    [
      '[tool.poetry]\npackages = [{ include = "a", from = "src" }, { include = "b" }]',
      ['src', '.'],
    ],
    ['[tool.hatch.build.targets.wheel]\npackages = ["src/foo", "src/bar"]', ['src']],
    ['[tool.hatch.build.targets.wheel]\nsources = ["src"]', ['src']],
    ['[tool.hatch.build.targets.wheel.sources]\n"lib/foo" = "foo"', ['lib']],
    ['[tool.pdm.build]\npackage-dir = "src"', ['src']],
    ['[tool.uv.build-backend]\nmodule-root = ""', ['.']],
    ['[tool.maturin]\npython-source = "python"', ['python']],
    ['[tool.pytest.ini_options]\npythonpath = ["src", "."]', ['src', '.']],
    ['[tool.pytest.ini_options]\npythonpath = "src lib"', ['src', 'lib']],
    ['[tool.flit.module]\nname = "acme"', undefined],
    ['[tool.setuptools]\npackage-dir = { "" = "/opt/src" }', undefined],
  ])('names its source roots: %s', (text, roots) => {
    expect(pyproject(text).sourceRoots).toEqual(roots);
  });

  it('says where pytest looks', () => {
    expect(pyproject('[tool.pytest.ini_options]\ntestpaths = ["tests/"]').testpaths).toEqual([
      'tests',
    ]);
    expect(pyproject('[tool.pytest.ini_options]\ntestpaths = "a  b"').testpaths).toEqual([
      'a',
      'b',
    ]);
    expect(pyproject('').testpaths).toBeUndefined();
  });

  it('keeps its name while somebody types in it', () => {
    const facts = pyproject(`[tool.other]
name = "other"
[project]
name = "Acme_Units"
dependencies = [
  "requests
]
`);
    expect(facts).toEqual({
      name: 'acme-units',
      requires: [],
      entryPoints: [],
      fault: { line: 6, what: expect.any(String) as string },
    });
    expect(facts.fault?.what).not.toContain('\n');
  });

  it('says nothing by values of a wrong type', () => {
    const facts = pyproject(`[project]
name = 3
dependencies = { a = "b" }
optional-dependencies = ["x"]
scripts = { a = 1, b = [] }
[dependency-groups]
dev = "pytest"
docs = [1, ["nested"], "", "   ", "!!"]
[tool]
uv = 1
poetry = [{ name = "x" }]
hatch.envs = 1979-05-27
pytest.ini_options = { testpaths = 3, pythonpath = [1] }
setuptools.package-dir = { "" = 1 }
`);
    expect(facts).toEqual({ requires: [], entryPoints: [] });
  });
});

describe('a setup.cfg', () => {
  it('says what setuptools is to do', () => {
    const facts = readManifest(
      'setup.cfg',
      `[metadata]
name = Acme_Old
version = attr: acme.__version__

[options]
packages = find:
package_dir =
    =src
setup-requires = wheel; setuptools_scm
install_requires =
    # the base of all
    acme-units>=1; python_version > "3.8"

    requests
tests_require: pytest
[options.packages.find]
where = src
[options.extras_require]
test = pytest-cov
docs = file: docs/requirements.txt
[options.entry_points]
console_scripts =
    acme = acme.cli:main
[tool:pytest]
testpaths = tests more
`,
    );
    expect(facts).toMatchObject({ name: 'acme-old', sourceRoots: ['src'] });
    expect(facts.testpaths).toEqual(['tests', 'more']);
    expect(facts.entryPoints).toEqual([{ module: 'acme.cli', line: 23 }]);
    expect(required(facts)).toEqual([
      '12 acme-units',
      '14 requests',
      '9 wheel',
      '9 setuptools-scm',
      '15 pytest',
      '19 pytest-cov',
    ]);
  });

  it('has no name where it is taken from elsewhere', () => {
    expect(readManifest('setup.cfg', '[metadata]\nname = attr: acme.NAME\n').name).toBeUndefined();
    expect(readManifest('setup.cfg', '[options]\nname = acme\n').name).toBeUndefined();
  });
});

describe('a setup.py', () => {
  it('is not run: what stands in its call as literals counts', () => {
    const facts = readManifest(
      'setup.py',
      `from setuptools import setup, find_packages
# setup(name="comment")
TEXT = """setup(name="text")"""
def setup_all(): pass

setuptools.setup(
    name='Acme_' "Old",
    version=read("VERSION", encoding="utf-8"),
    packages=find_packages(where="src", exclude=["tests"]),
    package_dir={"": "src"},
    install_requires=[
        "acme-units>=1",  # the "base"
        f"computed=={VERSION}",
        LOCAL,
        'requests[socks]; python_version > "3.8"',
        *more,
    ],
    tests_require=["a"] + TESTS,
    extras_require={"test": ("pytest",), KEY: ["nobody"], **others},
    setup_requires="""
        wheel
    """,
    entry_points={"console_scripts": ["acme = acme.cli:main"]},
    key=lambda x: {x: 1},
)
`,
    );
    expect(facts).toMatchObject({
      name: 'acme-old',
      sourceRoots: ['src'],
      entryPoints: [{ module: 'acme.cli', line: 23 }],
    });
    expect(required(facts)).toEqual(['12 acme-units', '15 requests', '21 wheel', '19 pytest']);
  });

  it.each([
    'setup(name=NAME, install_requires=read())',
    'setup(name="a".upper())',
    'setup(**{"name": "a"})',
    'django.setup(name="a")',
    'def setup(name="a"): pass',
    'name = "a"',
  ])('says nothing where it computes: %s', (text) => {
    expect(readManifest('setup.py', text)).toEqual({ requires: [], entryPoints: [] });
  });
});

describe('a requirements file', () => {
  it('names distributions and paths', () => {
    const facts = readManifest(
      'requirements-dev.txt',
      `# all of them
--index-url https://example.org
-r base.txt
-c constraints.txt
Acme_Units>=1  # the "base"
-e ../lib
-e ../lib[extra]
--editable=../core
./wheels/x.whl
libs/near
file:../far#egg=Far
-e git+https://example.org/web.git#egg=web
https://example.org/a.whl
requests==2.31.0 \\
    --hash=sha256:0123 \\
    --hash=sha256:4567
units @ file:../units ; python_version > "3.9"
-e .[dev]
`,
    );
    expect(required(facts)).toEqual([
      '5 acme-units',
      '6 - <../lib',
      '7 - <../lib',
      '8 - <../core',
      '9 - <wheels/x.whl',
      '10 - <libs/near',
      '11 far <../far',
      '12 web',
      '14 requests',
      '17 units <../units',
      '18 - <.',
    ]);
    expect(facts.name).toBeUndefined();
  });
});

describe('any manifest', () => {
  const texts: Record<string, string> = {
    'pyproject.toml': '[project]\nname = "a"\ndependencies = [\n  "b",\n  "c",\n]\n',
    'setup.cfg': '[metadata]\nname = a\n[options]\ninstall_requires =\n  b\n  c\n',
    'setup.py': 'setup(\n  name="a",\n  install_requires=[\n    "b",\n    "c",\n  ],\n)\n',
    'requirements.txt': 'b\n\\\nc\n',
  };

  it.each(Object.entries(texts))('may come from Windows: %s', (file, text) => {
    const facts = readManifest(file, text);
    expect(facts.requires.map(({ distribution }) => distribution)).toEqual(['b', 'c']);
    expect(readManifest(file, `\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(facts);
  });

  it.each([...MANIFESTS, 'requirements.txt'])('never throws, and gives plain JSON: %s', (file) => {
    const piece = fc.constantFrom(
      ...Object.values(texts).flatMap((text) => text.match(/\w+|\s+|./g)!),
      ...['[tool.uv.sources]', '\n', '"""', "'", '{', '(', '-e ../x', ' = ', '__proto__', '\\'],
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (source) => {
        const facts = readManifest(file, source);
        const lines = source.split('\n').length;
        expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
        for (const { line } of [...facts.requires, ...facts.entryPoints]) {
          expect(line >= 1 && line <= lines).toBe(true);
        }
      }),
    );
  });

  it('is read in a blink, deep or long as it may be', () => {
    const deep = `setup(name=${'('.repeat(100_000)}`;
    expect(readManifest('setup.py', deep).name).toBeUndefined();
    expect(readManifest('pyproject.toml', `a = ${'['.repeat(100_000)}`).fault).toBeDefined();

    const names = Array.from({ length: 12 }, (_, index) => `  "package-${index}>=1.${index}",\n`);
    const text = `[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n
[project]\nname = "acme"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = [\n${names.join('')}]\n
[project.scripts]\nacme = "acme.cli:main"\n\n[dependency-groups]\ntest = ["pytest", "pytest-cov"]\n
[tool.uv.sources]\npackage-1 = { workspace = true }\n\n[tool.ruff]\nline-length = 100\n
[tool.pytest.ini_options]\ntestpaths = ["tests"]\naddopts = "-q"\n`;
    const start = performance.now();
    for (let count = 0; count < 1000; count++) pyproject(`${text}# ${count}`);
    // About 150 ms; the limit is for a machine that is busy.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
