import { appWithSlack } from '../support/app-with-slack.js';
import { GeneratedClient } from '../support/generated-client.js';
import { adminToken, logStreamToken } from '../support/running-app.js';

const rules = `
version: 1
channels: { security: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failed-logins, severity: high, match: { types: [fp] }, channels: [security] }]
`;

const program = `
import createClient from 'openapi-fetch';
import type { components, paths } from './api.js';

const { ROUTER_URL: baseUrl = '', ADMIN_TOKEN: admin = '', LOG_TOKEN: logs = '' } = process.env;
const client = createClient<paths>({ baseUrl, headers: { authorization: \`Bearer \${admin}\` } });

const sent = await client.POST('/api/logs', {
  headers: { authorization: logs },
  body: [{ data: { type: 'fp', log_id: 'one', description: 'Wrong password', user_name: 'alice' } }],
  parseAs: 'text',
});
const listed = await client.GET('/admin/alerts', { params: { query: { severity: 'high', limit: 10 } } });
const alerts: readonly components['schemas']['AlertView'][] = listed.data?.items ?? [];
const [first] = alerts;
const whole = await client.GET('/admin/alerts/{id}', { params: { path: { id: first?.id ?? '' } } });
const reload = await client.POST('/admin/rules/reload', { params: { query: { dryRun: true } } });
const silence = await client.POST('/admin/silences', {
  body: { rule: 'failed-login', for: '1h', reason: 'a drill', author: 'alice' },
});
const hint = silence.error !== undefined && 'errors' in silence.error ? silence.error.errors[0]?.hint : undefined;
const absent = await client.GET('/admin/deliveries/{id}', { params: { path: { id: 'absent' } } });

/** Each of these is refused by the compiler, or there is an error that nothing needs the comment above it. */
export const wrong = {
  // @ts-expect-error: there is no such route.
  path: () => client.GET('/admin/alarms', {}),
  // @ts-expect-error: there is no such severity.
  query: () => client.GET('/admin/alerts', { params: { query: { severity: 'worst' } } }),
  // @ts-expect-error: a reason is required.
  body: () => client.POST('/admin/silences', { body: { rule: 'failed-logins', for: '1h' } }),
  // @ts-expect-error: an alert has no such property.
  answer: () => first?.verdict,
};

console.log(
  JSON.stringify({
    sent: sent.data,
    rule: first?.rule,
    decision: first?.decision,
    user: whole.data?.user,
    delivery: whole.data?.delivery?.channel,
    rules: reload.data?.rules,
    hint,
    absent: absent.error?.detail,
  }),
);
`;

describe('a client that is generated from the description of the API', () => {
  const e2e = appWithSlack(rules);
  let client: GeneratedClient;

  beforeAll(async () => {
    client = await GeneratedClient.generate('dist/api-docs/openapi.json');
  });

  afterAll(() => client.remove());

  it('compiles, and calls the router', async () => {
    expect(await client.compile(program)).toBe('');
    const printed = await client.run({
      ROUTER_URL: e2e.app.url,
      ADMIN_TOKEN: adminToken,
      LOG_TOKEN: logStreamToken,
    });
    expect(printed).toEqual({
      sent: 'ok',
      rule: 'failed-logins',
      decision: 'sent',
      user: 'alice',
      delivery: 'security',
      rules: 1,
      hint: 'did you mean "failed-logins"?',
      absent: 'There is no delivery absent.',
    });
  });
});
