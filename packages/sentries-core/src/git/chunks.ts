/** Keeps a command line within what every system takes. */
const AT_ONCE = 200;

export function* chunks(paths: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < paths.length; at += AT_ONCE) yield paths.slice(at, at + AT_ONCE);
}
