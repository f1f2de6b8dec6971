import type { ConfigFile } from './schema';

/** All keys of a section and of those in it, set. */
type Complete<T> = { readonly [K in keyof T]-?: Complete<NonNullable<T[K]>> };
type Sections = Omit<ConfigFile, '$schema'>;

/** What has no default: left out, it is found out. */
type Found = 'api' | 'format';
type Model = Complete<NonNullable<Sections['model']>>;
type Publish = Complete<NonNullable<Sections['publish']>>;

/** Texts outside of projects that some projects look after. */
export interface WorkspaceDocs {
  /** Files, folders or globs, from the workspace root. */
  readonly paths: readonly string[];
  /** Names of the projects. */
  readonly projects: readonly string[];
}

export interface Settings {
  readonly docs: { readonly workspace: readonly WorkspaceDocs[] };
  readonly model: Omit<Model, Found> & Partial<Pick<Model, Found>> & { readonly apiKey?: string };
  readonly publish: Omit<Publish, 'repository' | 'author'> &
    Partial<Pick<Publish, 'repository'>> & {
      readonly author?: Publish['author'];
      readonly token?: string;
    };
}

export const DEFAULT_SETTINGS: Settings = {
  model: {
    base: 'http://127.0.0.1:11434',
    plan: 'llama3.1:8b-instruct-q4_K_M',
    patch: 'deepseek-coder:6.7b-instruct-q5_K_M',
    contextTokens: 8192,
    replyTokens: 2048,
    firstTokenTimeout: 180,
    totalTimeout: 600,
    // Loading a model takes longer than most replies, and the planner's and the patcher's take turns.
    keepAlive: '10m',
    perFailure: { requests: 8, tokens: 40_000, seconds: 900 },
    perTask: { requests: 60, tokens: 300_000, seconds: 3600 },
  },
  publish: {
    apiUrl: 'https://api.github.com',
    remote: 'origin',
    metadataFile: '.sentries-metadata.json',
    draft: 'generated',
    maxOpen: 10,
    maxPerHour: 5,
  },
  docs: { workspace: [] },
};

/** Environment variable → the setting that it gives. */
export const VARIABLES: Readonly<Record<string, string>> = {
  LLM_BASE: 'model.base',
  LLM_API: 'model.api',
  LLM_API_KEY: 'model.apiKey',
  MODEL_PLAN: 'model.plan',
  MODEL_PATCH: 'model.patch',
  GITHUB_TOKEN: 'publish.token',
  GITHUB_REPOSITORY: 'publish.repository',
  GITHUB_API_URL: 'publish.apiUrl',
};

/** Settings that are never shown. */
export const SECRETS: ReadonlySet<string> = new Set(['model.apiKey', 'publish.token']);

/** Settings that may hold a password, which is never shown. */
export const ADDRESSES: ReadonlySet<string> = new Set(['model.base', 'publish.apiUrl']);

/** The globs, from the workspace root, of the texts outside of a project that tell of it. */
export const globsOf = (lists: readonly WorkspaceDocs[], project: string): string[] => [
  ...new Set(
    lists.filter(({ projects }) => projects.includes(project)).flatMap(({ paths }) => paths),
  ),
];
