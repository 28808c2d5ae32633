import { runCli } from '../../src/cli/run-cli.js';
import type { CliIo } from '../../src/cli/cli-io.js';
import { adminToken, RunningApp } from '../support/running-app.js';

const rules = `
version: 1
channels: { local: { console: true } }
rules: [{ id: failures, match: { types: [f] } }]
`;

describe('alert-router silence', () => {
  let app: RunningApp;
  let printed: { out: string[]; err: string[] };

  beforeAll(async () => {
    app = await RunningApp.start(rules);
  });

  afterAll(() => app.close());

  const run = (...args: readonly string[]): Promise<number> => {
    printed = { out: [], err: [] };
    const io: CliIo = {
      out: (line) => void printed.out.push(line),
      err: (line) => void printed.err.push(line),
      stdin: (async function* () {})(),
      environment: {},
      colours: false,
      progress: false,
      now: Date.now,
      wait: () => Promise.resolve(),
    };
    return runCli(['silence', ...args, '--url', app.url, '--token', adminToken], io);
  };
  const why = ['--for', '1h', '--reason', 'load test', '--author', 'alice'] as const;

  it('adds, lists and removes one', async () => {
    expect(await run('add', '--rule', 'failures', '--field', 'ip=203.0.113.9', ...why)).toBe(0);
    const id = /: (\S+)$/.exec(printed.out.join())?.[1] ?? '';
    expect((await app.send([{ type: 'f', log_id: 'a', ip: '203.0.113.9' }])).status).toBe(200);
    expect(await run('list')).toBe(0);
    expect(printed.out.join()).toContain(`${id}  failures {"ip":"203.0.113.9"}`);
    expect(printed.out.join()).toContain('1 silenced  alice: load test');
    expect(await run('remove', id)).toBe(0);
    await run('list');
    expect(printed.out).toEqual(['nothing is silenced']);
    expect(await run('remove', id)).toBe(1);
    expect(printed.err.join()).toContain('404');
  });

  it('takes what a silence may be of and when it begins, extends one, and passes warnings on', async () => {
    const of = ['--severity', 'low', '--severity', 'medium', '--field', 'ip=10.0.0.0/8'];
    expect(await run('add', ...of, '--from', '2040-01-01T00:00:00Z', ...why)).toBe(1);
    expect(printed.err.join()).toContain('at most 365 days from now');
    const from = new Date(Date.now() + 60_000).toISOString();
    expect(await run('add', ...of, '--from', from, ...why)).toBe(0);
    expect(printed.err.join()).toContain('warning: fields.ip: "10.0.0.0/8" is compared as a text');
    const id = /: (\S+)$/.exec(printed.out.join())?.[1] ?? '';
    await run('list');
    expect(printed.out.join()).toContain(
      `${id}  severity low or medium {"ip":"10.0.0.0/8"}  from ${from} until`,
    );
    expect(await run('extend', id, '--for', '2d')).toBe(0);
    expect(printed.out.join()).toContain(`${id} ends at `);
    expect(await run('remove', id)).toBe(0);
    expect(await run('extend', id, '--for', '2d')).toBe(1);
  });

  it('takes any text in a field, and a field of any name', async () => {
    const fields = ['user_name=*@example.com', 'user_agent=@ `a=b` %s #c: d', 'toString=x', 'constructor='];
    expect(await run('add', ...fields.flatMap((field) => ['--field', field]), ...why)).toBe(0);
    const id = /: (\S+)$/.exec(printed.out.join())?.[1] ?? '';
    await run('list');
    expect(printed.out.join()).toContain(
      '{"user_name":"*@example.com","user_agent":"@ `a=b` %s #c: d","toString":"x","constructor":""}',
    );
    expect(await run('remove', id)).toBe(0);
  });

  it('takes operators in a field, and says what is wrong', async () => {
    expect(await run('add', '--field', 'ip={ cidr: 203.0.113.0/24 }', ...why, '--json')).toBe(0);
    expect(JSON.parse(printed.out.join(''))).toHaveProperty('id');
    expect(await run('add', '--rule', 'failure', ...why)).toBe(1);
    expect(printed.err.join()).toContain('failures');
    expect(await run('add', '--field', 'ip', ...why)).toBe(2);
    expect(await run('add', '--rule', 'failures')).toBe(2);
  });
});
