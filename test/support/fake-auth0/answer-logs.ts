import { problem, type Auth0Reply } from './reply.js';
import type { FakeEvent, Tenant } from './tenant.js';

const most = 100;
const longestSearch = 1_000;

/**
 * `GET /api/v2/logs`: by checkpoint where there is a `from`, and any other parameter but `take` is ignored; else by search.
 * The documentation does not say how a checkpoint past its retention is refused. Here it is 400, as for one that never was.
 */
export function answerLogs(tenant: Tenant, url: URL): Auth0Reply {
  const from = url.searchParams.get('from');
  return from === null ? search(tenant, url.searchParams) : checkpoint(tenant, url, from);
}

function checkpoint(tenant: Tenant, url: URL, from: string): Auth0Reply {
  const take = numberIn(url.searchParams, 'take', 50);
  if (take < 1 || take > most) return outOfRange('take', most);
  const index = tenant.events.findIndex((event) => event.log_id === from);
  if (index === -1) return problem(400, 'Bad Request', `Log not found: ${from}`, 'invalid_query_string');
  const page = tenant.events.slice(index + 1, index + 1 + take);
  const next = new URL(url);
  next.searchParams.set('from', page.at(-1)?.log_id ?? from);
  return { status: 200, body: page, headers: { link: `<${next.href}>; rel="next"` } };
}

function search(tenant: Tenant, query: URLSearchParams): Auth0Reply {
  const perPage = numberIn(query, 'per_page', 50);
  const page = numberIn(query, 'page', 0);
  if (perPage < 1 || perPage > most) return outOfRange('per_page', most);
  if ((page + 1) * perPage > longestSearch)
    return problem(400, 'Bad Request', 'You can only page through the first 1000 records.', 'invalid_paging');
  const found = tenant.events.filter(matching(query.get('q'))).toSorted(byDate);
  if (query.get('sort') !== 'date:1') found.reverse();
  return { status: 200, body: found.slice(page * perPage, (page + 1) * perPage) };
}

function matching(q: string | null): (event: FakeEvent) => boolean {
  if (q === null || q === '') return () => true;
  const range = /^date:\[(\S+) TO (\S+)\]$/.exec(q);
  if (range === null) throw new Error(`the fake Auth0 can't search for ${q}`);
  const [since, until] = [bound(range[1], -Infinity), bound(range[2], Infinity)];
  return ({ date }) => Date.parse(date) >= since && Date.parse(date) <= until;
}

function bound(text: string | undefined, open: number): number {
  return text === undefined || text === '*' ? open : Date.parse(text);
}

function byDate(left: FakeEvent, right: FakeEvent): number {
  return Date.parse(left.date) - Date.parse(right.date);
}

function numberIn(query: URLSearchParams, name: string, otherwise: number): number {
  return Number(query.get(name) ?? otherwise);
}

function outOfRange(name: string, maximum: number): Auth0Reply {
  const message = `Query validation error: 'Value is greater than maximum ${maximum}' on property ${name}.`;
  return problem(400, 'Bad Request', message, 'invalid_query_string');
}
