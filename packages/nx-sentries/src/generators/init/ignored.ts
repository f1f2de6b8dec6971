/**
 * The text of a `.gitignore` that ignores a folder at the root; the text itself where it does already.
 *
 * @param folder Its name.
 */
export function withIgnored(text: string, folder: string): string {
  const names = new Set([folder, `${folder}/`, `/${folder}`, `/${folder}/`]);
  if (text.split(/\r?\n/).some((line) => names.has(line.trim()))) return text;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const start = text === '' || text.endsWith('\n') ? text : `${text}${eol}`;
  return `${start}${folder}/${eol}`;
}
