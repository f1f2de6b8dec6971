import type { ProjectGraph } from '@nx/devkit';
import { scopeOf } from './task-request';

/** A graph of projects in folders of their names; `npm:` targets are no projects. */
function graph(edges: Readonly<Record<string, readonly string[]>>): ProjectGraph {
  const names = Object.keys(edges);
  return {
    nodes: Object.fromEntries(
      names.map((name) => [name, { name, type: 'lib' as const, data: { root: `libs/${name}` } }]),
    ),
    dependencies: Object.fromEntries(
      names.map((source) => [
        source,
        edges[source]!.map((target) => ({ source, target, type: 'static' as const })),
      ]),
    ),
  };
}

describe('the scope of a task', () => {
  it('is all that the project depends on, however far, and each once, in cycles too', () => {
    const edges = { api: ['billing'], billing: ['units', 'npm:x'], units: ['billing'], geo: [] };
    const scopes = Object.keys(edges).map((name) => scopeOf(name, graph(edges)));
    expect(scopes).toEqual([
      { folder: 'libs/api', dependencies: ['libs/billing', 'libs/units'], others: ['libs/geo'] },
      { folder: 'libs/billing', dependencies: ['libs/units'], others: ['libs/api', 'libs/geo'] },
      { folder: 'libs/units', dependencies: ['libs/billing'], others: ['libs/api', 'libs/geo'] },
      { folder: 'libs/geo', dependencies: [], others: ['libs/api', 'libs/billing', 'libs/units'] },
    ]);
  });
});
