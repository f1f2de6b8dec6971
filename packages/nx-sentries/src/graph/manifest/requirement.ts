import { posix } from 'node:path';
import type { Requirement } from './facts';

/** A requirement apart from the line it stands on. */
type Wanted = Omit<Requirement, 'line'>;

/** PEP 503: lower case, and one dash for each run of `-`, `_` and `.`. */
export function normalise(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** PEP 508: a name, extras, and an address after `@`. What follows the name of a path or an address is not one. */
const NAMED =
  /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)(?![\w./\\:+])\s*(?:\[[^\]]*\])?\s*(?:@\s*(\S+))?/;

/**
 * Reads a requirement as PEP 508 (https://peps.python.org/pep-0508/) and the lines of a requirements file
 * (https://pip.pypa.io/en/stable/reference/requirements-file-format/) write it; undefined where it names
 * neither a distribution nor a path of this disk.
 */
export function readRequirement(written: string): Wanted | undefined {
  const editable = /^\s*(?:-e|--editable)[\s=]*/.exec(written)?.[0] ?? '';
  const text = written.slice(editable.length).trim();
  const [, name, address] = NAMED.exec(text) ?? [];
  // A lone name after `-e` is a folder.
  if (name !== undefined && (editable === '' || address !== undefined)) {
    return wanted(name, address === undefined ? undefined : localPath(address));
  }
  const reference = /^\S*/.exec(text)![0];
  if (editable === '' && !/[\\/]|^\.|^file:/.test(reference)) return undefined;
  const found = wanted(/[#&]egg=([\w.-]+)/.exec(reference)?.[1], localPath(reference));
  return found.distribution === undefined && found.path === undefined ? undefined : found;
}

function wanted(name: string | undefined, path: string | undefined): Wanted {
  return {
    ...(name !== undefined && { distribution: normalise(name) }),
    ...(path !== undefined && { path }),
  };
}

/**
 * The path that a reference means, from the manifest's folder: of a bare path with or without extras, a
 * `file:` address, and one that begins with the project's folder as pdm (`${PROJECT_ROOT}`) or hatch
 * (`{root:uri:../lib}`, `{root:parent:uri}/lib`) write it. Undefined for all that lies elsewhere: another
 * scheme, an absolute path.
 */
export function localPath(reference: string): string | undefined {
  const path = reference
    .replace(/[#?].*$/, '')
    .replace(/\[[^\]]*\]$/, '')
    .replaceAll('\\', '/')
    .replace(/^file:(?:\/\/)?/, '')
    .replace(/^\/?\$\{PROJECT_ROOT\}/, '.')
    .replace(/^\/?\{root((?::[^:}]*)*)\}/, (_, modifiers: string) =>
      ['.', ...steps(modifiers)].join('/'),
    );
  if (path === '' || /^(?:\/|~|[A-Za-z][\w+.-]*:)|[${}]/.test(path)) return undefined;
  return posix.normalize(path).replace(/(?<=.)\/$/, '');
}

/** What hatch's modifiers do to a folder: https://hatch.pypa.io/latest/config/context/ */
function steps(modifiers: string): string[] {
  return modifiers
    .split(':')
    .map((modifier) => (modifier === 'parent' ? '..' : modifier))
    .filter((step) => step !== '' && step !== 'uri' && step !== 'real');
}

/** The module of an entry point, `acme.cli` of `acme.cli:main [extra]`; undefined where it is none. */
export function entryModule(reference: string): string | undefined {
  return /^\s*([A-Za-z_][\w.]*)\s*(?:[:[]|$)/.exec(reference)?.[1];
}
