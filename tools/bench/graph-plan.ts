import { SeededRandom } from './graph-random';

/** A Python file of a planned project. */
export interface PlannedFile {
  /** From the project's folder. */
  readonly path: string;
  /** Undefined for tests, which nobody imports. */
  readonly module: string | undefined;
  /** Modules of other projects that it imports. */
  readonly uses: string[];
}

export interface PlannedProject {
  /** Of the distribution, and of the Nx project. */
  readonly name: string;
  /** From the workspace root. */
  readonly root: string;
  readonly layout: 'src' | 'flat' | 'namespace';
  /** The dotted name of its package. */
  readonly package: string;
  readonly files: readonly PlannedFile[];
  /** Numbers of the projects below it that it needs; exactly these are its edges. */
  readonly needs: readonly number[];
  /** Those of them that its manifest asks for. */
  readonly declared: readonly number[];
}

/** Files of ten projects in a row: 200 together. */
const FILE_COUNTS = [20, 12, 31, 6, 18, 50, 14, 9, 24, 16];
const LAYOUTS: readonly PlannedProject['layout'][] =
  'src flat src namespace src flat src flat src flat'.split(' ') as PlannedProject['layout'][];
const AREAS = 'billing catalog identity ledger media orders pricing search shipping support'.split(
  ' ',
);
const MODULES =
  'models client errors views tables codec store tasks schema policy cache events rules report'.split(
    ' ',
  );
const MODULES_OF_A_PACKAGE = 8;

/**
 * The first so many projects of an endless workspace: since projects need only those below them, the first
 * hundred of a thousand are a workspace of their own.
 */
export function planProjects(count: number): PlannedProject[] {
  const random = new SeededRandom(20_260);
  const projects: PlannedProject[] = [];
  for (let number = 0; number < count; number += 1) {
    const project = planProject(number, random, projects);
    projects.push(project);
  }
  return projects;
}

function planProject(
  number: number,
  random: SeededRandom,
  below: readonly PlannedProject[],
): PlannedProject {
  const area = AREAS[number % AREAS.length]!;
  const own = `${area}_${String(number).padStart(4, '0')}`;
  const layout = LAYOUTS[number % LAYOUTS.length]!;
  const package_ = layout === 'namespace' ? `acme.${own}` : own;
  const files = planFiles(FILE_COUNTS[number % FILE_COUNTS.length]!, layout, package_);
  const needs = random.sample([...below.keys()], random.between(3, 8));
  // Every tenth project asks for one in its manifest that no file imports.
  const onlyDeclared = number % 10 === 7 ? needs.slice(0, 1) : [];
  const imported = needs.filter((need) => !onlyDeclared.includes(need));
  for (const need of imported) {
    const modules = below[need]!.files.flatMap(({ module }) => module ?? []);
    const isForTests = random.chance(0.1);
    const users = files.filter(({ module }) => (module === undefined) === isForTests);
    for (const user of random.sample(users, random.between(1, 4)))
      user.uses.push(random.pick(modules));
  }
  return {
    name: `acme-${own.replace('_', '-')}`,
    root: `${number % 4 === 0 ? 'services' : 'libs'}/${area}/${own.replace('_', '-')}`,
    layout,
    package: package_,
    files,
    needs,
    declared: [...onlyDeclared, ...imported.filter(() => random.chance(0.5))],
  };
}

function planFiles(
  count: number,
  layout: PlannedProject['layout'],
  package_: string,
): PlannedFile[] {
  const tests = Math.max(1, Math.round(count * 0.3));
  const top = `${layout === 'flat' ? '' : 'src/'}${package_.replaceAll('.', '/')}`;
  const files: PlannedFile[] = [];
  for (let at = 0; at < count - tests; at += 1) {
    const part = Math.floor(at / MODULES_OF_A_PACKAGE);
    const [folder, name] =
      part === 0 ? [top, package_] : [`${top}/part_${part}`, `${package_}.part_${part}`];
    const stem = `${MODULES[at % MODULES.length]!}_${at}`;
    files.push(
      at % MODULES_OF_A_PACKAGE === 0
        ? { path: `${folder}/__init__.py`, module: name, uses: [] }
        : { path: `${folder}/${stem}.py`, module: `${name}.${stem}`, uses: [] },
    );
  }
  const helpers = ['conftest', 'helpers'].slice(0, tests > 2 ? 2 : 0);
  for (let at = 0; at < tests; at += 1) {
    const stem = helpers[at] ?? `test_${MODULES[at % MODULES.length]!}_${at}`;
    files.push({ path: `tests/${stem}.py`, module: undefined, uses: [] });
  }
  return files;
}
