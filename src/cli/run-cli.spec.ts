import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { rulesJsonSchema } from '../rules/json-schema.js';
import type { CliIo } from './cli-io.js';
import { runCli } from './run-cli.js';

const rules = `version: 1
channels: { security: { webhook: '\${WEBHOOK}' } }
rules:
  - id: failures
    match: { types: [fu] }
    tests:
      - { name: a failure, events: [{ type: fu }], expect: { alerts: 1 } }
`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alert-router-cli-'));
  await writeFile(join(folder, 'rules.yaml'), rules);
});

afterEach(() => rm(folder, { recursive: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function* stdinOf(text: string) {
  yield Buffer.from(text);
}

/** Runs the command line; `@name` stands for the file of that name in the folder. */
async function run(
  args: string,
  { stdin = '', ...more }: Partial<Omit<CliIo, 'stdin'>> & { stdin?: string } = {},
): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(
    args.split(' ').map((arg) => arg.replace('@', `${folder}/`)),
    {
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      stdin: stdinOf(stdin),
      environment: {},
      colours: false,
      progress: false,
      ...more,
    },
  );
  return { code, out: out.join('\n').replaceAll(folder, ''), err: err.join('\n') };
}

async function runJson(args: string, io: Parameters<typeof run>[1] = {}): Promise<unknown> {
  return JSON.parse((await run(`${args} --json`, io)).out);
}

function write(name: string, text: string): Promise<void> {
  return writeFile(join(folder, name), text);
}

describe('alert-router', () => {
  it.each([
    '',
    'vlidate',
    'validate --jso',
    'validate a b',
    'explain',
    'backtest --rules',
    'explain @absent.json',
    'backtest @absent.jsonl',
    'send @absent.jsonl',
    'explain @ --rules x',
    'send @rules.yaml --url ftp://x',
    'explain @rules.yaml --until soon',
  ])('ends with 2 when it is called as: alert-router %s', async (args) => {
    const ran = await run(args.trim());
    expect([ran.code, ran.out]).toEqual([2, '']);
    expect(ran.err).not.toBe('');
  });

  it.each(['validate', 'test', 'explain', 'backtest', 'schema', 'send', 'serve'])(
    'shows examples of %s',
    async (command) => {
      const { code, out, err } = await run(`${command} --help`);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/Examples?:\n {2}\$ /);
    },
  );

  it('prints its version', async () => {
    expect(await run('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  });
});

describe('validate', () => {
  it('needs no secrets, and says so', async () => {
    const { code, out } = await run('validate @rules.yaml');
    expect(code).toBe(0);
    expect(out).toContain('/rules.yaml:2:34: warning: the environment has no WEBHOOK [unset-variable]');
    expect(out).toContain('valid (1 rule, 1 channel)');
    expect(
      (await run('validate @rules.yaml', { environment: { WEBHOOK: 'https://example.com' } })).out,
    ).not.toContain('warning');
  });

  it('shows the line of every error, with a caret below its place', async () => {
    await write('rules.yaml', rules.replace('types:', 'tpes:').replace('alerts: 1', 'alerts: many'));
    const { code, out } = await run('validate @rules.yaml');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual(
      expect.arrayContaining([
        '/rules.yaml:5:14: error: there is no key "tpes" here [unknown-key]',
        '    5 |     match: { tpes: [fu] }',
        '      |              ^',
        '    hint: did you mean "types"?',
        expect.stringContaining('/rules.yaml:7:70: error: '),
      ]),
    );
  });

  it('gives it all as JSON', async () => {
    expect(await runJson('validate @rules.yaml')).toMatchObject({
      ok: true,
      rules: ['failures'],
      errors: [],
      warnings: [{ code: 'unset-variable' }],
    });
    await write('rules.yaml', 'version: 2');
    expect(await runJson('validate @rules.yaml')).toMatchObject({
      ok: false,
      errors: [{ code: 'invalid-value', line: 1, column: 10 }],
    });
    expect(await runJson('validate @absent.yaml')).toMatchObject({
      ok: false,
      errors: [{ code: 'unreadable-file' }],
    });
  });

  it('colours only where it is told to', async () => {
    expect((await run('validate @rules.yaml')).out).not.toContain('\u001b');
    expect((await run('validate @rules.yaml', { colours: true })).out).toContain('\u001b[32m');
  });
});

describe('test', () => {
  it('passes', async () => {
    expect(await run('test @rules.yaml')).toEqual({
      code: 0,
      out: '✓ failures (1)\n1 of 1 tests pass',
      err: '',
    });
    expect(await runJson('test @rules.yaml')).toMatchObject({ ok: true, passed: 1, failed: 0, untested: [] });
  });

  it('shows what was expected, what came, and why', async () => {
    await write(
      'rules.yaml',
      `${rules.replace('events: [{ type: fu }]', 'events: [{ type: fp }, { type: fp }]')}  - { id: other, match: {} }\n`,
    );
    const { code, out } = await run('test @rules.yaml');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      '✗ failures (1)',
      '  ✗ a failure  /rules.yaml:7:9',
      '      alerts:',
      '        expected 1',
      '        got      0',
      '      2026-01-05T12:00:00.000Z fp: no match: type: ["fu"], and the event has "fp" (2 times)',
      'without tests: other',
      '0 of 1 tests pass',
    ]);
    expect(await runJson('test @rules.yaml')).toMatchObject({
      ok: false,
      failed: 1,
      untested: ['other'],
      tests: [{ passed: false, differences: [{ what: 'alerts', expected: 1, got: 0 }] }],
    });
  });

  it('shows the errors of rules that are not valid', async () => {
    await write('rules.yaml', 'version: 2');
    expect(await run('test @rules.yaml')).toMatchObject({
      code: 1,
      out: expect.stringContaining('rules.yaml:1:10: error'),
    });
  });
});

describe('explain', () => {
  const events =
    '[{"log_id":"a","data":{"type":"fu","user_name":"\\u001b[2J\\u202eann"}},{"log_id":"b","data":{"type":"fp"}},{}]';

  it('says for each event and rule why', async () => {
    const { code, out, err } = await run('explain - --rules @rules.yaml', { stdin: events });
    expect(code).toBe(0);
    expect(out).toContain(
      'a\n  ✓ failures: sent\nb\n  ✗ failures: no match: type: ["fu"], and the event has "fp"',
    );
    expect(out).toContain('failures to security');
    expect(err).toBe('1 of 3 elements are no events: they have no type');
  });

  it('lets nothing through that a terminal would obey', async () => {
    await write(
      'rules.yaml',
      rules
        .replace('match:', 'template: t\n    match:')
        .replace('rules:', "templates: { t: { title: '{{ event.user_name }}' } }\nrules:"),
    );
    const { out } = await run('explain - --rules @rules.yaml', { stdin: events });
    expect(out).toContain('\\u202eann');
    expect(stripVTControlCharacters(out)).toBe(out);
    expect(out).not.toContain('\u202e');
  });

  it('gives what the admin API gives', async () => {
    expect(await runJson('explain - --rules @rules.yaml', { stdin: events })).toMatchObject({
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
    await write('logs.jsonl', logs);
    expect(await runJson('backtest @logs.jsonl --rules @rules.yaml')).toEqual({
      events: 2,
      rules: { failures: { matched: 1, alerts: 1, messages: 1 } },
      channels: { security: { alerts: 1, messages: 1 } },
    });
  });

  it('prints tables, and what is wrong with the export beside them', async () => {
    const { code, out, err } = await run('backtest - --rules @rules.yaml', { stdin: logs });
    expect(code).toBe(0);
    expect(out).toMatch(/^failures +1 +1 +1 +2026-01-05T12:00Z \(1\) +ann \(1\)$/m);
    expect(err).toBe('1 elements or lines are no events, and were skipped');
  });

  it('says what newer rules add and remove', async () => {
    await write('new.yaml', rules.replace('types: [fu]', 'types: [fp]'));
    const { out } = await run('backtest - --rules @new.yaml --compare @rules.yaml', { stdin: logs });
    expect(out).toContain('+ 1 alert of failures to security\n      2026-01-05T12:01:00.000Z');
    expect(out).toContain('- 1 alert of failures to security\n      2026-01-05T12:00:00.000Z');
    expect(
      await runJson('backtest - --rules @new.yaml --compare @rules.yaml', { stdin: logs }),
    ).toMatchObject({
      added: [{ rule: 'failures', channel: 'security', alerts: 1 }],
      removed: [{ rule: 'failures', channel: 'security', alerts: 1 }],
    });
    expect(
      (await run('backtest - --rules @rules.yaml --compare @rules.yaml', { stdin: logs })).out,
    ).toContain('makes no difference');
  });
});

describe('schema', () => {
  it('prints the schema', async () => {
    expect(await runJson('schema')).toEqual(JSON.parse(JSON.stringify(rulesJsonSchema())));
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
    const { code, out, err } = await run(`send - --url ${url} --json`, { stdin, environment: {} });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({ events: 200, batches: 3, statuses: { 200: 1, 204: 1, 401: 1 } });
    expect(err).toContain('--token');
    expect(received.map(({ body }) => body.length)).toEqual([100, 100, 100]);
    expect(received[0]?.body[0]).toEqual({ log_id: 'e0', data: { type: 'fu', log_id: 'e0' } });
    server.close();
    server.closeAllConnections();
    expect(await run(`send - --url ${url}`, { stdin })).toMatchObject({
      code: 1,
      err: expect.stringContaining('does not answer: ECONN'),
    });
  });
});
