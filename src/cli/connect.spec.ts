import { CommandLine, type Ran } from '../../test/support/command-line.js';
import { FakeAuth0 } from '../../test/support/fake-auth0.js';

const publicUrl = 'https://alerts.example.com';
const endpoint = `${publicUrl}/api/logs`;
const token = 'stream-token-1';

let cli: CommandLine;
let auth0: FakeAuth0;

beforeEach(async () => {
  cli = await CommandLine.open();
  auth0 = await FakeAuth0.start();
  auth0.tokens.grant = ['read:log_streams', 'create:log_streams', 'update:log_streams'];
});

afterEach(async () => {
  await auth0.close();
  await cli.close();
});

function run(options = '', changes: Record<string, string | undefined> = {}): Promise<Ran> {
  const environment = { ...auth0.settings, AUTH0_LOG_STREAM_TOKEN: token, PUBLIC_URL: publicUrl, ...changes };
  return cli.run(`connect auth0 --rules @rules.yaml ${options}`.trim(), { environment });
}

function rules(types: string, beside = ''): Promise<void> {
  return cli.write(
    'rules.yaml',
    `version: 1\n${beside}\nchannels: { security: { console: true } }\ndefaults: { channels: [security] }\nrules:\n  - { id: one, match: { types: ${types} } }\n`,
  );
}

/** A stream that is as the rules of the command line's folder need it. */
function addStream(changes: object = {}, sink: object = {}): Record<string, unknown> {
  const stream = {
    id: `lst_${auth0.tenant.streams.length}`,
    name: 'alerts',
    type: 'http',
    status: 'active',
    isPriority: false,
    filters: [{ type: 'category', name: 'auth.login.fail' }],
    sink: {
      httpEndpoint: endpoint,
      httpAuthorization: token,
      httpContentFormat: 'JSONLINES',
      httpContentType: 'application/x-ndjson',
      ...sink,
    },
    ...changes,
  };
  auth0.tenant.streams.push(stream);
  return stream;
}

const writes = (): string[] =>
  auth0.calls
    .filter(({ path, method }) => path.startsWith('/api/v2') && method !== 'GET')
    .map(({ method }) => method);

