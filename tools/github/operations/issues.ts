import { checkComment, notFound } from '../api-error';
import type { Comment, Label } from '../state';
import { created, DONE, list, ok, pullOf, type Call, type Operation } from './operation';

/** Labels and comments, and pull requests as the issues that they are as well. */
export const ISSUES: Readonly<Record<string, Operation>> = {
  'issues/get': (call) => ok(call.views.wholeIssue(call.repository, pullOf(call))),

  'issues/list-for-repo': (call) => {
    const { repository, query, views } = call;
    const { state = 'open', labels = '', direction = 'desc', creator } = query;
    const names = String(labels).toLowerCase().split(',').filter(Boolean);
    const found = repository.pulls.filter(
      (pull) =>
        (state === 'all' || state === (pull.closed === undefined ? 'open' : 'closed')) &&
        (creator === undefined || creator === pull.author.login) &&
        names.every((name) => pull.labels.some((label) => label.name.toLowerCase() === name)),
    );
    if (direction === 'desc') found.reverse();
    return list(found, (pull) => views.issue(repository, pull));
  },

  'issues/list-labels-for-repo': (call) => labels(call, call.repository.labels),

  'issues/create-label': ({ repository, body, views }) => {
    const { name, color, description } = body as Partial<Label>;
    return created(views.label(repository, repository.addLabel(name ?? '', color, description)));
  },

  'issues/get-label': (call) => ok(call.views.label(call.repository, labelOf(call))),

  'issues/update-label': (call) => {
    const label = labelOf(call);
    const {
      new_name: name,
      color,
      description,
    } = call.body as Partial<Label> & {
      new_name?: string;
    };
    if (name !== undefined) label.name = name;
    if (color !== undefined) label.color = color;
    if (description !== undefined) label.description = description;
    return ok(call.views.label(call.repository, label));
  },

  'issues/list-labels-on-issue': (call) => labels(call, pullOf(call).labels),

  'issues/add-labels': (call) => relabelled(call, 'add'),

  'issues/set-labels': (call) => relabelled(call, 'set'),

  'issues/remove-label': (call) => {
    const pull = pullOf(call);
    const label = call.repository.label(String(call.params['name']));
    const place = label === undefined ? -1 : pull.labels.indexOf(label);
    if (place < 0) throw notFound('Label does not exist');
    pull.labels.splice(place, 1);
    call.repository.touch(pull);
    return ok(pull.labels.map((one) => call.views.label(call.repository, one)));
  },

  'issues/list-comments': (call) => {
    const pull = pullOf(call);
    return list(pull.comments, (comment) => call.views.comment(call.repository, pull, comment));
  },

  'issues/create-comment': (call) => {
    const pull = pullOf(call);
    const body = textOf(call);
    const comment = call.repository.say(pull, call.user, body);
    return created(call.views.comment(call.repository, pull, comment));
  },

  'issues/get-comment': (call) => ok(commentView(call)),

  'issues/update-comment': (call) => {
    const body = textOf(call);
    const { pull, comment } = commentOf(call);
    comment.body = body;
    comment.updated = call.repository.touch(pull);
    return ok(commentView(call));
  },

  'issues/delete-comment': (call) => {
    const { pull, comment } = commentOf(call);
    pull.comments.splice(pull.comments.indexOf(comment), 1);
    return DONE;
  },
};

const labels = ({ views, repository }: Call, items: readonly Label[]) =>
  list(items, (label) => views.label(repository, label));

function labelOf({ repository, params }: Call): Label {
  const label = repository.label(String(params['name']));
  if (label === undefined) throw notFound();
  return label;
}

function relabelled(call: Call, how: 'add' | 'set') {
  const pull = pullOf(call);
  // Both forms are described: the names alone, and an object with them.
  const given = (Array.isArray(call.body) ? call.body : (call.body['labels'] ?? [])) as (
    string | { name: string }
  )[];
  const names = given.map((one) => (typeof one === 'string' ? one : one.name));
  call.repository.relabel(pull, names, how);
  return ok(pull.labels.map((label) => call.views.label(call.repository, label)));
}

function textOf({ body }: Call): string {
  const text = body['body'] as string;
  checkComment(text);
  return text;
}

const commentOf = ({ repository, params }: Call): ReturnType<Call['repository']['comment']> =>
  repository.comment(Number(params['comment_id']));

function commentView(call: Call): unknown {
  const { pull, comment }: { pull: Call['repository']['pulls'][number]; comment: Comment } =
    commentOf(call);
  return call.views.comment(call.repository, pull, comment);
}
