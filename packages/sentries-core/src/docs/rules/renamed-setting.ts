import type { LiteralChange } from '../../change/literals';
import type { Settings } from '../code/settings';
import type { Reference } from '../reference';
import { replacement, type DocRule } from './rule';

/** An option of a command line, or a variable of the environment, that has another name now. */
export const renamedSetting: DocRule = {
  id: 'doc-renamed-setting',
  propose(stale, context) {
    const { reference, was } = stale;
    const { kind } = reference;
    if ((kind !== 'option' && kind !== 'env') || reference.text !== was.name) return undefined;
    const { change, base, head } = context;
    const exchanged = change.literals.filter(
      (literal) => literal.kind === 'string' && literal.old === was.name,
    );
    const [now, ...others] = new Set(exchanged.map((literal) => literal.new));
    const what = kind === 'option' ? 'option' : 'variable';
    if (now === undefined) return { refused: `the change removed the ${what} ${was.name}` };
    if (others.length > 0)
      return { refused: `${was.name} may be any of ${[now, ...others].join(', ')} now` };
    const isOne = kind === 'option' ? /^--?[A-Za-z][\w-]*$/ : /^[A-Z][A-Z0-9_]*$/;
    if (!isOne.test(now) || !has(head.settings, kind, now) || has(base.settings, kind, now))
      return { refused: `nothing says that ${now} is what ${was.name} was` };
    return {
      strategy: this.id,
      tier: 'explained',
      operations: [replacement(reference, now, context)],
      evidence: exchanged.slice(0, 1).flatMap(lines),
      causes: [],
      says: `the ${what} ${was.name} is called ${now}`,
      leadsTo: now,
    };
  },
};

const has = (settings: Settings, kind: Reference['kind'], name: string): boolean =>
  kind === 'option' ? settings.options.has(name) : settings.variable(name) !== undefined;

const lines = (literal: LiteralChange) => [
  {
    file: literal.file,
    line: literal.oldLine,
    side: 'base' as const,
    text: literal.oldText,
    says: `${literal.old} stood here`,
  },
  {
    file: literal.file,
    line: literal.newLine,
    side: 'head' as const,
    text: literal.newText,
    says: `${literal.new} stands here now`,
  },
];
