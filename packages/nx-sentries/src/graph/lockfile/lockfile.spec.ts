import fc from 'fast-check';
import { lockSlice, readLockfile, type LockedProject, type Lockfile } from './lockfile';

const used = (lock: Lockfile, project: Partial<LockedProject>): string[] =>
  lockSlice(lock, { folder: '.', requires: [], ...project }).map(({ id }) => id);

const registry = 'source = { registry = "https://pypi.org/simple" }';

/** As uv 0.13 writes it for a workspace: a root, `apps/shop` and `libs/units`. */
const UV = `version = 1
revision = 5
requires-python = ">=3.9"
resolution-markers = ["python_full_version >= '3.10'", "python_full_version < '3.10'"]

[manifest]
members = ["acme", "acme-units", "shop", "tools"]

[[package]]
name = "acme"
version = "0"
source = { virtual = "." }
dependencies = [{ name = "shop" }]

[package.dev-dependencies]
dev = [
    { name = "pytest", version = "8.4.2", ${registry}, marker = "python_full_version < '3.10'" },
    { name = "pytest", version = "9.2.0", ${registry}, marker = "python_full_version >= '3.10'" },
]

[package.metadata]
requires-dist = [{ name = "shop", editable = "apps/shop" }]

[[package]]
name = "acme-units"
source = { editable = "libs/units" }
dependencies = [{ name = "numpy" }]

[package.optional-dependencies]
fast = [{ name = "click" }, { name = "acme-units", extra = ["fast"] }]
slow = [{ name = "tabulate" }]

[package.dev-dependencies]
lint = [{ name = "ruff" }]

[[package]]
name = "certifi"
version = "2026.10.18"
${registry}
wheels = [{ url = "https://example.org/certifi.whl", hash = "sha256:aa", size = 3 }]

[[package]]
name = "click"
version = "8.5.1"
${registry}

[[package]]
name = "iniconfig"
version = "2.3.1"
${registry}

[[package]]
name = "numpy"
version = "2.4.6"
${registry}

[[package]]
name = "pysocks"
version = "1.7.1"
${registry}

[[package]]
name = "pytest"
version = "8.4.2"
${registry}
dependencies = [{ name = "iniconfig" }]

[[package]]
name = "pytest"
version = "9.2.0"
${registry}
dependencies = [{ name = "iniconfig" }]

[[package]]
name = "requests"
version = "2.34.2"
${registry}
dependencies = [{ name = "certifi" }]

[package.optional-dependencies]
socks = [{ name = "pysocks" }]

[[package]]
name = "ruff"
version = "0.16.0"
${registry}

[[package]]
name = "shop"
version = "0.1"
source = { virtual = "apps/shop" }
dependencies = [
    { name = "acme-units", extra = ["fast"] },
    { name = "requests", extra = ["Socks"] },
]

[package.dev-dependencies]
test = [{ name = "pytest", version = "9.2.0", source = { registry = "https://pypi.org/simple" } }]

[[package]]
name = "tabulate"
version = "0.10.0"
${registry}

[[package]]
name = "tools"
version = "0.1"
source = { editable = "libs/tools" }
`.replaceAll(`, ${registry},`, `, source = { registry = "https://pypi.org/simple" },`);

/** The tools of the root’s groups, which all projects of the workspace are tested with. */
const SHARED = ['iniconfig@2.3.1', 'pytest@8.4.2', 'pytest@9.2.0'];

describe('a uv.lock', () => {
  const lock = readLockfile('uv.lock', UV);

  it('knows a member by its folder, with the extras that are asked for', () => {
    expect(used(lock, { folder: 'apps/shop', name: 'anything' })).toEqual(
      [
        'acme-units',
        'certifi@2026.10.18',
        'click@8.5.1',
        'numpy@2.4.6',
        'pysocks@1.7.1',
        'requests@2.34.2',
        'shop@0.1',
        ...SHARED,
      ].sort(),
    );
  });

  it('gives a project all its own extras and groups', () => {
    const units = ['acme-units', 'click@8.5.1', 'numpy@2.4.6', 'ruff@0.16.0', 'tabulate@0.10.0'];
    expect(used(lock, { folder: 'libs/units' })).toEqual([...units, ...SHARED].sort());
    expect(used(lock, { folder: 'moved', name: 'acme-units' })).toEqual(
      [...units, ...SHARED].sort(),
    );
  });

  it('has the tools of the root for a member that asks for nothing', () => {
    expect(used(lock, { folder: 'libs/tools', requires: ['numpy'] })).toEqual([
      ...SHARED,
      'tools@0.1',
    ]);
  });

  it('gives all it has to a project that it does not know', () => {
    const all = lock.packages.map(({ id }) => id);
    expect(used(lock, { folder: 'libs/new', name: 'new', requires: ['numpy'] })).toEqual(all);
    expect(used(lock, { folder: 'libs/new' })).toHaveLength(14);
  });

  it('takes the groups of a root that is no project from the manifest', () => {
    const virtual = readLockfile(
      'uv.lock',
      UV.replace(
        '[manifest]',
        '[manifest.dependency-groups]\ndev = [{ name = "ruff" }]\n[manifest]',
      ),
    );
    expect(virtual.shared).toContain('ruff@0.16.0');
  });

  it('stays the same for all when a member comes, and changes with the Pythons', () => {
    const more = readLockfile('uv.lock', UV.replace('"acme", ', '"acme", "new", '));
    expect(more.digest).toBe(lock.digest);
    const other = readLockfile('uv.lock', UV.replace('>=3.9"', '>=3.10"'));
    expect(other.digest).not.toBe(lock.digest);
  });

  it('tells entries of one name and version apart by what they say', () => {
    const twice = `[[package]]
name = "torch"
version = "2"
source = { registry = "https://example.org/cpu" }
[[package]]
name = "torch"
version = "2"
source = { registry = "https://example.org/gpu" }
[[package]]
name = "a"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "torch", source = { registry = "https://example.org/gpu" } }]
`;
    const { packages } = readLockfile('uv.lock', twice);
    const gpu = used(readLockfile('uv.lock', twice), {});
    expect(packages).toHaveLength(3);
    expect(gpu).toEqual(['a@1', expect.stringMatching(/^torch@2\+[0-9a-f]{12}$/)]);
  });
});

