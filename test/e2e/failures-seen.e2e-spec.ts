import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import Libsql from 'libsql';
import { appWithSlack } from '../support/app-with-slack.js';

/** As in the shipped rules, warnings go to the very channel that fails. */
const rules = `
version: 1
channels: { security: { webhook: '\${SLACK_WEBHOOK_URL}' } }
ops: { channel: security }
rules: [{ id: failures, match: { types: ['f*'] } }]
`;
const time = expect.stringMatching(/^\d{4}-.*Z$/) as string;

describe('a failure is seen in the log, in the metrics and at /admin/status:', () => {
  const e2e = appWithSlack(rules, { SLACK_RATE: '1000', SLACK_BURST: '1000' });
  let lines: string[];

  beforeEach(async () => {
    lines = [];
    Logger.overrideLogger({
      log: () => undefined,
      warn: (line: string) => void lines.push(`warn ${line}`),
      error: (line: string) => void lines.push(`error ${line}`),
    });
  });

  afterEach(async () => {
    Logger.overrideLogger(['log', 'warn', 'error']);
  });

  const status = async (): Promise<Record<string, unknown>> =>
    (await (await e2e.app.admin('status')).json()) as Record<string, unknown>;
  const metrics = async (): Promise<string> => (await fetch(`${e2e.app.url}/metrics`)).text();
  const logged = async (line: RegExp): Promise<void> => {
    const deadline = Date.now() + 10_000;
    while (!lines.some((one) => line.test(one))) {
      if (Date.now() > deadline) throw new Error(`none of the lines is ${line}:\n${lines.join('\n')}`);
      await pause(20);
    }
  };

  it('nothing, where all is well', async () => {
    expect((await e2e.app.send([{ type: 'f', log_id: 'a' }])).status).toBe(200);
    await e2e.slack.waitFor(1);
    expect(await status()).toMatchObject({ ok: true, channels: [], dead: [], refused: [] });
    expect(await metrics()).toContain('alert_router_database_writable 1');
    expect(lines).toEqual([]);
  });

  it('a webhook that was revoked', async () => {
    e2e.slack.answerNext({ kind: 'status', status: 404, body: 'no_service' }, Infinity);
    await e2e.app.send([{ type: 'f', log_id: 'a' }]);
    await logged(/^warn the channel security is paused: no_service/);
    expect(await status()).toMatchObject({
      ok: false,
      channels: [{ name: 'security', state: 'paused', why: 'no_service', waiting: 1 }],
    });
    expect(await metrics()).toContain('delivery_attempts_total{channel="security",step="pause-channel"} 1');
    await e2e.app.admin('channels/security/resume', { method: 'POST' });
    await logged(/^warn an operator lifted .* channel security/);
  });

  it('a message that is refused twice', async () => {
    e2e.slack.answerNext({ kind: 'status', status: 400, body: 'invalid_blocks' }, 2);
    await e2e.app.send([{ type: 'f', log_id: 'a' }]);
    await logged(
      /^error a message for the channel security is dead: invalid_blocks \(message \S+, alert \S+\)$/,
    );
    expect(await status()).toMatchObject({
      ok: false,
      dead: [{ channel: 'security', messages: 1, since: time, last: time }],
    });
    expect(await metrics()).toContain('delivery_attempts_total{channel="security",step="dead"} 1');
  });

  it('a message that is tried again, and one that is held', async () => {
    e2e.slack.answerNext({ kind: 'status', status: 500, body: 'boom' }, 1);
    await e2e.app.send([{ type: 'f', log_id: 'a' }]);
    await logged(/^warn a message for the channel security is tried again .* \(message \S+\)$/);
    expect(await metrics()).toContain('delivery_attempts_total{channel="security",step="retry"} 1');
    await e2e.slack.waitFor(1);
    e2e.slack.answerNext({ kind: 'status', status: 429, headers: { 'retry-after': '30' } });
    await e2e.app.send([{ type: 'f', log_id: 'b' }]);
    await logged(/^warn the channel security is held for /);
    expect(await status()).toMatchObject({ ok: false, channels: [{ name: 'security', state: 'held' }] });
    expect(await metrics()).toContain('delivery_attempts_total{channel="security",step="hold-channel"} 1');
  });

  it('a wrong token of the log stream, a misspelt path and a batch that can’t be read', async () => {
    expect((await e2e.app.send([], { authorization: 'wrong' })).status).toBe(401);
    await logged(/^warn refused a request for logs from 127\.0\.0\.1 /);
    expect(await status()).toMatchObject({
      ok: true,
      refused: [{ at: 'logs', refused: 1, since: time, last: time }],
    });
    expect((await fetch(`${e2e.app.url}/api/log`, { method: 'POST', body: '[]' })).status).toBe(404);
    await logged(/^warn there is nothing at POST "\/api\/log", /);
    expect((await e2e.app.send('nonsense')).status).toBe(400);
    await logged(/^warn a batch for \/api\/logs was refused: The body is not JSON/);
    const counted = await metrics();
    expect(counted).toContain('authentications_refused_total{at="logs",reason="wrong"} 1');
    expect(counted).toContain('unknown_paths_total{below="api"} 1');
    expect(counted).toContain('batches_total{result="unreadable"} 1');
  });

  it('a database that can’t be written', async () => {
    const database = new Libsql(join(e2e.app.folder, 'router.db'));
    database.exec('pragma busy_timeout = 5000');
    database.exec('alter table write_probe rename to away');
    database.close();
    expect(await metrics()).toContain('alert_router_database_writable 0');
    await logged(/^error the database can't be written/);
    expect(await status()).toMatchObject({ ok: false, database: { ok: false, since: time }, dead: null });
  });
});
