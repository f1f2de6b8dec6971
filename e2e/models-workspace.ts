import { join } from 'node:path';
import { servers } from '../packages/sentries-core/src/model/endpoint/chat.fixture';
import { SENTRIES, Workspace, type Ended } from '../tools/workspace';

const NX_JSON =
  '{ "plugins": ["nx-sentries"], "defaultBase": "main", "neverConnectToCloud": true }';
/** Servers of models that are stopped after each spec. */
export const scripted: ReturnType<typeof servers> = servers();

/** A workspace with both packages installed, and one project. */
export let workspace: Workspace;

beforeAll(() => {
  workspace = Workspace.create();
  workspace.write({
    'nx.json': NX_JSON,
    '.gitignore': 'node_modules\n.venv\n.nx\n',
    'package.json': '{ "name": "acme", "private": true }',
    'lib/pyproject.toml': '[project]\nname = "lib"\nversion = "0"\n',
  });
  workspace.git('init', '--quiet', '--initial-branch=main');
  workspace.commit('all');
});

beforeEach(() => config({}));

afterAll(() => Workspace.removeTemporary());

/** Writes the settings of the models. */
export function config(model: object): void {
  workspace.write({ 'sentries.config.json': JSON.stringify({ model }) });
}

/** No setting of the machine that the specs run on. */
export const UNSET = {
  LLM_BASE: '',
  LLM_API: '',
  LLM_API_KEY: '',
  MODEL_PLAN: '',
  MODEL_PATCH: '',
  SENTRIES_RECORD: '',
  SENTRIES_REPLAY: '',
};

/** The command as it is installed. */
export const main = (): string => join(workspace.root, SENTRIES);

export const sentries = (args: string, env: NodeJS.ProcessEnv = {}, folder = '.'): Promise<Ended> =>
  workspace.sentries(args.split(' '), folder, { ...UNSET, ...env });

/** The variables of somebody who uses the models that the scripted servers have. */
export const using = (
  { base }: { base: string },
  more: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv => ({
  LLM_BASE: base,
  MODEL_PLAN: 'planner',
  MODEL_PATCH: 'coder:7b',
  ...more,
});
