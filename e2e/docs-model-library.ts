import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DocRequest, RunRecord } from 'sentries-core';
import type {
  Behaviour,
  ScriptedServer,
} from '../packages/sentries-core/src/model/endpoint/model-server.fixture';
import type { Files, Workspace } from '../tools/workspace';
import { docSentry, documented } from './docs-library';
import { block, environment, modelServer, planned } from './model';

const JOBS = (run: string, push: string, body: string): string =>
  `"""Jobs."""\n\n\ndef ${run}(job, times):\n    for _ in range(times):\n        job()\n    return times\n\n\n` +
  `def ${run}_twice(job):\n    return ${run}(job, 2)\n\n\n` +
  `class Queue:\n    def __init__(self):\n        self.jobs = []\n\n    def ${push}(self, job):\n        ${body}\n\n\ndef later(queue, job):\n    queue.${push}(job)\n`;

const BASE: Files = {
  'lib/src/acme/money.py':
    'def convert(amount, unit):\n    return f"{amount} {unit}"\n\n\n' +
    'def split(amount, parts):\n    share = amount / parts\n    return [share] * parts\n\n\n' +
    'def double(amount):\n    return amount * 2\n\n\n' +
    'def legacy_total(amounts):\n    return sum(amounts)\n\n\n' +
    'def rate(unit, day=0):\n    """The rate.\n\n    Args:\n        unit (str): Of what.\n        day (int): On which day,\n            counted from 0.\n    """\n    return len(unit) + day\n\n\n' +
    'def fmt(amount):\n    return str(amount)\n\n\n' +
    'class Rounder:\n    def __init__(self, digits):\n        self.digits = digits\n',
  'lib/src/acme/billing.py':
    'from acme.money import Rounder, convert\n\n\ndef bill(amount, unit):\n    return convert(amount, unit)\n\n\ndef rounder(digits):\n    return Rounder(digits)\n',
  'lib/src/acme/jobs.py': JOBS('run', 'push', 'self.jobs.append(job)'),
  'lib/docs/guide.md': '# Guide\n\nNothing here.\n',
  'lib/docs/api.rst': 'API\n===\n\nNothing here.\n',
  'lib/docs/old.md': '# Old\n',
};

/**
 * `run` is renamed, `split` moves to another module, `convert`, `Rounder` and `Queue.push` make way for others that the
 * change uses in their places, `fmt` for one that the changelog names, and `legacy_total`, the parameter `day` and a page go for good.
 */
const HEAD: Files = {
  'lib/src/acme/money.py':
    'def exchange(amount, unit):\n    table = {"amount": amount}\n    table["unit"] = unit\n    return table\n\n\n' +
    'def double(amount):\n    return amount * 2\n\n\n' +
    'def rate(unit):\n    """The rate.\n\n    Args:\n        unit (str): Of what.\n        day (int): On which day,\n            counted from 0.\n    """\n    return len(unit)\n\n\n' +
    'def format_amount(amount, places=2):\n    return f"{amount:.{places}f}"\n\n\n' +
    'def settle(amount):\n    return -amount\n\n\n' +
    'def evenly(digits):\n    return lambda amount: round(amount, digits)\n',
  'lib/src/acme/fx.py':
    'def split(amount, parts):\n    share = amount / parts\n    return [share] * parts\n',
  'lib/src/acme/billing.py':
    'from acme.money import evenly, exchange\n\n\ndef bill(amount, unit):\n    return exchange(amount, unit)\n\n\ndef rounder(digits):\n    return evenly(digits)\n',
  'lib/src/acme/jobs.py': JOBS(
    'execute',
    'put',
    'self.jobs.insert(0, job)\n        return len(self.jobs)',
  ),
  'lib/CHANGELOG.md':
    '# Changelog\n\n## 2.0\n\n- `fmt` is called `format_amount`.\n\n## 1.0\n\n- Adds `acme.money.convert` and `acme.rates`.\n',
};

/** What one page says before the change, and what a model sends for it. */
export interface PageStory {
  /** `docs/guide.md` where left out; of the docstring of `rate` it is what stands there. */
  readonly path?: string;
  readonly page?: string;
  /** Lines of the page, and what the model puts in their place. */
  readonly edits: readonly (readonly [string, string])[];
}

/** A page of one line, and what it is to become. */
export const line = (old: string, now: string): PageStory & { is: string } => ({
  page: `# Guide\n\n${old}\n`,
  edits: [[old, now]],
  is: `# Guide\n\n${now}\n`,
});

/** What no rule can mend, and a model can. */
export const PAGE = 'Call `acme.money.convert` 3 times, it must not fail.';
export const MENDED = PAGE.replace('convert', 'exchange');
export const STORY = line(PAGE, MENDED);

/** What a model was told. */
export function promptOf(body: Readonly<Record<string, unknown>>): string {
  return (body['messages'] as { content: string }[])[1]!.content;
}

/** The library after its change, with one page about it. */
function changedLibrary({ path = 'docs/guide.md', page }: Partial<PageStory>): Workspace {
  const workspace = documented({
    ...BASE,
    ...(page !== undefined && { [`lib/${path}`]: page }),
    'lib/README.md': '# acme\n',
    ...(path !== 'docs/api.rst' && { 'lib/docs/api.rst': 'API\n===\n' }),
  });
  workspace.write(HEAD);
  rmSync(join(workspace.root, 'lib/docs/old.md'));
  return workspace;
}

export const verdict = (kind = 'stale-docs', reason = 'the name is another one'): Behaviour =>
  planned(kind, reason);

/** Blocks of one reply. */
export function edit(file: string, edits: PageStory['edits']): Behaviour {
  const replies = edits.map(([find, replace]) => {
    const behaviour = block(find, replace, `lib/${file}`);
    return 'reply' in behaviour ? behaviour.reply : '';
  });
  return { reply: replies.join('\n') };
}

interface Told {
  readonly record: RunRecord;
  readonly asked: ScriptedServer['asked'];
  readonly workspace: Workspace;
  /** The page with the patch in it. */
  readonly page: () => string;
}

const known = new Map<string, Workspace>();

/** A run changes nothing but its artifacts: the same page needs one workspace. */
export function libraryFor({ path, page }: Partial<PageStory>): Workspace {
  const key = JSON.stringify([path, page]);
  const workspace = known.get(key) ?? changedLibrary({ path, page });
  known.set(key, workspace);
  return workspace;
}

/** Runs the sentry on one page, with a model that says this. */
export async function told(
  story: Partial<PageStory>,
  behaviours: readonly Behaviour[],
  { extra, ...request }: Partial<DocRequest> & { extra?: Record<string, string> } = {},
): Promise<Told> {
  const { path = 'docs/guide.md' } = story;
  const workspace = libraryFor(story);
  const server = await modelServer(...behaviours);
  const isModule = path.endsWith('.py');
  const record = await docSentry(workspace, {
    // A rule mends the docstring, too: there the model is asked alone.
    strategy: isModule ? 'model' : 'auto',
    attempts: 1,
    docPaths: isModule ? [] : [path],
    docstrings: isModule,
    environment: { ...environment(server.base), ...extra },
    ...request,
  });
  const page = (): string => {
    const patch = '.sentries/acme/sentry-doc/changes.patch';
    if (record.patch) workspace.git('apply', patch);
    const text = readFileSync(join(workspace.root, 'lib', path), 'utf8');
    if (record.patch) workspace.git('apply', '--reverse', patch);
    return text;
  };
  return { record, asked: server.asked, workspace, page };
}
