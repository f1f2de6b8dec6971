import type { Reference } from '../reference';
import type { DocContext } from './rule';

/** Another tool's command line on the same page that is given an option or a variable of this name. */
export function otherUser(
  name: string,
  { file }: Reference,
  context: DocContext,
): string | undefined {
  const { settings } = context.head;
  const lines = name.startsWith('-')
    ? new RegExp(`(?:[\`$%] ?|^[ \\t]*)([A-Za-z][\\w./-]*(?: [^\`\\n]*?)?) ${name}(?![\\w-])`, 'gm')
    : new RegExp(`\\b${name}=[^\\s\`]*[ \\t]+([A-Za-z][^\`\\n]*)`, 'g');
  const isOwn = (command: string): boolean =>
    command
      .split(/[\s/:]+/)
      .some(
        (word) =>
          settings.commands.has(word) ||
          context.head.isOwn(word.split('.')[0]!) ||
          word.endsWith('.py'),
      );
  return [...context.text(file).matchAll(lines)]
    .map(([, command]) => command!.trim())
    .find((command) => !isOwn(command));
}
