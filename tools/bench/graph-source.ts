import type { Corpus } from './graph-corpus';
import type { PlannedFile, PlannedProject } from './graph-plan';
import type { SeededRandom } from './graph-random';

const STDLIB = (
  'abc argparse asyncio base64 collections contextlib copy csv dataclasses datetime enum functools ' +
  'hashlib io itertools json logging math os pathlib re shutil subprocess sys tempfile threading time ' +
  'types typing uuid warnings os.path collections.abc concurrent.futures xml.etree.ElementTree'
).split(' ');
const INSTALLED = (
  'numpy pandas requests pydantic sqlalchemy.orm fastapi httpx click yaml boto3.session celery ' +
  'attrs jinja2 redis.asyncio structlog opentelemetry.trace google.cloud.storage'
).split(' ');

/** The ways in which a file may import a module, each as it stands in the text. */
const FORMS: readonly ((module: string) => string)[] = [
  (module) => `import ${module}\n`,
  (module) => `import ${module} as ${alias(module)}\n`,
  (module) => `from ${module} import Settings, load\n`,
  (module) => `from ${module} import *\n`,
  (module) => `from ${module} import (\n    Settings,  # (the old one)\n    load as load_it,\n)\n`,
  (module) =>
    `def _late_${alias(module)}():\n    from ${module} import load\n    return load\n\n\n`,
  (module) => `if TYPE_CHECKING:\n    from ${module} import Settings\n`,
  (module) => `try:\n    import ${module}\nexcept ImportError:\n    pass\n`,
  (module) => `import importlib\n_loaded = importlib.import_module("${module}")\n`,
  ofItsPackage,
];

function ofItsPackage(module: string): string {
  const dot = module.lastIndexOf('.');
  return dot < 0
    ? `import ${module}\n`
    : `from ${module.slice(0, dot)} import ${module.slice(dot + 1)}\n`;
}

const alias = (module: string): string => module.replaceAll('.', '_');

/** The text of one file: its imports, and statements of real files until it is as large as real files are. */
export function sourceOf(
  project: PlannedProject,
  file: PlannedFile,
  others: readonly PlannedProject[],
  corpus: Corpus,
  random: SeededRandom,
): string {
  const isPackage = file.path.endsWith('__init__.py');
  const isEmpty = isPackage && file.uses.length === 0 && random.chance(0.4);
  if (isEmpty) return '';
  const size = isPackage ? random.between(100, 2000) : random.pick(corpus.sizes);
  const parts = [
    ...random.sample(STDLIB, random.between(2, isPackage ? 4 : 10)).map(plainly),
    ...random.sample(INSTALLED, isPackage ? 0 : random.between(0, 5)).map(plainly),
    ...ownImports(project, file, random),
    ...file.uses.map((module) => random.pick(FORMS)(module)),
  ];
  // What only reads like an import is none.
  if (random.chance(0.05))
    parts.push(`"""For example:\n\nimport ${random.pick(others).package}\n"""\n`);
  if (random.chance(0.05)) parts.push(`# import ${random.pick(others).package}\n`);
  let length = parts.join('').length;
  while (length < size) {
    const piece = statements(corpus, random, size - length);
    parts.push(piece);
    length += piece.length;
  }
  return parts.join('');
}

const plainly = (module: string, at: number): string =>
  at % 2 === 0 ? `import ${module}\n` : `from ${module} import something\n`;

function ownImports(project: PlannedProject, file: PlannedFile, random: SeededRandom): string[] {
  const modules = project.files.flatMap(({ module }) => module ?? []);
  const found = random
    .sample(modules, random.between(0, 3))
    .map((module) => `from ${module} import Settings\n`);
  if (file.module === undefined) {
    if (project.files.some(({ path }) => path === 'tests/helpers.py'))
      found.push('import helpers\nfrom conftest import sample\n');
  } else if (random.chance(0.5)) {
    found.push('from . import Settings\nfrom .errors_2 import NotFound\n');
  }
  return found;
}

/** Statements of one real file that stand together, of about a length. */
function statements(corpus: Corpus, random: SeededRandom, wanted: number): string {
  const body = random.pick(corpus.bodies);
  let text = '';
  for (let at = random.between(0, body.length - 1); at < body.length; at += 1) {
    const next = body[at]!;
    if (text.length + next.length > wanted + 2000) break;
    text += next;
  }
  return text === '' ? `# ${'-'.repeat(77)}\n` : text;
}
