import { structureOf } from '../docs/pieces';
import { referencesIn } from '../docs/read/document';
import type { Reference } from '../docs/reference';
import { resolve } from '../docs/resolve/resolve';
import type { DocContext } from '../docs/rules/rule';
import type { FileEdit, PatchSection } from '../patch/unified-diff';
import { groupsOf } from '../patch/groups';
import { decodeSource } from '../python/text';
import { unparsed, type Edited } from '../verify/parsed';
import { senseDocs } from './docs/sense';
import { workspaceDocs } from './docs/workspace-docs';
import { interpreterOf } from './project';
import type { DocRequest } from './request';
import { Stopwatch } from './stopwatch';
import { disproved, type Opened } from './verify-artifacts';

/**
 * Reads the pages that a patch of `sentry-doc` edits once more: no rule and no model is asked, and no example is run.
 *
 * @returns what was seen, in one sentence.
 * @throws PatchError where the pages do not bear the patch out.
 * @throws EnvironmentError where there is no interpreter to ask.
 */
export async function verifyDocs(
  request: DocRequest,
  { record, edits, sections, range }: Opened,
): Promise<string> {
  const texts = await workspaceDocs(request);
  const outdated = await senseDocs(request, range, texts, new Stopwatch());
  const lines = new Set(outdated?.stale.map(({ reference: { file, line } }) => `${file}:${line}`));
  const repaired = record.failures.filter(({ outcome }) => outcome === 'repaired');
  const stale = repaired.filter(({ exception: { type } }) => type === 'StaleReference');
  const unknown = stale.find(({ place }) => !place || !lines.has(`${place.file}:${place.line}`));
  if (!outdated || unknown)
    throw disproved(`nothing is stale at ${unknown?.id ?? 'any place that it edits'}`);
  const read = edits.map((edit, at) => {
    return readAnew(edit, linesPutIn(sections[at]!), outdated.context);
  });
  const asked = read.flatMap(({ texts: own }) => own);
  const reasons = await unparsed(await interpreterOf(request), asked);
  const reason = reasons.find((one) => one !== null);
  if (reason !== undefined && reason !== null)
    throw disproved(`with it the interpreter does not read the same: ${reason}`);
  const references = read.reduce((sum, one) => sum + one.references, 0);
  return `${references} references stand on the changed lines, and none leads nowhere; the pages are built as before, and what is Python in them parses`;
}

/** The lines of the new file, from 1, that a section of a patch puts in. */
function linesPutIn(section: PatchSection): Set<number> {
  const lines = new Set<number>();
  let shift = 0;
  for (const { line, added, removed } of groupsOf(section)) {
    for (const at of added.keys()) lines.add(line + shift + at);
    shift += added.length - removed.length;
  }
  return lines;
}

/** What an edited page shows. @param changed Its lines, as {@link linesPutIn} tells them. */
function readAnew(
  { path, before, after }: FileEdit,
  changed: ReadonlySet<number>,
  { head }: DocContext,
): { readonly references: number; readonly texts: readonly Edited[] } {
  const [old, now] = [decodeSource(before).text, decodeSource(after).text];
  const module = head.moduleOf(path)?.name ?? null;
  const isBroken = (one: Reference): boolean => resolve(one, head).kind === 'broken';
  const all = referencesIn(path, now, module);
  const touched = all.filter(({ line }) => changed.has(line));
  const broken = all.filter(isBroken);
  const was = referencesIn(path, old, module).filter(isBroken);
  const astray = touched.find(isBroken);
  if (astray)
    throw disproved(`with it ${path}:${astray.line} names ${astray.text}, which leads nowhere`);
  if (broken.length > was.length) throw disproved(`with it more of ${path} leads nowhere`);
  const [shape, other] = [structureOf(path, old), structureOf(path, now)];
  if (!isPartOf(other.shape, shape.shape)) throw disproved(`it changes how ${path} is built`);
  const examples =
    shape.examples.length === other.examples.length
      ? other.examples.map((text, at): Edited => ({
          ...{ kind: 'example', before: shape.examples[at]!, after: text },
        }))
      : [];
  const modules: Edited[] = path.endsWith('.py')
    ? [{ kind: 'module', before: old, after: now }]
    : [];
  return { references: touched.length, texts: [...modules, ...examples] };
}

/** True where nothing is new, and what is left stands in the same order. */
function isPartOf(some: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const one of all) if (one === some[at]) at += 1;
  return at === some.length;
}
