/** A pull request of ours, as the server has it. */
export interface PullRequest {
  readonly number: number;
  /** For people. */
  readonly url: string;
  readonly title: string;
  readonly body: string;
  /** The branch it brings, and its newest commit. */
  readonly branch: string;
  readonly commit: string;
  /** The branch that it is for. */
  readonly base: string;
  readonly draft: boolean;
  readonly labels: readonly string[];
  readonly state: 'open' | 'closed' | 'merged';
  /** ISO 8601. */
  readonly createdAt: string;
}

/** What a pull request says of itself. */
export interface Face {
  readonly title: string;
  readonly body: string;
}

/**
 * Where pull requests live. All that is asked of it can be asked again: whoever writes looks first at what is
 * there.
 *
 * @throws ForgeError from everything here.
 */
export interface Forge {
  /** `owner/name`. */
  readonly repository: string;
  /** Open pull requests for a branch, or for all of them, that come from branches of ours in the repository itself. */
  open(base?: string): Promise<PullRequest[]>;
  /** Ended ones from branches of ours, the newest first, among the last 500 of the repository. */
  ended(): Promise<PullRequest[]>;
  /** All that were ever made from a branch. */
  from(branch: string): Promise<PullRequest[]>;
  /** That of a number, whoever opened it. Asked once, as {@link having}: what asks does not wait. */
  numbered(number: number): Promise<PullRequest>;
  /**
   * Those that a commit belongs to, whoever opened them: open ones, or, of the default branch, the one that brought it.
   * https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit
   */
  having(commit: string): Promise<PullRequest[]>;
  create(branch: string, base: string, face: Face, draft: boolean): Promise<PullRequest>;
  update(number: number, face: Partial<Face>): Promise<void>;
  close(number: number, body: string): Promise<void>;
  /** Makes the labels that are not there yet. */
  label(number: number, add: readonly string[], remove: readonly string[]): Promise<void>;
  comments(number: number): Promise<string[]>;
  comment(number: number, text: string): Promise<void>;
}