/** As poetry 2.5 writes it; the project asks for `requests[socks]`, `lib`, and `iniconfig` in a group. */
const POETRY = `[[package]]
name = "certifi"
version = "2026.10.18"
optional = false
groups = ["main"]
files = [{file = "certifi.whl", hash = "sha256:aa"}]

[[package]]
name = "click"
version = "8.5.1"
groups = ["main"]
files = []

[[package]]
name = "iniconfig"
version = "2.3.1"
groups = ["test"]
files = []

[[package]]
name = "lib"
version = "0.1"
groups = ["main"]
files = []
develop = true

[package.dependencies]
click = [
    {version = "*", markers = "python_version < \\"3.12\\""},
    {version = ">8", markers = "python_version >= \\"3.12\\""},
]

[package.source]
type = "directory"
url = "libs/lib"

[[package]]
name = "pysocks"
version = "1.7.1"
groups = ["main"]
files = []

[[package]]
name = "requests"
version = "2.34.2"
groups = ["main"]
files = []

[package.dependencies]
Certifi = ">=2023.5.7"
PySocks = {version = ">=1.5.6,!=1.5.7", optional = true, markers = "extra == \\"socks\\""}

[package.extras]
socks = ["PySocks (>=1.5.6,!=1.5.7)"]
use-chardet-on-py3 = ["chardet (>=3.0.2,<8)"]

[[package]]
name = "web"
version = "1"
groups = ["main"]
files = []

[package.dependencies]
requests = {version = "*", extras = ["socks"]}

[metadata]
lock-version = "2.1"
python-versions = "^3.11"
content-hash = "0034"
`;

describe('a poetry.lock', () => {
  const lock = readLockfile('poetry.lock', POETRY);

  it('starts from the names in the manifest, for the project has no entry', () => {
    expect(used(lock, { requires: ['requests', 'python'] })).toEqual([
      'certifi@2026.10.18',
      'iniconfig@2.3.1',
      'pysocks@1.7.1',
      'requests@2.34.2',
    ]);
  });

  it('follows the extras that are asked for, and no others', () => {
    const bySocks = lock.packages.find(({ name }) => name === 'web')!;
    expect(bySocks.requires).toEqual(['pysocks@1.7.1', 'requests@2.34.2']);
    const requests = lock.packages.find(({ name }) => name === 'requests')!;
    expect(requests.requires).toEqual(['certifi@2026.10.18']);
  });

  it('knows a folder that it has as a dependency', () => {
    expect(used(lock, { folder: 'libs/lib', name: 'lib' })).toEqual([
      'click@8.5.1',
      'iniconfig@2.3.1',
      'lib@0.1',
    ]);
  });

  it('gives all it has to other folders, and to a manifest that can’t be read', () => {
    expect(used(lock, { folder: 'apps/new', requires: ['click'] })).toHaveLength(7);
    expect(used(lock, {})).toHaveLength(7);
  });

  it('stays the same for all with each new requirement', () => {
    const other = readLockfile('poetry.lock', POETRY.replace('"0034"', '"0035"'));
    expect(other.digest).toBe(lock.digest);
  });

  it('has hashes apart where it is old', () => {
    const old = (hash: string) => {
      const text = `[[package]]
name = "A_b"
version = "1"
category = "dev"
[[package]]
name = "c"
version = "1"
category = "main"
[metadata]
lock-version = "1.1"
content-hash = "00"
[metadata.files]
a-b = [{file = "ab.whl", hash = "${hash}"}]
c = []
`;
      return readLockfile('poetry.lock', text);
    };
    const [one, other] = [old('sha256:aa'), old('sha256:bb')];
    expect(one.shared).toEqual(['a-b@1']);
    expect(one.digest).toBe(other.digest);
    expect(
      one.packages.map(({ digest }, index) => digest === other.packages[index]!.digest),
    ).toEqual([false, true]);
  });
});

