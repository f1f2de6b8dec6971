import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Corpus } from './graph-corpus';
import type { PlannedProject } from './graph-plan';
import { SeededRandom } from './graph-random';
import { sourceOf } from './graph-source';

/** Raised when the same plan gives other files. */
const VERSION = 1;

/** Files in the root by which Nx, and other people's plugins, know a workspace. */
const ROOT_FILES = {
  'nx.json': '{ "neverConnectToCloud": true, "analytics": false }\n',
  'package.json': '{ "name": "bench", "private": true }\n',
  'pyproject.toml': '[tool.pytest.ini_options]\naddopts = "-q"\n',
};

/** Writes a planned workspace, once: a folder with a stamp is complete. */
export function writeWorkspace(
  root: string,
  projects: readonly PlannedProject[],
  corpus: Corpus,
): void {
  const wanted = createHash('sha256')
    .update(JSON.stringify([VERSION, projects, corpus]))
    .digest('hex');
  const stamp = join(root, '.complete');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(root, { recursive: true, force: true });
  const random = new SeededRandom(VERSION);
  for (const [file, text] of Object.entries(ROOT_FILES)) write(join(root, file), text);
  for (const project of projects) {
    write(join(root, project.root, 'pyproject.toml'), manifestOf(project, projects));
    for (const file of project.files)
      write(join(root, project.root, file.path), sourceOf(project, file, projects, corpus, random));
  }
  writeFileSync(stamp, wanted);
}

function manifestOf(
  { name, layout, package: package_, declared }: PlannedProject,
  projects: readonly PlannedProject[],
): string {
  const needed = declared.map((number) => projects[number]!.name);
  const requirements = [...needed, 'numpy>=1.26', 'pydantic>=2,<3', 'requests[socks]>=2.31'];
  const lines = [
    '[project]',
    `name = "${name}"`,
    'version = "1.4.0"',
    'requires-python = ">=3.10"',
    `dependencies = [\n${requirements.map((one) => `    "${one}",\n`).join('')}]`,
    '',
    '[dependency-groups]',
    'dev = ["pytest>=8", "ruff"]',
    '',
    '[build-system]',
    'requires = ["hatchling"]',
    'build-backend = "hatchling.build"',
    '',
    ...(layout === 'flat'
      ? ['[tool.hatch.build.targets.wheel]', `packages = ["${package_}"]`, '']
      : []),
    ...(needed.length > 0
      ? ['[tool.uv.sources]', ...needed.map((one) => `${one} = { workspace = true }`), '']
      : []),
    '[tool.pytest.ini_options]',
    'testpaths = ["tests"]',
    '',
  ];
  return lines.join('\n');
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