describe('connect auth0', () => {
  it('shows the stream that is missing, without the token, and creates nothing', async () => {
    const { code, out, err } = await run();
    expect(code).toBe(1);
    expect(out).toContain(`no log stream sends to ${endpoint}; to be created:`);
    expect(out).toMatch(/authorization +AUTH0_LOG_STREAM_TOKEN\n.*content +JSON Lines/);
    expect(out).toMatch(/events +auth\.login\.fail$/);
    expect(err).toBe('it is created with --apply');
    expect(out + err).not.toContain(token);
    expect(writes()).toEqual([]);
    expect((await run('--show-token')).out).toContain(token);
  });

  it('creates it with --apply, and finds it as it should be from then on', async () => {
    const { code, out } = await run('--apply');
    expect([code, out]).toEqual([0, expect.stringMatching(/\ncreated lst_0+1$/)]);
    expect(out).not.toContain(token);
    expect(auth0.tenant.streams).toMatchObject([
      {
        name: 'auth0-alert-router',
        type: 'http',
        filters: [{ type: 'category', name: 'auth.login.fail' }],
        sink: {
          httpEndpoint: endpoint,
          httpAuthorization: token,
          httpContentFormat: 'JSONLINES',
          httpContentType: 'application/json',
        },
      },
    ]);
    expect(await run('--apply')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/as the rules need it$/),
    });
    expect(writes()).toEqual(['POST']);
  });

  it('asks for all events where a rule has no types, and says which', async () => {
    await cli.write(
      'rules.yaml',
      'version: 1\nchannels: { security: { console: true } }\nrules: [{ id: any, match: {}, channels: [security] }]\n',
    );
    const { out, err } = await run('--apply');
    expect(out).toMatch(/events +all events/);
    expect(err).toBe('all events are needed, since the rule any has no types');
    expect(auth0.tenant.streams[0]).toMatchObject({ filters: [] });
    await rules('[fp, brand_new]');
    expect((await run()).err).toContain('the rule one names the type brand_new');
  });

  it('asks for a prioritised stream where that sends every type, unless told not to', async () => {
    await rules('[limit_wc, pwd_leak]');
    const ordinary = await run('--no-priority');
    expect(ordinary.out).toMatch(/prioritised +no\n +events +other, system\.notification$/);
    const { out, err } = await run('--apply');
    expect(out).toMatch(/prioritised +yes/);
    expect(err).toContain('--no-priority makes an ordinary one');
    expect(auth0.tenant.streams).toMatchObject([{ isPriority: true, filters: [] }]);
    expect((await run()).code).toBe(0);
    await rules('[limit_wc, fp]');
    const { code, out: differing, err: note } = await run('--apply');
    expect([code, differing]).toEqual([1, expect.stringContaining('- priority: security events alone')]);
    expect(note).toContain('delete it in the Auth0 dashboard');
    expect(writes()).toEqual(['POST']);
  });

  it('shows what differs in an existing stream, and changes only that, and only with --apply', async () => {
    const stream = addStream(
      { status: 'paused', filters: [] },
      {
        httpEndpoint: 'https://ALERTS.example.com/api/logs/',
        httpAuthorization: 'Bearer another',
        httpContentFormat: 'JSONARRAY',
        httpCustomHeaders: [{ header: 'x-a', value: 'b' }],
      },
    );
    const before = structuredClone(stream);
    const { code, out, err } = await run();
    expect([code, err]).toEqual([1, 'the changes are made with --apply']);
    expect(out.split('\n').slice(1)).toEqual([
      '- status: paused',
      '+ status: active',
      '- events: all events',
      '+ events: auth.login.fail',
      '- authorization: another token',
      '+ authorization: AUTH0_LOG_STREAM_TOKEN',
      '- content format: JSONARRAY',
      '+ content format: JSONLINES',
    ]);
    expect(stream).toEqual(before);
    const applied = await run('--apply');
    expect(applied).toMatchObject({ code: 0, out: `${out}\nchanged lst_0` });
    expect(applied.out).not.toContain('Bearer');
    expect(stream).toEqual({
      ...before,
      status: 'active',
      filters: [{ type: 'category', name: 'auth.login.fail' }],
      sink: {
        httpEndpoint: endpoint,
        httpAuthorization: token,
        httpContentFormat: 'JSONLINES',
        httpContentType: 'application/x-ndjson',
        httpCustomHeaders: [{ header: 'x-a', value: 'b' }],
      },
    });
  });

  it('takes a stream that sends by http for the same, and a public URL with the whole path', async () => {
    const stream = addStream({}, { httpEndpoint: endpoint.replace('https', 'http') });
    const { code, out } = await run(`--apply --public-url ${endpoint}`);
    expect([code, out]).toEqual([0, expect.stringContaining(`- payload URL: http://`)]);
    expect(stream).toMatchObject({ sink: { httpEndpoint: endpoint, httpAuthorization: token } });
    expect(writes()).toEqual(['PATCH']);
  });

  it('leaves a sink alone that is as it should be, and a token that the router still takes', async () => {
    const stream = addStream({ filters: [] }, { httpAuthorization: 'Bearer old-token' });
    const sink = structuredClone(stream['sink']);
    const { code } = await run('--apply', { AUTH0_LOG_STREAM_TOKEN: 'new-token, old-token' });
    expect([code, stream['sink']]).toEqual([0, sink]);
  });

  it('names a masking stream, further streams and one that is suspended', async () => {
    addStream({ status: 'suspended', pii_config: { method: 'mask', log_fields: ['email'] } });
    addStream({ status: 'paused' });
    addStream({ type: 'datadog' });
    const { code, out, err } = await run('--apply');
    expect(code).toBe(1);
    expect(out).toContain('- status: suspended');
    expect(err).toMatch(/masks or hashes personal data[^]*1 more of the tenant's log streams[^]*suspended/);
    expect(writes()).toEqual([]);
  });

  it('warns of patterns, a heartbeat and http', async () => {
    await rules("['limit_*']", 'heartbeat: { after: 15m }');
    const { err } = await run('--public-url http://alerts.example.com/');
    expect(err).toMatch(/limit_\* stand for[^]*heartbeat warns after 15m[^]*use https/);
  });

  it('prints the stream without a look at the tenant where no application is named', async () => {
    const unset = { AUTH0_DOMAIN: '', AUTH0_CLIENT_ID: '', AUTH0_CLIENT_SECRET: '' };
    const { code, out, err } = await run('', unset);
    expect([code, out]).toEqual([0, expect.stringContaining('the log stream that the rules need:')]);
    expect(err).toContain('were not looked at');
    expect(auth0.calls).toEqual([]);
    expect((await run('--apply', unset)).code).toBe(2);
    expect((await run('', { AUTH0_CLIENT_SECRET: '' })).err).toContain('AUTH0_CLIENT_SECRET is not set');
  });

  it('prints all of it for machines', async () => {
    addStream({ filters: [] });
    const { code, out, err } = await run('--json --apply');
    expect([code, err]).toEqual([0, expect.stringContaining('- events: all events')]);
    expect(JSON.parse(out)).toEqual({
      action: 'change',
      applied: true,
      id: 'lst_0',
      stream: {
        name: 'auth0-alert-router',
        type: 'http',
        filters: [{ type: 'category', name: 'auth.login.fail' }],
        sink: {
          httpEndpoint: endpoint,
          httpAuthorization: '…',
          httpContentFormat: 'JSONLINES',
          httpContentType: 'application/json',
        },
      },
      differences: [{ field: 'events', is: 'all events', wanted: 'auth.login.fail' }],
      why: { kind: 'categories', categories: ['auth.login.fail'], isPriority: false, patterns: [] },
    });
  });

  it('says which scope is missing', async () => {
    auth0.tokens.grant = ['read:log_streams'];
    const { code, err } = await run('--apply');
    expect([code, err]).toEqual([1, expect.stringContaining('give it the scope create:log_streams')]);
  });

  it.each([
    ['', { PUBLIC_URL: '' }, '--public-url or PUBLIC_URL'],
    ['--public-url alerts.example.com', {}, 'must be an http(s) URL'],
    ['--apply', { AUTH0_LOG_STREAM_TOKEN: undefined }, 'set AUTH0_LOG_STREAM_TOKEN'],
    [
      '',
      { AUTH0_LOG_STREAM_TOKEN: '', AUTH0_LOG_STREAM_TOKEN_FILE: '/no/such' },
      "_FILE names a file that can't be read",
    ],
  ])('refuses "%s" with %j', async (options, changes, why) => {
    const { code, err } = await run(options, changes);
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
    expect(auth0.calls).toEqual([]);
  });
});
