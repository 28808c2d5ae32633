import { FakeAuth0 } from '../support/fake-auth0.js';
import { openDatabase } from '../../src/storage/database/open-database.js';
import { FakeSlack } from '../support/fake-slack.js';
import { RunningApp } from '../support/running-app.js';
import { until } from '../support/until.js';

const rules = `
version: 1
defaults: { channels: [security] }
channels:
  security: { webhook: "\${SLACK_WEBHOOK_URL}" }
  ops: { webhook: "\${OPS_WEBHOOK_URL}" }
ops: { channel: ops }
templates:
  default: { title: "{{ event.description }};" }
rules:
  - { id: failures, name: Failures, match: { types: [fu] }, group: { by: [type], wait: 10m } }
  - { id: passwords, name: Passwords, match: { types: [fp] } }
`;

describe("the tenant's logs", () => {
  let auth0: FakeAuth0;
  let slack: FakeSlack;
  let app: RunningApp | undefined;
  let folder: string | undefined;

  beforeEach(async () => {
    auth0 = await FakeAuth0.start();
    slack = await FakeSlack.start();
    process.env['OPS_WEBHOOK_URL'] = slack.webhookUrl('ops');
  });

  afterEach(async () => {
    await app?.close();
    app = undefined;
    folder = undefined;
    await auth0.close();
    await slack.close();
    delete process.env['OPS_WEBHOOK_URL'];
  });

  const start = async (environment: Record<string, string> = {}): Promise<RunningApp> => {
    app = await RunningApp.start(
      rules,
      {
        ...auth0.settings,
        SLACK_WEBHOOK_URL: slack.webhookUrl('security'),
        SLACK_RATE: '1000',
        SLACK_BURST: '1000',
        AUTH0_PULL_EVERY: '1s',
        ...environment,
      },
      folder,
    );
    folder = app.folder;
    return app;
  };

  const texts = (channel: string): string[] =>
    slack.messages
      .filter((message) => message.channel === `/services/${channel}`)
      .map((message) => slack.textOf(message));
  /** The numbers of the events that Slack was shown. */
  const posted = (): number[] =>
    texts('security').flatMap((text) => [
      ...new Set(Array.from(text.matchAll(/event (\d+);/g), ([, number]) => Number(number))),
    ]);
  /** The numbers of the events that raised alerts, in the order of the alerts. */
  const alerted = async (): Promise<number[]> => {
    const rows = await (app as RunningApp).database
      .selectFrom('alerts')
      .select('log_id')
      .orderBy('id')
      .execute();
    return rows.map((row) => Number(row.log_id.slice(-12)));
  };
  const numbers = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const status = async (): Promise<Record<string, unknown>> =>
    (await (await (app as RunningApp).admin('status')).json()) as Record<string, unknown>;
  const read = (): Promise<void> => {
    const before = auth0.count('/api/v2/logs');
    return until(() => Promise.resolve(auth0.count('/api/v2/logs') > before + 1));
  };

  it('are pulled without a log stream: from now on, in order, each event once', async () => {
    auth0.tenant.logMany(5, {}, Date.now() - 60_000);
    await start({ AUTH0_LOGS: 'pull' });
    auth0.tenant.logMany(250, {}, Date.now() + 10_000);
    await until(async () => (await alerted()).length >= 250);
    await read();
    expect(await alerted()).toEqual(numbers(6, 255));
    expect((await status())['ok']).toBe(true);
  });

  /** Makes the router have begun to read at another time. */
  const at = async (time: number): Promise<void> => {
    const db = openDatabase(`sqlite:${folder}/router.db`);
    await db.updateTable('tenant_logs').set({ position_at: time }).execute();
    await db.destroy();
  };

  const restart = async (environment: Record<string, string> = {}): Promise<void> => {
    await app?.stop();
    await start(environment);
  };

  it('are filled in after an hour without the router, and what the stream sends again alerts once', async () => {
    await start();
    await until(async () => (await logs())['caughtUpAt'] !== null);
    const hourAgo = Date.now() - 3_600_000;
    const seen = auth0.tenant.logMany(3, { type: 'fp' }, hourAgo);
    await app?.send(seen.map((event) => ({ log_id: event.log_id, data: event })));
    await app?.stop();
    await at(hourAgo - 1_000);
    const missed = auth0.tenant.logMany(40, { type: 'fp' });
    await start();
    await app?.send(missed.slice(0, 20).map((event) => ({ log_id: event.log_id, data: event })));
    await until(() => Promise.resolve(posted().length >= 43));
    await until(async () => (await logs())['behind'] === false);
    expect(posted().toSorted((left, right) => left - right)).toEqual(numbers(1, 43));
    expect(await alerted()).toHaveLength(43);
    expect(texts('security').filter((text) => /1h( \d+s)? late/.test(text))).toHaveLength(3);
  });

  it('alert once where the stream brings them at the same time', async () => {
    await start({ AUTH0_LOGS: 'pull' });
    for (let round = 0; round < 10; round += 1) {
      const events = auth0.tenant.logMany(30);
      await app?.send(events.map((event) => ({ log_id: event.log_id, data: event })));
    }
    await read();
    await until(async () => (await alerted()).length >= 300);
    await read();
    expect((await alerted()).toSorted((left, right) => left - right)).toEqual(numbers(1, 300));
  });

  it('go on with what Auth0 still has when the last event is past its retention, and ops know what may be missing', async () => {
    const first = auth0.tenant.log({}, Date.now() - 50 * 3_600_000);
    await start({ AUTH0_LOGS: 'pull', AUTH0_LOGS_FROM: first.log_id });
    auth0.tenant.log({}, Date.now() - 49 * 3_600_000);
    await until(async () => (await alerted()).length >= 1);
    await app?.stop();
    auth0.tenant.log({}, Date.now() - 48 * 3_600_000);
    const kept = auth0.tenant.logMany(150, {}, Date.now() - 3_600_000);
    auth0.tenant.forgetBefore(Date.parse(kept[0]?.date ?? ''));
    await start({ AUTH0_LOGS: 'pull' });
    await until(async () => (await alerted()).length >= 151);
    await read();
    expect(await alerted()).toEqual([2, ...numbers(4, 153)]);
    expect(texts('ops')).toHaveLength(1);
    expect(texts('ops')[0]).toContain('may be missing');
    expect(await logs()).toMatchObject({ ok: true, behind: false, mode: 'pull' });
  });

  it('are read on when a token expires between two pages', async () => {
    auth0.fail({ kind: 'slow', ms: 100 }, 3, '/api/v2/logs');
    await start({ AUTH0_LOGS: 'pull' });
    auth0.tenant.logMany(250, {}, Date.now() + 10_000);
    await until(() => Promise.resolve(auth0.count('/api/v2/logs') >= 2));
    auth0.tokens.expireAll();
    await until(async () => (await alerted()).length >= 250);
    expect(await alerted()).toEqual(numbers(1, 250));
    expect(auth0.tokens.issued).toBe(2);
    expect(texts('ops')).toEqual([]);
  });

  it.each([
    [
      'a wrong secret',
      () => void (auth0.tokens.clientSecret = 'rotated'),
      'unauthorized',
      'AUTH0_CLIENT_SECRET',
    ],
    ['a missing scope', () => void (auth0.tokens.grant = ['read:log_streams']), 'forbidden', 'read:logs'],
    ['a missing grant', () => void (auth0.tokens.grant = undefined), 'forbidden', 'authorize it'],
  ])(
    'that can’t be read for %s are told once, seen in the status, and read when that is mended',
    async (_what, spoil, kind, words) => {
      const { clientSecret, grant } = auth0.tokens;
      spoil();
      await start({ AUTH0_LOGS: 'pull' });
      await until(() => Promise.resolve(texts('ops').length > 0));
      await restart({ AUTH0_LOGS: 'pull' });
      await until(() => Promise.resolve(auth0.count('/oauth/token') >= 2));
      auth0.tenant.logMany(2);
      expect(await logs()).toMatchObject({ ok: false, failure: kind });
      expect((await status())['ok']).toBe(false);
      expect(texts('ops')).toHaveLength(1);
      expect(texts('ops')[0]).toContain(words);
      expect(texts('ops')[0]).not.toContain('secret-of');
      Object.assign(auth0.tokens, { clientSecret, grant });
      await restart({ AUTH0_LOGS: 'pull' });
      await until(async () => (await alerted()).length >= 2 && texts('ops').length >= 2);
      expect(texts('ops')[1]).toContain('read again');
      expect(await logs()).toMatchObject({ ok: true, failure: null });
    },
  );

  it.each([
    ['no JSON', { kind: 'status', status: 200, body: '<html>sign in</html>' } as const, 'garbage'],
    ['5xx', { kind: 'status', status: 503 } as const, 'unavailable'],
    ['a reset', { kind: 'reset' } as const, 'unavailable'],
    ['the same page again', { kind: 'repeat' } as const, 'repeating'],
  ])('survive %s', async (_what, fault, kind) => {
    await start({ AUTH0_LOGS: 'pull' });
    auth0.tenant.logMany(3);
    await until(async () => (await alerted()).length >= 3);
    if (kind === 'repeating') {
      auth0.tenant.logMany(3);
      await until(async () => (await alerted()).length >= 6);
    }
    auth0.fail(fault, 1, '/api/v2/logs');
    await until(async () => (await logs())['failure'] === kind);
    auth0.tenant.logMany(3);
    await until(async () => (await logs())['failure'] === null);
    await until(async () => (await alerted()).length >= (kind === 'repeating' ? 9 : 6));
    expect(await alerted()).toEqual(numbers(1, kind === 'repeating' ? 9 : 6));
    await until(() => Promise.resolve(texts('ops').length >= (kind === 'unavailable' ? 0 : 2)));
    expect(texts('ops')).toHaveLength(kind === 'unavailable' ? 0 : 2);
    expect(await metrics()).toContain(`tenant_logs_errors_total{kind="${kind}"} 1`);
  });

  it('wait as long as the rate limit asks', async () => {
    auth0.limit(2, 1_000);
    await start({ AUTH0_LOGS: 'pull' });
    auth0.tenant.logMany(250, {}, Date.now() + 10_000);
    await until(async () => (await alerted()).length >= 250);
    expect(auth0.calls.filter(({ status: code }) => code === 429)).toEqual([]);
    expect(await alerted()).toEqual(numbers(1, 250));
  });

  it('have a log stream, which is watched: ops know when it is paused or changed, and when it is well again', async () => {
    const stream = {
      id: 'lst_1',
      name: 'alerts',
      type: 'http',
      status: 'active',
      filters: [] as object[],
      sink: { httpEndpoint: 'https://alerts.example.com/api/logs' },
    };
    auth0.tenant.streams.push(
      { ...stream, id: 'lst_0', status: 'paused', sink: { httpEndpoint: 'https://other' } },
      stream,
    );
    await start({ PUBLIC_URL: 'https://alerts.example.com/', AUTH0_WATCH_EVERY: '1s' });
    const own = async () => (await status())['logStream'] as Record<string, unknown>;
    await until(async () => (await own())['status'] === 'active');
    expect(texts('ops')).toEqual([]);
    stream.status = 'suspended';
    await until(() => Promise.resolve(texts('ops').length === 1));
    expect(texts('ops')[0]).toContain('The log stream is suspended');
    expect(await own()).toMatchObject({ ok: false, name: 'alerts', status: 'suspended' });
    Object.assign(stream, {
      status: 'active',
      filters: [{ type: 'category', name: 'auth.login.fail' }],
      pii_config: { log_fields: ['email', 'ip'], method: 'mask' },
    });
    await until(() => Promise.resolve(texts('ops').length === 3));
    expect(texts('ops')[1]).toContain('active again');
    expect(texts('ops')[2]).toContain('only auth.login.fail');
    expect(texts('ops')[2]).toContain('mask: email, ip');
    auth0.tenant.streams.pop();
    await until(() => Promise.resolve(texts('ops').length === 4));
    expect(texts('ops')[3]).toContain('No log stream posts to this router');
    auth0.tokens.grant = ['read:logs'];
    auth0.tokens.expireAll();
    await until(() => Promise.resolve(texts('ops').length === 5));
    expect(texts('ops')[4]).toContain('read:log_streams');
    expect(await metrics()).toContain('alert_router_log_stream_active{tenant="acme.eu.auth0.com"} ');
  });

  const logs = async (): Promise<Record<string, unknown>> =>
    (await status())['tenantLogs'] as Record<string, unknown>;
  const metrics = async (): Promise<string> => (await fetch(`${app?.url}/metrics`)).text();
});
