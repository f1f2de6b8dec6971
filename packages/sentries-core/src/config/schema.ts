import { z } from 'zod';

/*
 * What `sentries.config.json` may say: the one description of its keys. The published JSON Schema, the
 * checks and the reference in the docs are made from it. Secrets are no keys: they come from the environment.
 */

const seconds = z.number().positive();
const count = z.int().positive();

const limits = z
  .strictObject({
    requests: count.describe('Requests to a model.'),
    tokens: count.describe('Tokens of prompts and replies, together.'),
    seconds: seconds.describe('Seconds spent waiting for a model.'),
  })
  .partial();

const model = z
  .strictObject({
    base: z.url({ protocol: /^https?$/ }).describe('Where the models are served.'),
    api: z
      .enum(['ollama', 'openai'])
      .describe('What the server speaks. Found by asking where it is left out.'),
    plan: z.string().min(1).describe('The model that judges a failure and plans its repair.'),
    patch: z.string().min(1).describe('The model that writes the edit.'),
    contextTokens: count.describe('Tokens that a prompt and its reply may have together.'),
    replyTokens: count.describe('Tokens that a reply may have.'),
    format: z
      .enum(['json', 'blocks', 'function'])
      .describe(
        'How the patcher writes edits. `sentries doctor` shows which formats a model handles.',
      ),
    firstTokenTimeout: seconds.describe(
      'Seconds to the first token; a model may have to be loaded.',
    ),
    totalTimeout: seconds.describe('Seconds to the end of a reply.'),
    keepAlive: z.string().min(1).describe('How long Ollama keeps a model loaded, such as `5m`.'),
    perFailure: limits.describe('What one failing test may cost.'),
    perTask: limits.describe('What one task may cost.'),
  })
  .partial();

const publish = z
  .strictObject({
    repository: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/, 'write it as owner/name')
      .describe(
        'The repository on GitHub, as `owner/name`. Read from the remote where it is left out.',
      ),
    apiUrl: z
      .url({ protocol: /^https?$/ })
      .describe('Where the API of GitHub is; that of GitHub Enterprise ends with `/api/v3`.'),
    remote: z.string().min(1).describe('The git remote that branches are pushed to.'),
    author: z
      .strictObject({
        name: z.string().min(1).describe('The name that commits of a sentry carry.'),
        email: z.string().min(1).describe('The address that commits of a sentry carry.'),
      })
      .describe(
        'Who commits. Left out, whoever git is configured with; in GitHub Actions its bot.',
      ),
    metadataFile: z
      .union([z.string().regex(/^[\w.-]+\.json$/, 'name a .json file'), z.literal(false)])
      .describe(
        'A file at the root of each branch that says where it comes from; `false` for none.',
      ),
    draft: z
      .enum(['generated', 'always', 'never'])
      .describe(
        'Which pull requests are opened as drafts: those with edits that a model wrote, all, or none.',
      ),
    maxOpen: count.describe('Pull requests of a sentry that may be open at a time.'),
    maxPerHour: count.describe('Pull requests that a sentry may open within an hour.'),
  })
  .partial();

const insideGlob = z
  .string()
  .trim()
  .min(1)
  .refine(
    (glob) => !/^([/\\!]|[A-Za-z]:)/.test(glob) && !glob.split('/').includes('..'),
    'write a path or a glob from the workspace root, inside of it',
  );

const docs = z
  .strictObject({
    workspace: z
      .array(
        z.strictObject({
          paths: z
            .array(insideGlob)
            .min(1)
            .describe('Files, folders or globs, from the workspace root.'),
          projects: z.array(z.string().min(1)).min(1).describe('Names of the projects.'),
        }),
      )
      .describe(
        'Texts outside of projects, and the projects of whose documentation they are a part: `sentry-doc` of each of ' +
          'these looks after them, too.',
      ),
  })
  .partial();

/** The file, as a user writes it. */
export const configFile = z.strictObject({
  $schema: z.string().optional(),
  model: model.optional().describe('The local model, for what rules can not repair.'),
  publish: publish.optional().describe('Branches and pull requests.'),
  docs: docs.optional().describe('Documentation.'),
});

export type ConfigFile = z.infer<typeof configFile>;

/** The JSON Schema of `sentries.config.json`, as it is published with the package. */
export function configSchema(): unknown {
  return z.toJSONSchema(configFile, { target: 'draft-2020-12' });
}
