import { answerOf } from './clean';
import { readJson } from './json';
import { orRefusal, Refused, type Refusal } from './refusal';

/** What the planner says of a failure. */
export interface Plan {
  readonly verdict: 'stale-test' | 'stale-docs' | 'product-bug' | 'cannot-tell';
  readonly reason: string;
  readonly steps: readonly string[];
}

const VERDICTS: readonly (readonly [Plan['verdict'], RegExp])[] = [
  ['stale-test', /^(?:the )?(?:test )?(?:is )?(?:stale|outdated|obsolete)(?: test)?$/],
  [
    'stale-docs',
    /^(?:the )?(?:doc(?:s|umentation)?|text) (?:is |are )?(?:stale|outdated|obsolete)$|^(?:stale|outdated|obsolete) (?:doc(?:s|umentation)?|text)$/,
  ],
  [
    'product-bug',
    /^(?:a )?(?:suspected |likely |possible |real )?(?:product bug|bug|regression|product regression|code bug|source bug)$/,
  ],
  [
    'cannot-tell',
    /^(?:cannot tell|can t tell|can not tell|cant tell|unknown|unclear|unsure|uncertain|undecided)$/,
  ],
];

const MOST_CHARACTERS = 100_000;
const MOST_STEPS = 20;
const LONGEST = 600;

/** The planner's verdict, from JSON as models write it, or from lines that say the same. */
export function readPlan(reply: string): Plan | Refusal {
  return orRefusal(() => {
    const answer = answerOf(reply);
    if (answer.length > MOST_CHARACTERS)
      throw new Refused('too-long', 'Your reply is far too long. Answer briefly.');
    const { values, isUnfinished } = readJson(answer);
    if (isUnfinished)
      throw new Refused(
        'unfinished',
        'Your JSON is not complete. Answer with one short JSON object.',
      );
    const objects = values.flatMap((value) => verdictsIn(value, 0));
    const plans = (objects.length > 0 ? objects : linesOfVerdict(answer)).map(planOf);
    const [last] = plans.slice(-1);
    if (!last) throw new Refused('nothing-found', `Your reply holds no verdict. ${ASK}`);
    if (plans.some(({ verdict }) => verdict !== last.verdict)) {
      throw new Refused('ambiguous', 'Your reply holds several verdicts. Decide on one.');
    }
    return last;
  });
}

const ASK =
  'Send {"verdict":"stale-test" or "product-bug" or "cannot-tell","reason":"…","steps":["…"]}.';

type Fields = Readonly<Record<string, unknown>>;

/** The objects that state a verdict, wherever they are. */
function verdictsIn(value: unknown, depth: number): Fields[] {
  if (typeof value !== 'object' || value === null || depth > 4) return [];
  if (Array.isArray(value)) return value.flatMap((item) => verdictsIn(item, depth + 1));
  const fields = Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key.trim().toLowerCase(), field as unknown]),
  );
  const verdict = firstOf(fields, ['verdict', 'decision', 'diagnosis', 'classification']);
  if (typeof verdict === 'string') return [{ ...fields, verdict }];
  return Object.values(fields).flatMap((field) => verdictsIn(field, depth + 1));
}

/** `Verdict: stale test`, then numbered lines. */
function linesOfVerdict(answer: string): Fields[] {
  const field = (name: string): string | undefined =>
    new RegExp(`^[ \\t#*_>-]{0,20}${name}[ \\t*_]{0,20}:[ \\t*_]{0,20}(\\S.{0,1000})`, 'im').exec(
      answer,
    )?.[1];
  const verdict = field('verdict');
  if (verdict === undefined) return [];
  const steps = [...answer.matchAll(/^[ \t]{0,20}\d{1,3}[.)][ \t]{1,8}(\S.{0,1000})/gm)].map(
    ([, step]) => step,
  );
  return [{ verdict, reason: field('reason'), steps }];
}

function planOf(fields: Fields): Plan {
  const said = String(fields['verdict'])
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, ' ')
    .trim();
  const verdict = VERDICTS.find(([, pattern]) => pattern.test(said))?.[0];
  if (!verdict) {
    throw new Refused(
      'nothing-found',
      `${JSON.stringify(String(fields['verdict']).slice(0, 80))} is no verdict. ${ASK}`,
    );
  }
  const reason = firstOf(fields, ['reason', 'explanation', 'rationale', 'reasoning', 'why']);
  const steps = firstOf(fields, ['steps', 'plan', 'actions', 'fix']);
  return { verdict, reason: sentence(reason) ?? '', steps: stepsOf(steps).slice(0, MOST_STEPS) };
}

function stepsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n').flatMap((line) => stepsOf([line]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value as Fields).flatMap((item) => {
    const text =
      typeof item === 'object' && item !== null
        ? firstOf(item as Fields, ['step', 'description', 'action', 'text', 'do'], 'string')
        : item;
    const step = sentence(text)?.replace(/^(?:step\s*)?\d+\s*[.):]\s*|^[-*]\s+/i, '');
    return step ? [step] : [];
  });
}

function firstOf(fields: Fields, names: readonly string[], type?: 'string'): unknown {
  const name = names.find((one) =>
    type ? typeof fields[one] === type : fields[one] !== undefined && fields[one] !== null,
  );
  return name === undefined ? undefined : fields[name];
}

/** Text on one line, bounded. */
function sentence(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return value.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST);
}
