import { GitHub } from '../../../../tools/github/server';
import { temporaryFolders } from '../folder.fixture';
import { leaveArtifacts } from './publish.fixture';
import type { PublishRequest } from './publish';
import { leaveGreen, Scene } from './scene.fixture';

const newFolder = temporaryFolders();
let github: GitHub;

beforeAll(async () => {
  github = await GitHub.start();
});
afterAll(() => github.stop());

class Killed extends Error {}
const EFFECTS = new Set<string | symbol>([
  'push',
  'delete',
  'create',
  'update',
  'close',
  'label',
  'comment',
]);

/** Far ends that work for so many effects, and are gone then. */
function mortal(request: PublishRequest, effects: number): Partial<PublishRequest> {
  let left = effects;
  const wrapped = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(one, name) {
        const value: unknown = Reflect.get(one, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          if (EFFECTS.has(name) && left-- <= 0) throw new Killed();
          return Reflect.apply(value, one, args);
        };
      },
    });
  return { remote: wrapped(request.remote), forge: wrapped(request.forge) };
}

interface Story {
  readonly what: string;
  readonly prepare: (scene: Scene) => Promise<unknown>;
  readonly state: 'open' | 'closed';
}

const edits = [{ line: 9, before: '19', after: '21', tier: 'explained', id: 'test_rate' }] as const;
const STORIES: readonly Story[] = [
  { what: 'it opens one', prepare: ({ workspace }) => leaveArtifacts(workspace), state: 'open' },
  {
    what: 'it brings one to another patch',
    prepare: async (scene) => {
      await leaveArtifacts(scene.workspace);
      await scene.publish();
      await leaveArtifacts(scene.workspace, { edits });
    },
    state: 'open',
  },
  {
    what: 'it closes one',
    prepare: async (scene) => {
      await leaveArtifacts(scene.workspace);
      await scene.publish();
      await leaveGreen(scene);
    },
    state: 'closed',
  },
];

it.each(STORIES)(
  'killed between any two steps while $what, the next run finishes it, and nothing is doubled',
  async ({ prepare, state }) => {
    for (let effects = 0, isKilled = true; isKilled; effects += 1) {
      const scene = Scene.open(github, newFolder());
      await prepare(scene);
      const part = mortal(await scene.request(), effects);
      isKilled = await scene.publish(part).then(
        () => false,
        (error: unknown) => {
          if (error instanceof Killed) return true;
          throw error;
        },
      );
      await scene.publish();
      expect(scene.pulls).toMatchObject([{ number: 1, state }]);
      const [{ branch, comments, labels }] = scene.pulls as [(typeof scene.pulls)[0]];
      expect(scene.branches).toEqual(state === 'open' ? [branch] : []);
      expect(comments).toHaveLength(state === 'open' ? 0 : 1);
      expect(labels).toContain(state === 'open' ? 'tests-sentry:done' : 'tests-sentry:noop');
      const outcome = state === 'open' ? 'unchanged' : 'nothing';
      expect(await scene.publish()).toMatchObject({ outcome, steps: [] });
    }
  },
);
