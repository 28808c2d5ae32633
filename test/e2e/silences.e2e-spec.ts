import { appWithSlack } from '../support/app-with-slack.js';
import { openDatabase } from '../../src/storage/database/open-database.js';
import { emptyPostgres } from '../support/databases.js';

const rules = `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}' }
  ops: { webhook: '\${SLACK_WEBHOOK_URL}-ops' }
ops: { channel: ops }
defaults: { channels: [hook] }
lists: { office: [203.0.113.0/24] }
rules:
  - { id: failures, match: { types: [f] }, throttle: { every: 1h, by: [user_name] } }
  - { id: warnings, match: { types: [w] } }
`;

interface Listed {
  readonly items: readonly Record<string, unknown>[];
  readonly next: string | null;
}

const event = (logId: string, changes: object = {}): object => ({
  type: 'f',
  log_id: logId,
  description: `event ${logId}`,
  user_name: 'mallory',
  ...changes,
});

describe('silences', () => {
  const e2e = appWithSlack(rules, { SLACK_RATE: '1000', SLACK_BURST: '1000' });

  const post = (body: object, to = e2e.app): Promise<Response> =>
    to.admin('silences', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ for: '1h', reason: 'load test', author: 'alice', ...body }),
    });
  const silence = async (body: object, to = e2e.app): Promise<string> => {
    const response = await post(body, to);
    expect(response.status).toBe(201);
    return ((await response.json()) as { id: string }).id;
  };
  const remove = async (id: string): Promise<number> =>
    (await e2e.app.admin(`silences/${id}`, { method: 'DELETE' })).status;
  const list = async (path: string): Promise<Listed> => (await (await e2e.app.admin(path)).json()) as Listed;
  const reasons = async (): Promise<string[]> =>
    (await list('alerts')).items
      .map(({ logIds, reason }) => `${String(logIds)} ${String(reason)}`)
      .toSorted();
  const texts = (channel: string): string[] =>
    e2e.slack.messages
      .filter((message) => message.channel === `/services/${channel}`)
      .map((message) => e2e.slack.textOf(message));

  it('are a thousand in force at most', async () => {
    const now = Date.now();
    const rows = Array.from({ length: 999 }, (_, index) => ({
      id: `silence-${index}`,
      rule: 'warnings',
      reason: 'load test',
      author: 'alice',
      created_at: now,
      ends_at: now + 3_600_000,
    }));
    await e2e.app.database.insertInto('silences').values(rows).execute();
    const last = await silence({ rule: 'failures' });
    const refused = await post({ rule: 'failures' });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      detail: expect.stringContaining('1000 silences are in force'),
    });
    expect(await remove(last)).toBe(204);
    await silence({ rule: 'failures' });
  });

  it('keep back what a severity, tags and an owner say, from a time on, and can be put off', async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    await silence({ severity: 'high', from: later });
    const id = await silence({ severity: ['low', 'medium'], for: '30m' });
    await e2e.app.send([event('a'), event('b', { type: 'w' })]);
    const given = (await list('silences')).items.map(({ severity, startsAt }) => [severity, startsAt]);
    expect(given).toEqual([
      [['low', 'medium'], undefined],
      [['high'], later],
    ]);
    expect(await reasons()).toHaveLength(2);
    const extended = await e2e.app.admin(`silences/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"for": "2h"}',
    });
    expect(extended.status).toBe(200);
    const { endsAt } = (await extended.json()) as { endsAt: string };
    expect(Date.parse(endsAt) - Date.now()).toBeGreaterThan(7_000_000);
    await e2e.slack.waitFor(3);
    expect(texts('hook-ops').join('\n')).toMatch(/Silence from .* until .*rules severity high/s);
  });

  it('say what is valid and probably not meant', async () => {
    const answer = await post({ fields: { username: 'alice', ip: '10.0.0.0/8' }, tags: 'none-has-it' });
    expect(answer.status).toBe(201);
    const { warnings } = (await answer.json()) as { warnings: readonly { code: string; at: string }[] };
    expect(warnings.map(({ code, at }) => `${code} ${at}`)).toEqual([
      'suspicious-literal fields.ip',
      'unknown-field fields.username',
      'never-matches tags',
    ]);
  });

  it('keep back the alerts of a rule, say so in the history, and say in ops who, why and until when', async () => {
    const id = await silence({ rule: 'failures' });
    expect((await e2e.app.send([event('a'), event('b'), event('c', { type: 'w' })])).status).toBe(200);
    await e2e.slack.waitFor(2);
    expect(texts('hook')).toEqual([expect.stringContaining('event c')]);
    const [started] = texts('hook-ops');
    expect(started).toMatch(/Silence until \d{4}-\d\d-\d\d/);
    expect(started).toContain('alice silenced the rule failures: load test');
    expect(await reasons()).toEqual(['a silenced', 'b silenced', 'c sent']);
    expect((await list('alerts')).items.find(({ reason }) => reason === 'silenced')).toMatchObject({
      decision: 'suppressed',
      deliveryId: null,
    });
    const { items, next } = await list('silences');
    expect(next).toBeNull();
    expect(items).toEqual([
      {
        id,
        rule: 'failures',
        fields: null,
        reason: 'load test',
        author: 'alice',
        createdAt: expect.any(String),
        endsAt: expect.any(String),
        silenced: 2,
      },
    ]);
    const { createdAt, endsAt } = items[0] as { createdAt: string; endsAt: string };
    expect(Date.parse(endsAt) - Date.parse(createdAt)).toBe(3_600_000);
    const metrics = await (await fetch(`${e2e.app.url}/metrics`)).text();
    expect(metrics).toContain('decisions_total{rule="failures",reason="silenced"} 2');
  });

  it('hold for fields of any name', async () => {
    await silence({ rule: 'failures', fields: { constructor: 'a', prototype: 'b' } });
    await e2e.app.send([event('a'), event('b', { constructor: 'a', prototype: 'b' })]);
    expect(await reasons()).toEqual(['a sent', 'b silenced']);
  });

  it('refuse fields that are nested too deeply', async () => {
    let test: object = { not: 'a' };
    for (let level = 0; level < 2_500; level++) test = { not: test };
    const answer = await post({ fields: { user_name: test } });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('nested too deeply');
  });

  it('go before the throttle, and after what is known already', async () => {
    const id = await silence({ fields: { user_name: 'mall*', ip: { not: { inList: 'office' } } } });
    await e2e.app.send([event('a'), event('b', { ip: '203.0.113.7' })]);
    await e2e.app.send([event('a')]);
    expect(await remove(id)).toBe(204);
    await e2e.app.send([event('c')]);
    expect(await reasons()).toEqual(['a silenced', 'b sent', 'c throttled']);
  });

  it('can be removed early, once, which ops is notified of with the count', async () => {
    const id = await silence({ rule: 'failures' });
    await e2e.app.send([event('a')]);
    expect(await remove(id)).toBe(204);
    expect(await remove(id)).toBe(404);
    expect(await remove('none')).toBe(404);
    expect((await list('silences')).items).toEqual([]);
    await e2e.app.send([event('b')]);
    await e2e.slack.waitFor(3);
    expect(texts('hook-ops')[1]).toMatch(/Silence ended: 1 alert was silenced[^]*removed before its time/);
    expect(texts('hook')).toEqual([expect.stringContaining('event b')]);
  });

  it('end by the clock, which ops is notified of with the count', async () => {
    await silence({ rule: 'failures', for: '2s' });
    await e2e.app.send([event('a'), event('b')]);
    await e2e.slack.waitFor(() => texts('hook-ops').some((text) => text.includes('2 alerts were silenced')));
    await e2e.app.send([event('c')]);
    await e2e.slack.waitFor(3);
    expect(await reasons()).toEqual(['a silenced', 'b silenced', 'c sent']);
  });

  it('that ended while the router was down are reported when it is up again', async () => {
    await silence({ rule: 'failures' });
    await e2e.app.send([event('a')]);
    await e2e.slack.waitFor(1);
    await e2e.app.stop();
    const db = openDatabase(`sqlite:${e2e.app.folder}/router.db`);
    await db
      .updateTable('silences')
      .set({ ends_at: Date.now() - 1 })
      .execute();
    await db.destroy();
    await e2e.restart();
    await e2e.slack.waitFor(2);
    expect(texts('hook-ops')[1]).toMatch(/Silence ended: 1 alert was silenced[^]*is over/);
    await e2e.app.send([event('b')]);
    await e2e.slack.waitFor(3);
  });

  it.each([
    [400, 'neither rule nor fields', {}],
    [400, 'no fields in fields', { fields: {} }],
    [400, 'null for both', { rule: null, fields: null }],
    [400, 'a rule that is no text', { rule: 7 }],
    [400, 'fields that are a list', { fields: ['a'] }],
    [400, 'no duration', { rule: 'failures', for: undefined }],
    [400, 'a duration that is none', { rule: 'failures', for: 'tomorrow' }],
    [400, 'a duration of centuries', { rule: 'failures', for: '999999999d' }],
    [400, 'no reason', { rule: 'failures', reason: ' ' }],
    [400, 'no author', { rule: 'failures', author: undefined }],
    [400, 'a property that is none', { rule: 'failures', until: '1h' }],
    [422, 'did you mean "failures"?', { rule: 'failure' }],
    [
      422,
      'fields.ip.inList: there is no list "offic"; did you mean "office"?',
      { fields: { ip: { inList: 'offic' } } },
    ],
    [422, 'fields.ip.startWith', { fields: { ip: { startWith: 'a' } } }],
    [422, 'RE2', { rule: 'failures', fields: { user_name: '/(?=a)/' } }],
  ])('are refused with %d: %s', async (status, said, body) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    const problem = (await response.json()) as { detail: string; errors?: unknown[] };
    if (status === 422) {
      expect(problem.detail).toContain(said);
      expect(problem.errors).toHaveLength(1);
    }
    expect((await list('silences')).items).toEqual([]);
  });

  it('come a page at a time', async () => {
    const ids = [await silence({ rule: 'failures' }), await silence({ rule: 'warnings' })];
    const first = await list('silences?limit=1');
    expect(first.items.map(({ id }) => id)).toEqual([ids[1]]);
    const second = await list(`silences?limit=1&cursor=${first.next}`);
    expect(second.items.map(({ id }) => id)).toEqual([ids[0]]);
    expect(second.next).toBeNull();
  });

  it('count for every replica, and each end is reported once', async () => {
    const database = await emptyPostgres();
    const shared = { DATABASE_URL: database.url };
    const [a, b] = await Promise.all([e2e.startAnother(shared), e2e.startAnother(shared)]);
    await silence({ rule: 'failures', for: '2s' }, a);
    await Promise.all([a.send([event('a')]), b.send([event('b')])]);
    const ended = () => texts('hook-ops').filter((text) => text.includes('Silence ended'));
    await e2e.slack.waitFor(() => ended().length === 1);
    expect(ended()[0]).toContain('2 alerts were silenced');
    // By the end of another one, both replicas have looked again.
    await silence({ rule: 'warnings', for: '2s' }, b);
    await e2e.slack.waitFor(() => ended().length >= 2);
    expect(ended()).toHaveLength(2);
    expect(ended()[1]).toContain('no alerts were silenced');
    expect(texts('hook')).toEqual([]);
    await Promise.all([a.close(), b.close()]);
    await database.remove();
  });
});
