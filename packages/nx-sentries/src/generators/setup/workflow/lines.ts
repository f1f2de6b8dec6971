/** Lines of YAML, without the indent of the place that they get. */
export type Lines = readonly string[];

/** Lines below another one. */
export const indented = (lines: Lines, by = 2): string[] =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));

/** A step of a job: its name, then the rest of it. */
export const step = (name: string, rest: Lines): string[] => [`- name: ${name}`, ...indented(rest)];

/** A job: its id and name, what it is run on and with, and its steps. */
export const job = (
  id: string,
  name: string,
  { head, steps }: { readonly head: Lines; readonly steps: Lines },
): string[] => [`${id}:`, ...indented([`name: ${name}`, ...head, 'steps:', ...indented(steps)])];

/** A script in a step, as it is. */
export const run = (script: string): string[] => {
  const lines = script.trimEnd().split('\n');
  return lines.length === 1 ? [`run: ${lines[0]!}`] : ['run: |', ...indented(lines)];
};

/** A text as a value of YAML; quoted where YAML might read it otherwise. */
export const quoted = (text: string): string =>
  /^\.?[A-Za-z][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : `'${text.replaceAll("'", "''")}'`;

/** A text as one word of a shell. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
