import { Validator } from '@seriousme/openapi-schema-validator';
import { appWithSlack } from '../support/app-with-slack.js';
import { DocumentedApi, type Operation } from '../support/documented-api.js';
import { call, exampleQuery, signingSecret, type Changes } from '../support/documented-calls.js';
import { until } from '../support/until.js';

/** The names that the document's examples use. */
const rules = `
version: 1
channels:
  security: { webhook: '\${SLACK_WEBHOOK_URL}' }
  iam: { slack: C0123456789 }
defaults: { channels: [security] }
rules:
  - id: failed-logins
    severity: high
    match: { types: [fp] }
    template: login
  - { id: blocked-accounts, match: { types: [limit_wc, limit_mu] }, channels: [iam] }
  - { id: own-blocks, match: { types: [fp] }, template: blocks }
templates:
  login: { title: 'Wrong password [type: {{ event.type }}]', text: '{{ event.description }}', fields: { User: '{{ event.user_name }}' } }
  blocks:
    title: own
    blocks: [{ type: section, text: { type: mrkdwn, text: '{{ event.user_name }}', verbatim: true } }]
`;
const environment = {
  SLACK_SIGNING_SECRET: signingSecret,
  SLACK_BOT_TOKEN: 'xoxb-token',
  SLACK_RATE: '1000',
  SLACK_BURST: '1000',
};
const api = new DocumentedApi();
const pages = ['alerts', 'deliveries', 'silences', 'audit', 'channels'].map((list) => `GET /admin/${list}`);

interface Listed {
  readonly items: readonly { readonly id: string; readonly status: string }[];
}

describe('the description of the API', () => {
  it('is a valid OpenAPI document', async () => {
    expect(await new Validator().validate(structuredClone(api.document))).toEqual({ valid: true });
  });

  it('has an example of every body, answer and parameter, and each is what its schema says', () => {
    const { examples, lacking } = api.examples();
    const invalid = examples.flatMap(({ of, schema, value }) =>
      api.invalid(schema, value).map((problem) => `${of}: ${problem}`),
    );
    expect([...lacking, ...invalid]).toEqual([]);
  });

  it('describes every parameter and every answer', () => {
    const lacking = api.operations.flatMap(({ name, parameters, answers }) =>
      [...parameters, ...Object.values(answers)]
        .filter((one) => ((one as { description?: string }).description ?? '') === '')
        .map((one) => `${name}: ${JSON.stringify(one)}`),
    );
    expect(lacking).toEqual([]);
  });
});

describe('the router', () => {
  const e2e = appWithSlack(rules, environment);

  const items = async (path: string): Promise<Listed['items']> =>
    ((await (await e2e.app.admin(path)).json()) as Listed).items;
  const problemsOf = async (operation: Operation, changes?: Changes, body = operation.bodies[0]) =>
    api.problems(operation, await succeeded(operation, call(e2e.app, operation, changes, body)));
  const succeeded = async (operation: Operation, answer: Promise<Response>): Promise<Response> => {
    const { status } = await answer;
    expect([operation.name, Math.floor(status / 100)]).toEqual([operation.name, 2]);
    return answer;
  };

  /** What the example of an operation names, as it is called here. */
  const ids: Readonly<Record<string, () => Promise<string | undefined>>> = {
    'GET /admin/alerts/{id}': async () => (await items('alerts?rule=own-blocks'))[0]?.id,
    'GET /admin/deliveries/{id}': async () => (await items('deliveries'))[0]?.id,
    'POST /admin/deliveries/{id}/replay': async () => {
      const [delivered] = await items('deliveries');
      await e2e.app.database
        .updateTable('deliveries')
        .set({ status: 'dead', last_error: 'invalid_blocks' })
        .where('id', '=', delivered?.id ?? '')
        .execute();
      return delivered?.id;
    },
    'PATCH /admin/silences/{id}': async () => (await items('silences'))[0]?.id,
    'POST /admin/deliveries/{id}/acknowledge': async () => (await items('deliveries'))[0]?.id,
    'POST /admin/deliveries/{id}/resolve': async () => (await items('deliveries'))[0]?.id,
    'POST /admin/deliveries/{id}/reopen': async () => (await items('deliveries'))[0]?.id,
    'DELETE /admin/silences/{id}': async () => (await items('silences'))[0]?.id,
  };

  beforeEach(async () => {
    await call(e2e.app, api.operation('POST /api/logs'));
    await until(async () => (await items('deliveries')).every(({ status }) => status === 'delivered'));
  });

  it('has the routes that are described, and no other', () => {
    const described = api.operations.map(({ name }) => name.replaceAll(/\{(\w+)\}/g, ':$1'));
    const served = e2e.app.routes.filter((route) => !route.startsWith('HEAD '));
    expect(served.toSorted()).toEqual(described.toSorted());
  });

  it.each(api.operations.map(({ name }) => name))('answers %s as is described', async (name) => {
    const operation = api.operation(name);
    await call(
      e2e.app,
      api.operation('POST /admin/silences'),
      {},
      api.operation('POST /admin/silences').bodies[0],
    );
    const id = await ids[name]?.();
    const changes = id === undefined ? {} : { path: { id } };
    for (const body of operation.bodies.length === 0 ? [undefined] : operation.bodies)
      expect(await problemsOf(operation, changes, body)).toEqual([]);
    if (operation.parameters.some((parameter) => parameter.in === 'query'))
      expect(await problemsOf(operation, { ...changes, query: exampleQuery(operation) })).toEqual([]);
    if (pages.includes(name)) expect(await items(name.slice('GET /admin/'.length))).not.toEqual([]);
  });

  it('answers a batch that no rule matches with 204', async () => {
    const operation = api.operation('POST /api/logs');
    const answer = await call(e2e.app, operation, { body: '[{"type": "s"}]' });
    expect([answer.status, await api.problems(operation, answer)]).toEqual([204, []]);
  });

  it('tells in /admin/status of what is wrong as is described', async () => {
    const { database } = e2e.app;
    const now = Date.now();
    await e2e.app.writeRules(`${rules}\nnonsense: 1`);
    await e2e.app.admin('rules/reload', { method: 'POST' });
    await e2e.app.send([], { authorization: 'wrong' });
    await database.updateTable('deliveries').set({ status: 'dead', finished_at: now }).execute();
    const state = { channel: 'security', paused: 'no_service', held_until: 0, unknown_refusals: 0 };
    await database
      .insertInto('channel_states')
      .values(state)
      .onConflict((on) => on.column('channel').doUpdateSet(state))
      .execute();
    const operation = api.operation('GET /admin/status');
    const answer = await call(e2e.app, operation);
    const status = (await answer.clone().json()) as Record<string, unknown>;
    expect(status).toMatchObject({
      ok: false,
      rules: { errors: [{ code: 'unknown-key' }] },
      channels: [{ state: 'paused' }],
      dead: [{}],
      refused: [{ at: 'logs' }],
    });
    expect(await api.problems(operation, answer)).toEqual([]);
  });
});
