import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, type Environment } from './read-settings.js';
import type { Settings } from './settings.js';

const token = { AUTH0_LOG_STREAM_TOKEN: 'token' };

function settingsOf(environment: Environment): Settings {
  const read = readSettings(environment);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return read.settings;
}

function problemsOf(environment: Environment): readonly string[] {
  const read = readSettings(environment);
  return read.ok ? [] : read.problems;
}

describe('readSettings', () => {
  const defaults = {
    PORT: 3000,
    HOST: '0.0.0.0',
    NODE_ENV: 'development',
    ADMIN_TOKEN: undefined,
    METRICS_TOKEN: undefined,
    SLACK_WEBHOOK_URL: undefined,
    SLACK_BOT_TOKEN: undefined,
    SLACK_API_URL: 'https://slack.com/api',
    SLACK_SIGNING_SECRET: undefined,
    SLACK_APP_TOKEN: undefined,
    RULES_FILE: 'rules.yaml',
    DATABASE_URL: 'sqlite:data/router.db',
    MAX_BODY: 5 * 1024 * 1024,
    LOG_LEVEL: 'log',
    RATE_LIMIT: 60,
    TRUST_PROXY: 0,
    WATCH_RULES: true,
    RULES_REQUIRE_TESTS: false,
    AUTH0_DASHBOARD_URL: 'https://manage.auth0.com/#',
    DEDUPE_FOR: '7d',
    KEEP_DELIVERED_FOR: '30d',
    KEEP_DEAD_FOR: '90d',
    SLACK_TIMEOUT: '10s',
  };

  it('has a default for everything that is absent', () => {
    expect(settingsOf(token)).toMatchObject({ ...defaults, AUTH0_LOG_STREAM_TOKEN: ['token'] });
  });

  it('takes an empty value for an absent one', () => {
    const names = Object.keys(settingsOf(token));
    const empty = Object.fromEntries(
      names.flatMap((name) => [
        [name, ''],
        [`${name}_FILE`, ' '],
      ]),
    );
    expect(settingsOf({ ...empty, ...token })).toMatchObject(defaults);
  });

  it('reads nothing but its own variables', () => {
    expect(settingsOf({ ...token, PATH: '/bin', constructor: 'x' })).not.toHaveProperty('PATH');
  });

  it.each([
    ['PORT', ' 8080 ', 8080],
    ['PORT', '0', 0],
    ['PORT', '65535', 65_535],
    ['HOST', '127.0.0.1', '127.0.0.1'],
    ['HOST', '[::1]', '::1'],
    ['HOST', ' [::] ', '::'],
    ['HOST', 'fe80::1%eth0', 'fe80::1%eth0'],
    ['HOST', 'localhost', 'localhost'],
    ['ADMIN_TOKEN', 'admin', 'admin'],
    ['AUTH0_LOG_STREAM_TOKEN', 'one', ['one']],
    ['AUTH0_LOG_STREAM_TOKEN', 'old, new,,', ['old', 'new']],
    ['AUTH0_LOG_STREAM_TOKEN', 'Bearer one', ['Bearer one']],
    ['SLACK_WEBHOOK_URL', 'http://127.0.0.1:8080/services/x', 'http://127.0.0.1:8080/services/x'],
    ['SLACK_API_URL', 'http://127.0.0.1/api', 'http://127.0.0.1/api'],
    ['SLACK_ALLOW_HOSTS', ' Hooks.Slack.com, slack.com', ['hooks.slack.com', 'slack.com']],
    ['SLACK_ALLOW_HOSTS', '*', ['*']],
    ['DATABASE_URL', 'sqlite:/data/router.db', 'sqlite:/data/router.db'],
    ['DATABASE_URL', 'postgres://router:secret@db/router', 'postgres://router:secret@db/router'],
    ['DATABASE_URL', 'postgresql://db/router', 'postgresql://db/router'],
    ['MAX_BODY', '500kb', 512_000],
    ['MAX_BODY', '1.5mb', 1_572_864],
    ['MAX_BODY', '1048576', 1_048_576],
    ['LOG_LEVEL', 'debug', 'debug'],
    ['LOG_LEVEL', 'info', 'log'],
    ['LOG_LEVEL', 'WARN', 'warn'],
    ['RATE_LIMIT', '0', 0],
    ['TRUST_PROXY', '2', 2],
    ['TRUST_PROXY', '10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
    ['METRICS_TOKEN', 'metrics', 'metrics'],
    ['WATCH_RULES', 'false', false],
    ['WATCH_RULES', '0', false],
    ['WATCH_RULES', 'true', true],
    ['WATCH_RULES', '1', true],
    ['RULES_REQUIRE_TESTS', 'true', true],
    ['DEDUPE_FOR', '12h', '12h'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', '', ''],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector:4318', 'http://collector:4318'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'https://[::1]:4318/v1/traces', 'https://[::1]:4318/v1/traces'],
    ['OTEL_TRACES_EXPORTER', '', 'otlp'],
  ] as const)('reads %s=%j', (name, value, expected) => {
    expect(settingsOf({ ...token, [name]: value })[name]).toEqual(expected);
  });

  const invalid = [
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['NODE_ENV', 'staging'],
    ['SLACK_WEBHOOK_URL', 'hooks.slack.com/services/x'],
    ['SLACK_WEBHOOK_URL', 'ftp://hooks.slack.com/services/x'],
    ['SLACK_API_URL', 'http://slack.com/api'],
    ['SLACK_API_URL', 'https://example.com/api'],
    ['SLACK_API_URL', 'slack'],
    ['SLACK_ALLOW_HOSTS', 'https://hooks.slack.com'],
    ['DATABASE_URL', 'mysql://localhost/router'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'sqlite://'],
    ['DATABASE_URL', 'postgres:router'],
    ['DATABASE_URL', 'postgresql://'],
    ['MAX_BODY', 'large'],
    ['MAX_BODY', '0'],
    ['MAX_BODY', '-5mb'],
    ['LOG_LEVEL', 'loud'],
    ['HOST', 'http://127.0.0.1'],
    ['HOST', '127.0.0.1:3000'],
    ['HOST', '[::1]:3000'],
    ['RATE_LIMIT', 'many'],
    ['RATE_LIMIT', '-1'],
    ['RATE_LIMIT', '1.5'],
    ['TRUST_PROXY', 'true'],
    ['WATCH_RULES', 'yes'],
    ['RULES_REQUIRE_TESTS', 'yes'],
    ['AUTH0_DASHBOARD_URL', 'manage.auth0.com'],
    ['DEDUPE_FOR', '0d'],
    ['KEEP_DELIVERED_FOR', 'forever'],
    ['KEEP_DEAD_FOR', '90'],
    ['SLACK_TIMEOUT', '10 s'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'grpc://collector:4317'],
  ] as const;

  it.each(invalid)('has one line for %s=%j, which names it and not its value', (name, value) => {
    const [problem, ...more] = problemsOf({ ...token, [name]: value });
    expect(more).toEqual([]);
    expect(problem).toMatch(new RegExp(`^${name} must be .+`));
  });

  it('lists all problems at once', () => {
    const bad = Object.fromEntries(invalid);
    const problems = problemsOf({ ...token, ...bad });
    expect(problems.map((problem) => problem.split(' ')[0]).toSorted()).toEqual(Object.keys(bad).toSorted());
  });

  it('never quotes a secret that is wrong', () => {
    expect(problemsOf({ ...token, SLACK_WEBHOOK_URL: 'T0/B0/secret' }).join('\n')).not.toContain('secret');
  });

  it('says where a bot token belongs that was set as the app token, without quoting it', () => {
    const [problem, ...others] = problemsOf({ ...token, SLACK_APP_TOKEN: 'xoxb-secret' });
    expect(others).toEqual([]);
    expect(problem).toMatch(/^SLACK_APP_TOKEN must .*xapp-.*belongs in SLACK_BOT_TOKEN$/);
    expect(problem).not.toContain('secret');
    expect(problemsOf({ ...token, SLACK_APP_TOKEN: 'token' })[0]).not.toContain('SLACK_BOT_TOKEN');
    expect(settingsOf({ ...token, SLACK_APP_TOKEN: 'xapp-1-A1' }).SLACK_APP_TOKEN).toBe('xapp-1-A1');
  });

  describe('with no token', () => {
    it.each([
      ['absent', {}],
      ['empty', { AUTH0_LOG_STREAM_TOKEN: '' }],
      ['only commas', { AUTH0_LOG_STREAM_TOKEN: ' , ,' }],
    ])('makes one for this run when it is %s', (_case, environment) => {
      const runs = [readSettings(environment), readSettings(environment)];
      const tokens = runs.map((read) =>
        read.ok && read.madeToken ? read.settings.AUTH0_LOG_STREAM_TOKEN : [],
      );
      for (const made of tokens) expect(made).toEqual([expect.stringMatching(/^[\w-]{24}$/)]);
      expect(tokens[0]).not.toEqual(tokens[1]);
    });

    it('refuses in production, with everything else that is wrong', () => {
      const problems = problemsOf({ NODE_ENV: 'production', PORT: 'http' });
      expect(problems).toHaveLength(2);
      expect(problems.join('\n')).toMatch(/AUTH0_LOG_STREAM_TOKEN is not set.*log stream/);
    });
  });

  describe('in production', () => {
    const stream = 'a-token-of-the-log-stream';
    const production = { NODE_ENV: 'production', AUTH0_LOG_STREAM_TOKEN: `other,${stream}` };

    it.each(['ADMIN_TOKEN', 'METRICS_TOKEN'])('takes a long %s that is no other token', (name) => {
      expect(problemsOf({ ...production, [name]: '16-characters-ok' })).toEqual([]);
    });

    it.each([
      ['ADMIN_TOKEN', '15-characters--', 'must have at least 16 characters in production'],
      ['METRICS_TOKEN', 'short', 'must have at least 16 characters in production'],
      ['ADMIN_TOKEN', 'Bearer short', 'must have at least 16 characters in production'],
      ['ADMIN_TOKEN', stream, 'must be another token than AUTH0_LOG_STREAM_TOKEN'],
      ['METRICS_TOKEN', stream, 'must be another token than AUTH0_LOG_STREAM_TOKEN'],
      ['ADMIN_TOKEN', `Bearer ${stream}`, 'must be another token than AUTH0_LOG_STREAM_TOKEN'],
    ])('refuses %s=%s, without quoting it', (name, value, problem) => {
      const problems = problemsOf({ ...production, [name]: value });
      expect(problems).toEqual([expect.stringContaining(`${name} ${problem}`)]);
      expect(problems.join()).not.toContain(value);
    });

    it('finds a token of the stream that was set with its scheme', () => {
      const environment = { ...production, AUTH0_LOG_STREAM_TOKEN: `Bearer ${stream}`, ADMIN_TOKEN: stream };
      expect(problemsOf(environment)).toHaveLength(1);
    });
  });

  it('takes any token outside production', () => {
    expect(problemsOf({ ...token, ADMIN_TOKEN: 'token', METRICS_TOKEN: 'm' })).toEqual([]);
  });

  it('makes no token where one is set', () => {
    expect(readSettings({ ...token, NODE_ENV: 'production' })).toMatchObject({ ok: true, madeToken: false });
  });

  describe('with secrets in files', () => {
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'alert-router-settings-'));
    });

    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    function file(text: string): string {
      const path = join(folder, 'secret');
      writeFileSync(path, text);
      return path;
    }

    it.each([
      ['AUTH0_LOG_STREAM_TOKEN', 'old,new', ['old', 'new']],
      ['ADMIN_TOKEN', 'admin', 'admin'],
      ['METRICS_TOKEN', 'metrics', 'metrics'],
      ['SLACK_WEBHOOK_URL', 'https://hooks.slack.com/services/x', 'https://hooks.slack.com/services/x'],
      ['SLACK_BOT_TOKEN', 'xoxb-1', 'xoxb-1'],
      ['SLACK_SIGNING_SECRET', 'signing', 'signing'],
      ['SLACK_APP_TOKEN', 'xapp-1', 'xapp-1'],
      ['DATABASE_URL', 'sqlite:other.db', 'sqlite:other.db'],
    ] as const)('reads %s_FILE without the line break at its end', (name, text, expected) => {
      expect(settingsOf({ ...token, [name]: '', [`${name}_FILE`]: file(`${text}\n`) })[name]).toEqual(
        expected,
      );
    });

    it('reads no other setting from a file', () => {
      expect(settingsOf({ ...token, HOST_FILE: file('10.0.0.1') }).HOST).toBe('0.0.0.0');
    });

    it('refuses a secret that is also in a variable', () => {
      expect(problemsOf({ ...token, ADMIN_TOKEN: 'a', ADMIN_TOKEN_FILE: file('b') })).toEqual([
        'ADMIN_TOKEN and ADMIN_TOKEN_FILE are both set: keep one',
      ]);
    });

    it.each([
      ["can't be read (ENOENT)", () => join(folder, 'absent')],
      ["can't be read (EISDIR)", () => folder],
      ['is empty', () => file(' \n')],
    ])('says that a file %s', (what, path) => {
      expect(problemsOf({ ...token, ADMIN_TOKEN_FILE: path() })).toEqual([
        `ADMIN_TOKEN_FILE names a file that ${what}`,
      ]);
    });

    it('says once, also in production, that the file of the token is missing', () => {
      const problems = problemsOf({
        NODE_ENV: 'production',
        AUTH0_LOG_STREAM_TOKEN_FILE: join(folder, 'absent'),
      });
      expect(problems).toEqual([expect.stringContaining('AUTH0_LOG_STREAM_TOKEN_FILE')]);
    });

    it('refuses in production a token file that holds no token', () => {
      const problems = problemsOf({ NODE_ENV: 'production', AUTH0_LOG_STREAM_TOKEN_FILE: file(',') });
      expect(problems).toEqual([expect.stringContaining('AUTH0_LOG_STREAM_TOKEN is not set')]);
    });

    it('holds a value from a file to the same rules', () => {
      expect(problemsOf({ ...token, SLACK_WEBHOOK_URL_FILE: file('no URL') })).toEqual([
        expect.stringMatching(/^SLACK_WEBHOOK_URL must be/),
      ]);
    });
  });
});
