import { sql } from 'kysely';
import { maxInForce } from '../../src/operations/silence-service.js';
import { appWithSlack } from '../support/app-with-slack.js';
import { DocumentedApi, type Operation } from '../support/documented-api.js';
import { call, signingSecret, type Changes } from '../support/documented-calls.js';
import type { RunningApp } from '../support/running-app.js';
import { until } from '../support/until.js';

const rules = `
version: 1
channels: { security: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failed-logins, match: { types: [fp] }, channels: [security] }]
`;
/** A router that runs in production takes tokens that are long, and posts to Slack alone. */
const production = {
  NODE_ENV: 'production',
  ADMIN_TOKEN: 'an-admin-token-for-production',
  METRICS_TOKEN: 'a-metrics-token-for-production',
  SLACK_API_URL: 'https://slack.com/api',
  SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T0/B0/x',
};
const api = new DocumentedApi();
/** Answers 400, since the path can't be decoded. */
const undecodable = '%zz';

/** A notice, which has no alerts. */
async function noticeId(app: RunningApp): Promise<Changes> {
  const { deliveryId } = (await (await app.admin('channels/security/test', { method: 'POST' })).json()) as {
    deliveryId: string;
  };
  return { path: { id: deliveryId } };
}

const large = `{"by": "${'x'.repeat(5 * 1024 * 1024)}"}`;

/** What each error takes to be answered, where it takes more than a wrong token. Other calls are as in the examples. */
const provocations: Readonly<Record<string, (app: RunningApp) => Promise<Changes>>> = {
  '400 POST /api/logs': async () => ({ body: 'no JSON' }),
  '413 POST /api/logs': async () => ({ body: JSON.stringify({ type: 'x'.repeat(3_000) }) }),
  '415 POST /api/logs': async () => ({ headers: { 'content-encoding': 'br' } }),
  '503 POST /api/logs': async (app) => {
    await sql`alter table seen_events rename to away`.execute(app.database);
    return {};
  },
  '400 POST /admin/rules/reload': async () => ({ query: 'dryRun=perhaps' }),
  '422 POST /admin/rules/reload': async (app) => {
    await app.writeRules(rules.replace('channels: [security]', 'channels: [securty]'));
    return {};
  },
  '400 POST /admin/rules/explain': async () => ({ body: '{"events": []}' }),
  '413 POST /admin/rules/explain': async () => ({ body: `{"rules": "${'x'.repeat(5 * 1024 * 1024)}"}` }),
  '422 POST /admin/rules/explain': async () => ({
    body: JSON.stringify({ events: [{ type: 'f' }], rules: 'version: 2' }),
  }),
  '400 GET /admin/alerts': async () => ({ query: 'severity=worst' }),
  '400 GET /admin/deliveries': async () => ({ query: 'status=lost' }),
  '400 GET /admin/silences': async () => ({ query: 'limit=0' }),
  '400 GET /admin/audit': async () => ({ query: 'limit=many' }),
  '409 POST /admin/deliveries/{id}/replay': async (app) => {
    await call(app, api.operation('POST /api/logs'));
    const first = async () => {
      const { items } = (await (await app.admin('deliveries')).json()) as {
        items: [{ id: string; status: string }];
      };
      return items[0];
    };
    await until(async () => (await first()).status === 'delivered');
    return { path: { id: (await first()).id } };
  },
  ...Object.fromEntries(
    ['acknowledge', 'resolve', 'reopen'].flatMap((action) => [
      [`400 POST /admin/deliveries/{id}/${action}`, async () => ({ body: '{"by": 7}' })],
      [`409 POST /admin/deliveries/{id}/${action}`, noticeId],
      [`413 POST /admin/deliveries/{id}/${action}`, async () => ({ body: large })],
    ]),
  ),
  '400 POST /admin/silences': async () => ({ body: '{"for": "forever"}' }),
  '409 POST /admin/silences': async (app) => {
    const row = {
      rule: null,
      fields: '{}',
      reason: 'r',
      author: 'a',
      created_at: Date.now(),
      ends_at: 1e13,
      ended_at: null,
    };
    const rows = Array.from({ length: maxInForce }, (_, index) => ({ ...row, id: `silence-${index}` }));
    for (let at = 0; at < rows.length; at += 100)
      await app.database
        .insertInto('silences')
        .values(rows.slice(at, at + 100))
        .execute();
    return {};
  },
  '413 PATCH /admin/silences/{id}': async () => ({ body: `{"for": "${'x'.repeat(5 * 1024 * 1024)}"}` }),
  '413 POST /admin/silences': async () => ({ body: `{"reason": "${'x'.repeat(5 * 1024 * 1024)}"}` }),
  '422 POST /admin/silences': async () => ({
    body: JSON.stringify({ rule: 'failed-login', for: '1h', reason: 'test', author: 'alice' }),
  }),
  '400 POST /admin/erase': async () => ({ body: '{"field": "name"}' }),
  '413 POST /admin/erase': async () => ({ body: `{"value": "${'x'.repeat(5 * 1024 * 1024)}"}` }),
  '400 POST /slack/interactions': async () => ({ body: 'payload=none' }),
  '413 POST /slack/interactions': async () => ({ body: `payload=${'x'.repeat(256 * 1024)}` }),
  '503 GET /readyz': async (app) => {
    await sql`drop table write_probe`.execute(app.database);
    return {};
  },
};

