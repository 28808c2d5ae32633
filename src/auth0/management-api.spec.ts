import { FakeAuth0, fakeClient } from '../../test/support/fake-auth0.js';
import { Auth0Http } from './auth0-http.js';
import { ManagementApi } from './management-api.js';

describe('the Management API', () => {
  let auth0: FakeAuth0;
  let now: number;
  let api: ManagementApi;

  const client = (changes = {}) => ({
    domain: 'acme.eu.auth0.com',
    ...fakeClient,
    apiUrl: auth0.url,
    ...changes,
  });

  beforeEach(async () => {
    auth0 = await FakeAuth0.start();
    now = Date.now();
    api = new ManagementApi(client(), () => now);
  });

  afterEach(() => auth0.close());

  it('gives what came after an event, page by page, and the checkpoint of the next page', async () => {
    const first = auth0.tenant.log();
    const rest = auth0.tenant.logMany(150);
    const page = await api.logs({ from: first.log_id });
    expect(page).toMatchObject({ kind: 'ok', value: { next: rest[99]?.log_id }, waitMs: 0 });
    const second = await api.logs({ from: rest[99]?.log_id ?? '' });
    expect(second.kind === 'ok' && second.value.events).toEqual(rest.slice(100));
    const end = rest[149]?.log_id ?? '';
    expect(await api.logs({ from: end })).toMatchObject({ kind: 'ok', value: { events: [], next: end } });
  });

  it('searches by date, and finds the newest event', async () => {
    const [old] = auth0.tenant.logMany(1, {}, now - 60_000);
    const young = auth0.tenant.log({}, now);
    expect(await api.logsSince(now - 1_000)).toMatchObject({ kind: 'ok', value: { events: [young] } });
    expect(await api.logsSince(now - 60_000)).toMatchObject({ value: { events: [old, young] } });
    expect(await api.newestLog()).toMatchObject({ kind: 'ok', value: { events: [young] } });
  });

  it('asks for one token until shortly before it expires', async () => {
    auth0.tokens.expiresIn = 600;
    await api.newestLog();
    now += 539_000;
    await api.newestLog();
    expect(auth0.tokens.issued).toBe(1);
    now += 2_000;
    await api.newestLog();
    expect(auth0.tokens.issued).toBe(2);
  });

  it('renews a token that Auth0 refuses, once', async () => {
    await api.newestLog();
    auth0.tokens.expireAll();
    expect((await api.newestLog()).kind).toBe('ok');
    expect(auth0.tokens.issued).toBe(2);
    auth0.fail({ kind: 'status', status: 401 }, 2, '/api/v2/logs');
    expect(await api.newestLog()).toEqual({ kind: 'unauthorized', error: 'status 401' });
    expect(auth0.count('/api/v2/logs')).toBe(5);
  });

  it('tells a wrong secret, a missing grant and a missing scope apart, and names no secret', async () => {
    const wrong = new ManagementApi(client({ clientSecret: 'mistyped-secret' }), () => now);
    const refused = await wrong.newestLog();
    expect(refused).toEqual({ kind: 'unauthorized', error: 'status 401: Unauthorized' });
    expect(auth0.count('/oauth/token')).toBe(1);
    auth0.tokens.grant = ['read:log_streams'];
    expect(await api.newestLog()).toMatchObject({ kind: 'forbidden', scope: 'read:logs' });
    auth0.tokens.grant = undefined;
    api = new ManagementApi(client(), () => now);
    expect(await api.newestLog()).toMatchObject({ kind: 'forbidden', scope: undefined });
  });

  it('says how long the rate limit asks to wait, before it refuses and when it does', async () => {
    auth0.limit(2, 60_000);
    expect(await api.newestLog()).toMatchObject({ kind: 'ok', waitMs: 0 });
    const last = await api.newestLog();
    expect(last.kind === 'ok' && last.waitMs).toBeGreaterThan(50_000);
    const refused = await api.newestLog();
    expect(refused.kind).toBe('rate-limited');
    expect(refused.kind === 'rate-limited' && refused.waitMs).toBeGreaterThan(50_000);
    expect(refused.kind === 'rate-limited' && refused.waitMs).toBeLessThanOrEqual(61_000);
  });

  it('refuses a checkpoint that Auth0 does not know', async () => {
    expect(await api.logs({ from: 'gone' })).toEqual({
      kind: 'refused',
      status: 400,
      error: 'status 400: Log not found: gone',
    });
  });

  it.each([
    ['a page instead of JSON', { status: 200, body: '<html>hello</html>' }, 'garbage'],
    ['an object instead of a list', { status: 200, body: { logs: [] } }, 'garbage'],
    ['a list of what is no event', { status: 200, body: [1, null] }, 'garbage'],
    ['a redirect', { status: 302, body: '' }, 'garbage'],
    ['a gateway that fails', { status: 502, body: '<html>bad gateway</html>' }, 'unavailable'],
  ])('takes %s for what it is', async (_what, answer, kind) => {
    auth0.fail({ kind: 'status', ...answer }, 1, '/api/v2/logs');
    expect((await api.newestLog()).kind).toBe(kind);
    expect((await api.newestLog()).kind).toBe('ok');
  });

  it('takes no answer, a reset and a token that is none for failures, and throws nothing', async () => {
    const hasty = new ManagementApi(client(), () => now, new Auth0Http(100));
    auth0.fail({ kind: 'hang' }, 1, '/oauth/token');
    expect(await hasty.newestLog()).toEqual({ kind: 'unavailable', error: 'timeout' });
    auth0.fail({ kind: 'reset' }, 1, '/oauth/token');
    expect(await hasty.newestLog()).toEqual({ kind: 'unavailable', error: 'ECONNRESET' });
    auth0.fail({ kind: 'status', status: 200, body: { access_token: 'two\nlines' } }, 1, '/oauth/token');
    expect((await hasty.newestLog()).kind).toBe('garbage');
    const nowhere = new ManagementApi(client({ apiUrl: 'http://127.0.0.1:1' }), () => now);
    expect(await nowhere.newestLog()).toEqual({ kind: 'unavailable', error: 'ECONNREFUSED' });
  });

  it('refuses an answer without end', async () => {
    auth0.fail({ kind: 'status', status: 200, body: ' '.repeat(17 * 1_024 * 1_024) }, 1, '/api/v2/logs');
    expect((await api.newestLog()).kind).toBe('garbage');
  });

  it('lists, creates and changes log streams', async () => {
    expect(await api.logStreams()).toMatchObject({ kind: 'ok', value: [] });
    const sink = {
      httpEndpoint: 'https://alerts.example.com/api/logs',
      httpAuthorization: 'token',
      httpContentFormat: 'JSONLINES',
      httpContentType: 'application/json',
    } as const;
    const filters = [{ type: 'category', name: 'auth.login.fail' }] as const;
    const made = await api.createLogStream({ name: 'alerts', type: 'http', filters, sink });
    expect(made).toMatchObject({
      kind: 'ok',
      value: { status: 'active', filters, sink, piiConfig: undefined },
    });
    const id = made.kind === 'ok' ? made.value.id : '';
    auth0.tokens.grant = ['read:log_streams', 'update:log_streams'];
    auth0.tokens.expireAll();
    expect((await api.updateLogStream(id, { status: 'paused' })).kind).toBe('ok');
    expect(await api.logStreams()).toMatchObject({ value: [{ id, status: 'paused', sink }] });
    expect(await api.updateLogStream('lst_none', {})).toMatchObject({ kind: 'not-found' });
    expect(await api.createLogStream({ name: 'alerts', type: 'http', filters, sink })).toMatchObject({
      kind: 'forbidden',
      scope: 'create:log_streams',
    });
  });
});
