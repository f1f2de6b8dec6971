import type { Settings } from '../config/settings';
import type { Repository } from '../git/repository';
import { buildBranch } from './branch';
import type { Composition } from './composition';
import type { Forge, PullRequest } from './forge/forge';
import { metadataIn, withMetadata } from './metadata';
import type { Step } from './plan';
import type { Remote } from './remote';

/** What steps are carried out with. */
export interface Stage {
  readonly repository: Repository;
  readonly remote: Remote;
  readonly forge: Forge;
  readonly settings: Settings['publish'];
  /** Undefined where no patch is needed: then no step asks for it. */
  readonly composition: Composition | undefined;
}

/**
 * Carries a step out.
 *
 * @returns what it changed: nothing where it has been said before; the pull request where it opened one.
 * @throws ForgeError, RemoteError
 */
export async function perform(stage: Stage, step: Step): Promise<PullRequest | boolean> {
  const { repository, remote, forge, settings } = stage;
  switch (step.do) {
    case 'push': {
      const { metadata, commits } = stage.composition!;
      const tip = await buildBranch(repository, metadata.head, await commits(), settings.author);
      await remote.push(step.branch, tip, step.expected);
      return true;
    }
    case 'open': {
      const { metadata, face, isGenerated } = stage.composition!;
      const { draft } = settings;
      const isDraft = draft === 'always' || (draft === 'generated' && isGenerated);
      return forge.create(step.branch, metadata.base, face, isDraft);
    }
    case 'update':
      await forge.update(step.number, stage.composition!.face);
      return true;
    case 'label':
      await forge.label(step.number, step.add, step.remove);
      return true;
    case 'say':
      return say(forge, step);
    case 'close':
      await forge.close(step.number, bodyOfEnded(step));
      return true;
    case 'delete':
      await remote.delete(step.branch, step.expected);
      return true;
  }
}

async function say(forge: Forge, { number, mark, text }: Step & { do: 'say' }): Promise<boolean> {
  const hidden = `<!-- sentries:${mark} -->`;
  const said = await forge.comments(number);
  if (said.some((comment) => comment.includes(hidden))) return false;
  await forge.comment(number, `${text}\n\n${hidden}`);
  return true;
}

/** That we closed it, and why, stands in its metadata: what a person closes has no such word. */
function bodyOfEnded({ body, why }: Step & { do: 'close' }): string {
  const metadata = metadataIn(body);
  return metadata ? withMetadata(body, { ...metadata, ended: why }) : body;
}
