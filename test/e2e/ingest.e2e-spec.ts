import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { logStreamToken, RunningApp } from '../support/running-app.js';

const rules = `
version: 1
channels: { local: { console: true } }
rules:
  - { id: failures, match: { types: ['f*', '*limit*'] } }
`;
const failure = { log_id: 'id-1', data: { type: 'f', description: 'Test failure', log_id: 'id-1' } };
const success = { log_id: 'id-2', data: { type: 's', log_id: 'id-2' } };

describe('POST /api/logs', () => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await RunningApp.start(rules, {
      AUTH0_LOG_STREAM_TOKEN: `old-token, ${logStreamToken}`,
      MAX_BODY: '10kb',
      RATE_LIMIT: '3',
    });
  });

  afterAll(() => app.close());

  it.each([
    ['an array', JSON.stringify([failure]), {}],
    ['an array of bare data', JSON.stringify([failure.data]), {}],
    ['one object', JSON.stringify(failure), {}],
    ['one bare object', JSON.stringify(failure.data), {}],
    ['an envelope', JSON.stringify({ logs: [failure] }), {}],
    ['JSON Lines', `${JSON.stringify(success)}\n${JSON.stringify(failure)}\n`, {}],
    [
      'JSON Lines as text',
      `${JSON.stringify(success)}\r\n${JSON.stringify(failure)}`,
      { 'content-type': 'application/x-ndjson' },
    ],
    ['no usable Content-Type', JSON.stringify([failure]), { 'content-type': 'json lines' }],
    ['gzip', gzipSync(JSON.stringify([failure])), { 'content-encoding': 'gzip' }],
    ['deflate', deflateSync(JSON.stringify([failure])), { 'content-encoding': 'deflate' }],
    ['raw deflate', deflateRawSync(JSON.stringify([failure])), { 'content-encoding': 'Deflate' }],
    ['a batch with strays', JSON.stringify([1, null, { a: 1 }, failure]), {}],
    ['lines with strays', `not json\n${JSON.stringify(failure)}\n[]`, {}],
  ])('answers 200 ok to %s in which a rule matches', async (_form, body, headers) => {
    const answer = await app.send(body, headers);
    expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
  });

  it.each([
    ['nothing matches', [success]],
    ['the array is empty', []],
  ])('answers 204 when %s', async (_case, batch) => {
    expect((await app.send(batch)).status).toBe(204);
  });

  it.each([
    ['text that is not JSON', 'hello', {}],
    ['an empty body', '', {}],
    ['a number', '1', {}],
    ['only strays', '[1, {}, null]', {}],
    ['an object that is no event', '{"a": 1}', {}],
    ['a broken gzip', 'abc', { 'content-encoding': 'gzip' }],
  ])('answers 400 to %s', async (_case, body, headers) => {
    const answer = await app.send(body, headers as Record<string, string>);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('answers 415 to an encoding it does not know', async () => {
    expect((await app.send('x', { 'content-encoding': 'br' })).status).toBe(415);
  });

  it('answers 413 to more than MAX_BODY, before and after unpacking', async () => {
    const large = JSON.stringify([{ type: 'f', description: 'x'.repeat(20_000) }]);
    expect((await app.send(large)).status).toBe(413);
    expect((await app.send(gzipSync(large), { 'content-encoding': 'gzip' })).status).toBe(413);
  });

  it.each([
    ['the token', logStreamToken],
    ['the token as a bearer', `Bearer ${logStreamToken}`],
    ['the token that is rotated out', 'old-token'],
  ])('lets in %s', async (_case, authorization) => {
    expect((await app.send([], { authorization })).status).toBe(204);
  });

  it('refuses anything else before reading the body, and limits how often', async () => {
    const broken = { authorization: 'wrong', 'content-encoding': 'br' };
    const statuses = [];
    for (let attempt = 0; attempt < 5; attempt++) statuses.push((await app.send('x', broken)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    const withToken = await app.send([]);
    expect(withToken.status).toBe(429);
    expect(Number(withToken.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
