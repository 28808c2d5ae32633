import { readLogStreams } from '../../auth0/log-stream.js';
import { ownStream } from './own-stream.js';

const streams = (...given: object[]) => readLogStreams(given) ?? [];
const webhook = (httpEndpoint: string, fields: object = {}) => ({
  id: 'lst_1',
  name: 'alerts',
  type: 'http',
  status: 'active',
  sink: { httpEndpoint },
  ...fields,
});

describe('the router’s own log stream', () => {
  it.each([
    ['https://alerts.example.com', 'https://alerts.example.com/api/logs'],
    ['https://alerts.example.com/', 'https://alerts.example.com/api/logs/'],
    ['https://alerts.example.com/api/logs', 'https://ALERTS.example.com/api/logs'],
    ['https://example.com/alerts', 'https://example.com/alerts/api/logs'],
  ])('is found with PUBLIC_URL=%s when it posts to %s', (publicUrl, endpoint) => {
    expect(ownStream(streams(webhook('https://other/api/logs'), webhook(endpoint)), publicUrl)).toMatchObject(
      {
        status: 'active',
      },
    );
  });

  it.each(['https://alerts.example.com/api/log', 'https://alerts.example.com:8443/api/logs', 'nonsense'])(
    'is not one that posts to %s',
    (endpoint) => {
      expect(ownStream(streams(webhook(endpoint)), 'https://alerts.example.com')).toBeUndefined();
    },
  );

  it('is an active one where there are several, and its settings read alike in any order', () => {
    const url = 'https://alerts.example.com/api/logs';
    const filters = [
      { type: 'category', name: 'b' },
      { type: 'category', name: 'a' },
    ];
    const pii_config = { log_fields: ['ip', 'email'], method: 'hash' };
    const found = ownStream(
      streams(webhook(url, { status: 'paused' }), webhook(url, { id: 'lst_2', filters, pii_config })),
      'https://alerts.example.com',
    );
    expect(found).toEqual({
      id: 'lst_2',
      name: 'alerts',
      status: 'active',
      filters: ['a', 'b'],
      pii: 'hash: email, ip',
    });
  });
});