it('a pdm.lock has packages with extras twice, and dependencies as text', () => {
  const lock = readLockfile(
    'pdm.lock',
    `[metadata]
groups = ["default", "test"]
lock_version = "4.5.0"
content_hash = "sha256:00"
[[package]]
name = "certifi"
version = "2026.10.18"
groups = ["default"]
[[package]]
name = "lib"
version = "0.1"
path = "./../lib"
editable = true
groups = ["test"]
[[package]]
name = "pysocks"
version = "1.7.1"
groups = ["default"]
[[package]]
name = "requests"
version = "2.34.2"
groups = ["default"]
dependencies = ["certifi>=2023.5.7", "tomli; python_version < '3.11'"]
[[package]]
name = "requests"
version = "2.34.2"
extras = ["socks"]
groups = ["default"]
dependencies = ["PySocks!=1.5.7,>=1.5.6", "requests==2.34.2"]
[[package]]
name = "unused"
version = "1"
groups = ["default"]
`,
  );
  expect(used(lock, { requires: ['requests'] }).map((id) => id.replace(/\+.*/, ''))).toEqual([
    'certifi@2026.10.18',
    'lib@0.1',
    'pysocks@1.7.1',
    'requests@2.34.2',
    'requests@2.34.2',
  ]);
  expect(used(lock, { folder: '../lib' })).toEqual(['lib@0.1']);
});

describe('a broken lockfile', () => {
  it.each([
    ['<<<<<<< HEAD\n[[package]]\n', /^apps\/uv\.lock can't be read: Invalid TOML[^]*<<<<<<< HEAD/],
    ['package = 3', /^apps\/uv\.lock can't be read: `package` is not a list of tables/],
    ['package = [1]', /^apps\/uv\.lock can't be read: A package has no name/],
  ])('says what is wrong: %j', (text, message) => {
    expect(() => readLockfile('apps/uv.lock', text)).toThrow(message);
  });
});

describe('the slice of any lockfile', () => {
  interface Node {
    readonly requires: readonly number[];
    readonly extra: readonly number[];
    /** Asks for the extra of each that it requires. */
    readonly isGreedy: boolean;
    readonly hash: number;
  }

  const SIZE = 8;
  const some = fc.uniqueArray(fc.nat(SIZE - 1), { maxLength: 2 });
  const graph = fc.array(
    fc.record({ requires: some, extra: some, isGreedy: fc.boolean(), hash: fc.nat(9) }),
    { minLength: SIZE, maxLength: SIZE },
  );

  function entry({ requires, extra, isGreedy, hash }: Node, index: number): string {
    const asked = isGreedy ? ', extra = ["x"]' : '';
    return `[[package]]
name = "p${index}"
version = "1"
source = { ${index < 2 ? `editable = "libs/p${index}"` : 'registry = "r"'} }
dependencies = [${requires.map((to) => `{ name = "p${to}"${asked} }`).join(', ')}]
wheels = [{ hash = "sha256:${hash}" }]
[package.optional-dependencies]
x = [${extra.map((to) => `{ name = "p${to}" }`).join(', ')}]
`;
  }

  const read = (entries: readonly string[]): Lockfile =>
    readLockfile('uv.lock', ['version = 1\n', ...entries].join(''));

  const sliceOf = (lock: Lockfile) =>
    lockSlice(lock, { folder: 'libs/p0', requires: [] }).map(({ id, digest }) => `${id} ${digest}`);

  /** What is installed, as a set of packages with and without their extra, grown until it is stable. */
  function installed(nodes: readonly Node[]): Set<number> {
    const wanted = new Set(['0', '0x']);
    for (let before = -1; before !== wanted.size;) {
      before = wanted.size;
      for (const key of [...wanted]) {
        const { requires, extra, isGreedy } = nodes[parseInt(key, 10)]!;
        for (const to of key.endsWith('x') ? extra : requires) {
          wanted.add(`${to}`);
          if (isGreedy && !key.endsWith('x')) wanted.add(`${to}x`);
        }
      }
    }
    return new Set([...wanted].map((key) => parseInt(key, 10)));
  }

  it('is what is reached from the project, and changes with just that', () => {
    fc.assert(
      fc.property(graph, fc.nat(SIZE - 1), fc.boolean(), (nodes, changed, isReversed) => {
        const lock = read(nodes.map(entry));
        const slice = sliceOf(lock);
        const expected = installed(nodes);
        expect(slice.map((line) => line.split('@')[0])).toEqual(
          nodes
            .map((_, index) => index)
            .filter((index) => expected.has(index))
            .map((i) => `p${i}`),
        );

        const edited = nodes.map((node, index) =>
          index === changed ? { ...node, hash: node.hash + 10 } : node,
        );
        const entries = edited.map(entry);
        const after = sliceOf(read(isReversed ? entries.reverse() : entries));
        if (expected.has(changed)) expect(after).not.toEqual(slice);
        else expect(after).toEqual(slice);
      }),
    );
  });
});
