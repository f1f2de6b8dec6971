import type { Check } from './check';
import type { Diagnosis } from './doctor';

const NAMES: Readonly<Record<Check['id'], string>> = {
  settings: 'settings',
  nx: 'Nx',
  git: 'git',
  python: 'Python',
  recording: 'recording',
  server: 'model server',
  protocol: 'protocol',
  'plan-model': 'plan model',
  'patch-model': 'patch model',
  'plan-reply': 'a verdict',
  'edit-formats': 'an edit',
  context: 'context',
};

const SIGNS: Readonly<Record<Check['status'], string>> = {
  ok: '✔',
  warning: '!',
  failed: '✘',
  skipped: '-',
};

const WIDTH = Math.max(...Object.values(NAMES).map(({ length }) => length));

/** One check, for people. */
export function checkText({ id, status, seen, hint }: Check): string {
  const line = `${SIGNS[status]} ${NAMES[id].padEnd(WIDTH)}  ${seen}`;
  return hint === undefined ? line : `${line}\n${' '.repeat(WIDTH + 4)}→ ${hint}`;
}

/** What comes after the checks, for people: the settings and the verdict. */
export function endText({ checks, settings, healthy }: Diagnosis): string {
  const width = Math.max(0, ...settings.map(({ key }) => key.length));
  const lines = settings.map(({ key, value, source }) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `  ${key.padEnd(width)}  ${value === null ? '(set, not shown)' : text}  (${source})`;
  });
  const verdict = healthy ? 'Everything that is needed works.' : brokenText(checks);
  return ['', ...(lines.length > 0 ? ['Settings:', ...lines, ''] : []), verdict].join('\n');
}

/** Those without which rules can't work either. */
const NEEDED_BY_RULES: ReadonlySet<Check['id']> = new Set(['settings', 'nx', 'git', 'python']);

function brokenText(checks: readonly Check[]): string {
  const broken = checks.filter(({ status }) => status === 'failed');
  if (broken.some(({ id }) => NEEDED_BY_RULES.has(id)))
    return 'Something that is needed is broken.';
  return 'The models are not ready. Rules go on working without them: only what no rule can repair stays red.';
}
