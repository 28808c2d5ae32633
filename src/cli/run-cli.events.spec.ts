import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stripVTControlCharacters } from 'node:util';
import { CommandLine, cliRules } from '../../test/support/command-line.js';

let cli: CommandLine;

beforeEach(async () => {
  cli = await CommandLine.open();
});

afterEach(() => cli.close());

describe('explain', () => {
  const events =
    '[{"log_id":"a","data":{"type":"fu","user_name":"\\u001b[2J\\u202eann"}},{"log_id":"b","data":{"type":"fp"}},{}]';

  it('says for each event and rule why', async () => {
    const { code, out, err } = await cli.run('explain - --rules @rules.yaml', { stdin: events });
    expect(code).toBe(0);
    expect(out).toContain(
      'a\n  ✓ failures: sent\nb\n  ✗ failures: no match: type: ["fu"], and the event has "fp"',
    );
    expect(out).toContain('failures to security');
    expect(err).toBe('1 of 3 elements are no events: they have no type');
  });

  it('lets nothing through that a terminal would obey', async () => {
    await cli.write(
      'rules.yaml',
      cliRules
        .replace('match:', 'template: t\n    match:')
        .replace('rules:', "templates: { t: { title: '{{ event.user_name }}' } }\nrules:"),
    );
    const { out } = await cli.run('explain - --rules @rules.yaml', { stdin: events });
    expect(out).toContain('\\u202eann');
    expect(stripVTControlCharacters(out)).toBe(out);
    expect(out).not.toContain('\u202e');
  });

  it('shows one rule, or what matched, alone', async () => {
    await cli.write('rules.yaml', `${cliRules}  - { id: other, match: { types: [f, fp] } }\n`);
    const explain = async (options: string): Promise<string> =>
      (await cli.run(`explain - --rules @rules.yaml ${options}`, { stdin: events })).out;
    expect(await explain('--rule failures --matched')).toMatch(/^a\n {2}✓ failures: sent\n\nAlerts: 1\n/);
    expect(await explain('--rule other')).toMatch(/^a\n {2}✗ other: .*\nb\n {2}✓ other: sent\n\nAlerts: 1\n/);
    expect(await explain('--matched')).toMatch(
      /^a\n {2}✓ failures: sent\nb\n {2}✓ other: sent\n\nAlerts: 2\n/,
    );
    const unknown = await cli.run('explain - --rules @rules.yaml --rule failure', { stdin: events });
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('failures')]);
  });

  it('gives what the admin API gives', async () => {
    expect(await cli.runJson('explain - --rules @rules.yaml', { stdin: events })).toMatchObject({
      results: [{ logId: 'a', rules: [{ id: 'failures', matched: true, decision: 'sent' }] }, { logId: 'b' }],
      alerts: [
        { rule: 'failures', channels: ['security'], logIds: ['a'], payload: { text: expect.any(String) } },
      ],
    });
  });
});

describe('backtest', () => {
  const logs = [
    '{"date":"2026-01-05T12:00:00Z","type":"fu","user_name":"ann","_id":"1"}',
    '{"date":"2026-01-05T12:01:00Z","type":"fp","_id":"2"}',
    'no JSON',
  ].join('\n');

  it('counts rules and channels, and nothing else', async () => {
    await cli.write('logs.jsonl', logs);
    expect(await cli.runJson('backtest @logs.jsonl --rules @rules.yaml')).toEqual({
      events: 2,
      rules: { failures: { matched: 1, alerts: 1, messages: 1 } },
      channels: { security: { alerts: 1, messages: 1 } },
    });
  });

  it('prints tables, and what is wrong with the export beside them', async () => {
    const { code, out, err } = await cli.run('backtest - --rules @rules.yaml', { stdin: logs });
    expect(code).toBe(0);
    expect(out).toMatch(/^failures +1 +1 +1 +2026-01-05T12:00Z \(1\) +ann \(1\)$/m);
    expect(err).toBe('1 elements or lines are no events, and were skipped');
  });

  it('says what newer rules add and remove', async () => {
    await cli.write('new.yaml', cliRules.replace('types: [fu]', 'types: [fp]'));
    const { out } = await cli.run('backtest - --rules @new.yaml --compare @rules.yaml', { stdin: logs });
    expect(out).toContain('+ 1 alert of failures to security\n      2026-01-05T12:01:00.000Z');
    expect(out).toContain('- 1 alert of failures to security\n      2026-01-05T12:00:00.000Z');
    expect(
      await cli.runJson('backtest - --rules @new.yaml --compare @rules.yaml', { stdin: logs }),
    ).toMatchObject({
      added: [{ rule: 'failures', channel: 'security', alerts: 1 }],
      removed: [{ rule: 'failures', channel: 'security', alerts: 1 }],
    });
    expect(
      (await cli.run('backtest - --rules @rules.yaml --compare @rules.yaml', { stdin: logs })).out,
    ).toContain('makes no difference');
  });
});

describe('send', () => {
  it('posts batches of a hundred, each event in its envelope, and stops at a refusal', async () => {
    const received: {
      authorization: string | undefined;
      body: { log_id: string; data: { type: string } }[];
    }[] = [];
    const server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request
        .on('data', (piece: Buffer) => pieces.push(piece))
        .on('end', () => {
          received.push({
            authorization: request.headers.authorization,
            body: JSON.parse(Buffer.concat(pieces).toString()) as [],
          });
          response.writeHead([200, 204, 401][received.length - 1] ?? 500).end();
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const stdin = Array.from({ length: 450 }, (_, index) =>
      JSON.stringify({ type: 'fu', log_id: `e${index}` }),
    ).join('\n');
    const { code, out, err } = await cli.run(`send - --url ${url} --json`, { stdin, environment: {} });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({ events: 200, batches: 3, statuses: { 200: 1, 204: 1, 401: 1 } });
    expect(err).toContain('--token');
    expect(received.map(({ body }) => body.length)).toEqual([100, 100, 100]);
    expect(received[0]?.body[0]).toEqual({ log_id: 'e0', data: { type: 'fu', log_id: 'e0' } });
    server.close();
    server.closeAllConnections();
    expect(await cli.run(`send - --url ${url}`, { stdin })).toMatchObject({
      code: 1,
      err: expect.stringContaining('does not answer: ECONN'),
    });
  });
});