/** What can't be provoked here, and why. */
const unprovoked: Readonly<Record<string, string>> = {
  '500 POST /admin/rules/reload': 'with SQLite a reload needs no database',
  '500 POST /admin/rules/explain': 'it needs no database; its process would have to be killed',
  '500 GET /admin/status': 'it says what fails, instead of failing',
};
/** src/web/load-shedding.spec.ts has an overload. */
const overload = 503;

interface Pair {
  readonly operation: Operation;
  readonly status: number;
  readonly name: string;
}

const pairs = api.operations.flatMap((operation) =>
  Object.keys(operation.answers)
    .filter((status) => Number(status) >= 400)
    .map((status): Pair => ({ operation, status: Number(status), name: `${status} ${operation.name}` })),
);
const named = pairs.filter(({ name }) => provocations[name] !== undefined);
/** Errors that are provoked alike for every operation that has them. */
const common = (status: number, holds: (operation: Operation) => boolean = () => true): readonly Pair[] =>
  pairs.filter((pair) => pair.status === status && !named.includes(pair) && holds(pair.operation));
const hasParameter = ({ path }: Operation): boolean => path.includes('{');

const commonPairs = {
  undecodable: common(400, hasParameter),
  unauthorized: common(401),
  forbidden: common(403),
  missing: common(404, hasParameter),
  absent: common(404),
  limited: common(429),
  broken: common(500).filter(({ name }) => unprovoked[name] === undefined),
};

describe('errors of the API', () => {
  const e2e = appWithSlack(rules, { MAX_BODY: '2kb', SLACK_SIGNING_SECRET: signingSecret, RATE_LIMIT: '0' });

  async function expectProblem({ operation, status, name }: Pair, answer: Response): Promise<void> {
    expect([name, answer.status]).toEqual([name, status]);
    expect([name, await api.problems(operation, answer)]).toEqual([name, []]);
  }

  it('are all provoked', () => {
    const provoked = [...named, ...Object.values(commonPairs).flat()];
    const left = pairs.filter(
      (pair) => !provoked.includes(pair) && unprovoked[pair.name] === undefined && pair.status !== overload,
    );
    expect(left.map(({ name }) => name)).toEqual([]);
    const documented = pairs.map(({ name }) => name);
    expect(
      Object.keys({ ...provocations, ...unprovoked }).filter((name) => !documented.includes(name)),
    ).toEqual([]);
  });

  it.each(named.map(({ name }) => name))('are as is described: %s', async (name) => {
    const pair = named.find((one) => one.name === name) as Pair;
    const changes = await provocations[name]?.(e2e.app);
    await expectProblem(pair, await call(e2e.app, pair.operation, changes));
  });

  it('are as is described where a path can’t be decoded, or names what is not there', async () => {
    for (const pair of commonPairs.undecodable)
      await expectProblem(
        pair,
        await call(e2e.app, pair.operation, { path: { id: undecodable, name: undecodable } }),
      );
    for (const pair of commonPairs.missing)
      await expectProblem(
        pair,
        await call(e2e.app, pair.operation, { path: { id: 'absent', name: 'absent' } }),
      );
  });

  it('are as is described without the right token', async () => {
    const app = await e2e.startAnother({ ...production, RATE_LIMIT: '0' });
    const headers = { 'x-slack-signature': 'v0=wrong' };
    for (const pair of commonPairs.unauthorized)
      await expectProblem(pair, await call(app, pair.operation, { token: 'wrong', headers }));
  });

  it('are as is described for a token that may only read', async () => {
    const app = await e2e.startAnother({ ADMIN_TOKEN: 'ci:read:reading' });
    for (const pair of commonPairs.forbidden)
      await expectProblem(pair, await call(app, pair.operation, { token: 'reading' }));
  });

  it('are as is described where a part of the router is switched off', async () => {
    const app = await e2e.startAnother({ ...production, ADMIN_TOKEN: '', SLACK_SIGNING_SECRET: '' });
    for (const pair of commonPairs.absent) await expectProblem(pair, await call(app, pair.operation));
  });

  it('are as is described for an address that failed too often', async () => {
    const app = await e2e.startAnother({ ...production, RATE_LIMIT: '1' });
    expect((await app.send([], { authorization: 'wrong' })).status).toBe(401);
    for (const pair of commonPairs.limited) await expectProblem(pair, await call(app, pair.operation));
  });

  it('are as is described where the database fails', async () => {
    await e2e.app.database.destroy();
    for (const pair of commonPairs.broken) await expectProblem(pair, await call(e2e.app, pair.operation));
  });
});
