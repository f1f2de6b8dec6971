import { run, step } from './lines';

/**
 * Finds the commits between which a change lies, and writes them to the outputs of the step (`base`, `head`).
 * `ASKED` is where the change is to start: the base of a pull request, what a branch was before a push, or what a
 * person asked for. It may be no commit here: all zeros for a new branch, one that was pushed over, or nothing.
 */
export const CHANGE_RANGE = `commit() { git rev-parse --quiet --verify --end-of-options "$1^{commit}"; }
head=$(commit HEAD)
asked=$(commit "$ASKED" || commit "origin/$ASKED" || true)
base=""
if [ -n "$asked" ]; then base=$(git merge-base "$asked" "$head" || true); fi
# Started by hand on the default branch itself, which has changed nothing since itself.
if [ "$base" = "$head" ] && [ "$EVENT" = workflow_dispatch ]; then base=""; fi
if [ -z "$base" ]; then
  base=$(commit HEAD~1 || echo "$head")
  echo "::notice::Where the change starts is not known here (\${ASKED:-nothing}): the last commit is taken."
fi
echo "base=$base" >> "$GITHUB_OUTPUT"
echo "head=$head" >> "$GITHUB_OUTPUT"
`;

/** The step that finds them. */
export const rangeStep = (): string[] =>
  step('Find where the change starts', [
    'id: range',
    'env:',
    '  EVENT: ${{ github.event_name }}',
    '  ASKED: ${{ github.event.pull_request.base.sha || github.event.before || inputs.base || github.event.repository.default_branch }}',
    ...run(CHANGE_RANGE),
  ]);
