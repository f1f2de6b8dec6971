import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { NxLine } from '../tools/paths';
import type { Files, Workspace } from '../tools/workspace';
import { RandomWorkspace } from './graph-random';
import { affected, graphWorkspace, LINES, project, testedFor } from './graph-workspace';

/** Of random workspaces; each line of Nx has its own. With these two all kinds of edits come up. */
const SEEDS = [5, 12].flatMap((seed) => LINES.map((nx): [NxLine, number] => [nx, 100 * nx + seed]));

const EDITS = 2;

/** Brings the files on disk from one state to another; gives the paths that differ. */
function update(workspace: Workspace, from: Files, to: Files): string[] {
  const changed = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter(
    (path) => from[path] !== to[path],
  );
  for (const path of changed) {
    if (to[path] === undefined) rmSync(join(workspace.root, path));
    else workspace.write({ [path]: to[path] });
  }
  return changed;
}

describe('a random workspace, edited again and again', () => {
  it.each(SEEDS)(
    'has on Nx %i the edges of each state, and runs the tests that it touches (seed %i)',
    async (nx, seed) => {
      const property = fc.asyncProperty(fc.gen(), async (g) => {
        const model = new RandomWorkspace(g);
        let files = model.files();
        const workspace = graphWorkspace(nx, files);
        const story = ['a fresh workspace'];
        expect({ story, ...pick(await affected(workspace)) }).toEqual({
          ...{ story, edges: model.edges(), tested: [], warnings: [] },
        });
        for (let edits = 0; edits < EDITS; edits++) {
          for (let many = g(fc.integer, { min: 1, max: 3 }); many > 0; many--)
            story.push(model.edit());
          const changed = update(workspace, files, model.files());
          files = model.files();
          const isCommitted = changed.length > 0 && g(fc.boolean);
          if (isCommitted) workspace.commit('edit');
          const answer = await affected(workspace, isCommitted ? 'HEAD~1' : 'HEAD');
          expect({ story, ...pick(answer) }).toEqual({
            ...{ story, edges: model.edges(), tested: model.tested(changed, nx), warnings: [] },
          });
          if (changed.length > 0 && !isCommitted) workspace.commit('edit');
        }
      });
      await fc.assert(property, { seed, numRuns: 1, endOnFailure: true });
    },
  );
});

const pick = ({ edges, tested, warnings }: Awaited<ReturnType<typeof affected>>) => ({
  ...{ edges, tested, warnings },
});

/** Of a namespace that `units` and `shop` share. */
const DATES = 'TODAY = 1\n';

describe.each(LINES)('on Nx %i, in one workspace whose caches are kept', (nx) => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = graphWorkspace(nx, {
      ...project('libs/units'),
      ...project('libs/shop'),
      ...project('apps/billing', { code: 'from acme.dates import TODAY\n' }),
      ...project('apps/audit', { test: 'import rates.core\n' }),
      'libs/units/src/acme/dates.py': DATES,
    });
  });

  afterEach(() => {
    workspace.git('add', '--all');
    workspace.git('commit', '--quiet', '--allow-empty', '--message', 'edit');
  });

  it('tests nothing where nothing has changed', async () => {
    const { edges, tested } = await affected(workspace);
    expect({ edges, tested }).toEqual({ edges: ['billing → units'], tested: [] });
  });

  it('has the edge of an import that was just written, and really runs what it says', async () => {
    workspace.write({ 'libs/units/src/units/core.py': 'from shop import core\n' });
    const { edges, tested } = await affected(workspace);
    expect({ edges, tested }).toEqual({
      edges: ['billing → units', 'units → shop'],
      tested: ['billing', 'units'],
    });
    const { code, output } = await workspace.nx(testedFor('affected', '--base=HEAD'));
    const ran = [...output.matchAll(/^> nx run (.*):sentry-test/gm)].map(([, name]) => name);
    expect({ code, ran: ran.sort() }).toEqual({ code: 0, ran: tested });
  });

  it('has the edge to a new project that a file imports which did not change', async () => {
    workspace.write(project('libs/rates'));
    const { edges, tested } = await affected(workspace);
    expect({ edges, tested }).toEqual({
      edges: ['audit → rates', 'billing → units', 'units → shop'],
      tested: ['audit', 'rates'],
    });
  });

  it('follows a module that has moved to another project', async () => {
    rmSync(join(workspace.root, 'libs/units/src/acme'), { recursive: true });
    workspace.write({ 'libs/shop/src/acme/dates.py': DATES });
    const { edges, tested } = await affected(workspace);
    expect({ edges, tested }).toEqual({
      edges: ['audit → rates', 'billing → shop', 'units → shop'],
      tested: ['billing', 'shop', 'units'],
    });
  });

  it('drops the edges of an import and of a project that are gone', async () => {
    workspace.write({ 'libs/units/src/units/core.py': 'VALUE = 2\n' });
    rmSync(join(workspace.root, 'libs/rates'), { recursive: true });
    const { edges, tested } = await affected(workspace);
    expect(edges).toEqual(['billing → shop']);
    // Nx tests everything once a project is gone.
    expect(tested).toEqual(expect.arrayContaining(['audit', 'units']));
  });
});
