import { posix } from 'node:path';
import type { ProjectCode } from '../code/project-code';
import { labelKey, placeOf } from '../code/pages';
import type { Reference, Resolution } from '../reference';

const NOT_OURS = (why: string): Resolution => ({ kind: 'not ours', why });

/** The page and the anchor that a link means; undefined where it is no page of Markdown by its path. */
export function anchorTarget({
  file,
  name,
}: Reference): { readonly page: string; readonly anchor: string } | undefined {
  const at = name.indexOf('#');
  const [path, anchor] = [decoded(name.slice(0, at)), decoded(name.slice(at + 1))];
  const page = path === '' ? file : posix.join(posix.dirname(file), path);
  const isPlain = !/^[a-z][a-z0-9+.-]*:|^\/|[?{}<>]/i.test(path);
  return isPlain && /\.(md|markdown)$/i.test(page) ? { page, anchor } : undefined;
}

/** Anchors that tools make of other things than headings. */
const OF_TOOLS = /^(fn|fnref|__|L\d|top$|toc$|readme$|:~:)|[.:/!=?]/i;

/** The anchor of a link, or the label of a `:ref:`. */
export function resolveAnchor(reference: Reference, code: ProjectCode): Resolution {
  if (reference.context.markup === 'ref') return resolveLabel(reference, code);
  const target = anchorTarget(reference);
  const { pages } = code;
  if (!target || !pages.has(target.page)) return NOT_OURS('it leads to no page of the project');
  const { page, anchor } = target;
  const anchors = pages.anchors(page);
  const place = placeOf(anchors, anchor);
  if (place) {
    const name = `${page}#${anchor}`;
    return { kind: 'found', symbol: { kind: 'heading', name, file: page, line: place.line } };
  }
  if (OF_TOOLS.test(anchor) || !/[\p{L}\p{N}]/u.test(anchor))
    return NOT_OURS('a tool may have made it');
  if (anchors.isOpen) return NOT_OURS('its page holds more than its text says');
  return {
    kind: 'broken',
    reason: `${page} has no heading for it`,
    holder: null,
    candidates: [],
    certainty: 'sure',
  };
}

/** Labels may be another project's, or made by an extension: none is broken for sure. */
function resolveLabel({ name }: Reference, { pages, modules }: ProjectCode): Resolution {
  const key = labelKey(name);
  const label = pages.labels.get(key);
  if (label) {
    const { file, line } = label;
    return { kind: 'found', symbol: { kind: 'label', name: key, file, line } };
  }
  const isMade = /^(genindex|modindex|py-modindex|search)$|^sphx_|:/.test(key);
  const isInDocstring = [...modules.values()].some(({ source }) =>
    source.text.toLowerCase().includes(`.. _${key}:`),
  );
  if (isMade || isInDocstring) return NOT_OURS('a tool may have made it');
  return {
    kind: 'broken',
    reason: `no page has the label ${key}`,
    holder: null,
    candidates: [],
    certainty: 'likely',
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
