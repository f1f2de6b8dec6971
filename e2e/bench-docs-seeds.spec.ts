import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { askPython } from '../tools/bench/repair-python';
import type { Seed } from '../tools/bench/truth/page';

/** The changes that can be made in some sources. */
const seedsOf = (files: Readonly<Record<string, string>>): Seed[] =>
  asked<{ seeds: Seed[] }>(files, null).seeds;

/** What the script says of some sources, or of them with some changes. */
function asked<T>(files: Readonly<Record<string, string>>, wanted: readonly Seed[] | null): T {
  const root = mkdtempSync(join(tmpdir(), 'sentries-seeds-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return askPython<T>('doc_seeds.py', { root, files: Object.keys(files), wanted });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const renamed = (files: Readonly<Record<string, string>>): string[] =>
  seedsOf(files)
    .filter(({ kind }) => ['function', 'class', 'method', 'attribute', 'constant'].includes(kind))
    .map(({ kind, old }) => `${kind} ${old}`);

describe('which names can be changed', () => {
  it('are those that the sources define once', () => {
    const cups =
      'SIZE_OF_CUP = 3\n\n\ndef pour_tea(cup):\n    pass\n\n\nclass Saucer:\n    def hold(self):\n        pass\n';
    expect(renamed({ 'acme/cups.py': cups })).toEqual([
      'constant SIZE_OF_CUP',
      'class Saucer',
      'method hold',
      'function pour_tea',
    ]);
    const twice = 'def pour_tea(cup):\n    pass\n\n\ndef serve(pour_tea):\n    pass\n';
    expect(renamed({ 'acme/cups.py': twice })).toEqual(['function serve']);
  });

  it('are none that modules of the distribution have, too', () => {
    expect(
      renamed({
        'acme/pour_tea.py': 'def pour_tea():\n    pass\n\n\ndef stir_tea():\n    pass\n',
        'acme/__init__.py': '',
      }),
    ).toEqual(['function stir_tea']);
  });

  it('are none that are imported from elsewhere, too', () => {
    const text =
      'try:\n    import kettle\nexcept ImportError:\n    kettle = None\n\nCUPS_OF_TEA = 1\n';
    expect(renamed({ 'acme/cups.py': text })).toEqual(['constant CUPS_OF_TEA']);
    const own = 'from .cups import CUPS_OF_TEA\n\nprint(CUPS_OF_TEA)\n';
    expect(renamed({ 'acme/cups.py': 'CUPS_OF_TEA = 1\n', 'acme/__init__.py': own })).toEqual([
      'constant CUPS_OF_TEA',
    ]);
  });

  it('come with the keys that are the same text', () => {
    const text =
      'OPTIONS = {"saucer": 1, "with.saucer": 2}\n__all__ = ["Teapot"]\n\n\nclass Teapot:\n    def __init__(self):\n        self.saucer = OPTIONS["saucer"]\n\n    def copy_of(self) -> "Teapot":\n        pass\n';
    const seeds = seedsOf({ 'acme/cups.py': text });
    const textsOf = (name: string) =>
      seeds.find(({ old, kind }) => old === name && kind !== 'move')?.texts;
    expect(textsOf('saucer')).toEqual(['saucer', 'with.saucer']);
    expect(textsOf('Teapot')).toEqual([]);
  });
});

describe('which modules can be changed', () => {
  it('are those whose last word no other module has', () => {
    const files = {
      'acme/__init__.py': '',
      'acme/cups.py': '',
      'acme/mugs.py': '',
      'acme_tea/__init__.py': '',
      'acme_tea/cups.py': '',
    };
    const modules = seedsOf(files).filter(({ kind }) => kind === 'module');
    expect(modules.map(({ module }) => module)).toEqual(['acme.mugs']);
  });
});

it('a module has its new name in what its package lists, too', () => {
  const files = {
    'acme/__init__.py': 'from acme import cups\n\n__all__ = ["cups"]\n',
    'acme/cups.py': '',
  };
  const wanted = seedsOf(files).filter(({ kind }) => kind === 'module');
  const [made] = asked<{ texts: Record<string, string | null> }[]>(files, wanted);
  expect(made!.texts).toEqual({
    'acme/__init__.py': 'from acme import cups_parts\n\n__all__ = ["cups_parts"]\n',
    'acme/cups.py': null,
    'acme/cups_parts.py': '',
  });
});

describe('which variables of the environment can be changed', () => {
  const variables = (text: string): string[] =>
    seedsOf({ 'acme/cups.py': text })
      .filter(({ kind }) => kind === 'variable')
      .map(({ old }) => old);

  it('are those that the environment is asked for', () => {
    expect(variables('import os\n\nSIZE = os.environ.get("CUP_SIZE")\n')).toEqual(['CUP_SIZE']);
    expect(variables('from os import environ\n\nSIZE = environ["CUP_SIZE"]\n')).toEqual([
      'CUP_SIZE',
    ]);
  });

  it('are no keys of what a server calls its environment', () => {
    expect(variables('def serve(environ):\n    return environ["PATH_INFO"]\n')).toEqual([]);
    expect(variables('def serve(env):\n    return env["PATH_INFO"]\n')).toEqual([]);
    expect(variables('import os\n\nserve(env={"CUP_SIZE": "3"})\n')).toEqual(['CUP_SIZE']);
  });
});
