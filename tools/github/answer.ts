import type { ApiError } from './api-error';
import { documentation } from './faults';
import type { Reply } from './operations/operation';

/** A reply as it is sent. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Cuts the page out of a list, and says where the others are. */
export function paged(
  reply: Reply,
  query: Readonly<Record<string, string | number | undefined>>,
  url: string,
): Answer {
  if (!('list' in reply)) return { headers: {}, ...reply };
  const size = Math.min(100, Number(query['per_page'] ?? 30));
  const page = Number(query['page'] ?? 1);
  const last = Math.max(1, Math.ceil(reply.list.length / size));
  const link = (to: number, rel: string): string[] => {
    const search = new URLSearchParams({ ...(query as Record<string, string>), page: String(to) });
    return [`<${url}?${search.toString()}>; rel="${rel}"`];
  };
  const links = [
    ...(page > 1 ? link(page - 1, 'prev') : []),
    ...(page < last ? [...link(page + 1, 'next'), ...link(last, 'last')] : []),
    ...(page > 1 ? link(1, 'first') : []),
  ];
  return {
    status: 200,
    body: reply.list.slice((page - 1) * size, page * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}

/** An error in the form in which GitHub sends it. */
export function errorBody({ status, message, errors }: ApiError): object {
  return {
    message,
    ...(errors === undefined ? {} : { errors }),
    documentation_url: documentation(message),
    status: String(status),
  };
}
