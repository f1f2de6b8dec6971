import type { ProjectGraph } from '@nx/devkit';
import { directDependencies, waysFrom } from './paths';

/** A graph by names; `npm:` targets are no projects. */
function graph(edges: Readonly<Record<string, readonly string[]>>): ProjectGraph {
  const names = Object.keys(edges);
  return {
    nodes: Object.fromEntries(
      names.map((name) => [name, { name, type: 'lib' as const, data: { root: name } }]),
    ),
    dependencies: Object.fromEntries(
      names.map((source) => [
        source,
        edges[source]!.map((target) => ({ source, target, type: 'implicit' as const })),
      ]),
    ),
  };
}

describe('the ways from a project', () => {
  const made = graph({
    api: ['web', 'billing', 'npm:x'],
    billing: ['units'],
    units: ['api'],
    web: [],
  });

  it('lead to all that it depends on, by the fewest steps, in cycles too', () => {
    expect(Object.fromEntries(waysFrom(made, 'api'))).toEqual({
      api: ['api'],
      billing: ['api', 'billing'],
      web: ['api', 'web'],
      units: ['api', 'billing', 'units'],
    });
  });

  it('begin with its direct dependencies, each once', () => {
    expect(directDependencies(graph({ a: ['c', 'b', 'c'], b: [], c: [] }), 'a')).toEqual([
      'b',
      'c',
    ]);
  });
});
