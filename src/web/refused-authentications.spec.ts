import { FakeClock } from '../../test/support/fake-clock.js';
import { loggedWarnings } from '../../test/support/logged-warnings.js';
import { Metrics } from '../metrics/metrics.js';
import { RefusedAuthentications } from './refused-authentications.js';

describe('RefusedAuthentications', () => {
  const lines = loggedWarnings();

  it('counts all and logs one line a minute, which says how many it left out', async () => {
    const metrics = new Metrics();
    const clock = new FakeClock();
    const refused = new RefusedAuthentications(metrics, clock);
    for (let index = 0; index < 1_000; index++) refused.add('logs', 'wrong', '192.0.2.7');
    expect(lines).toEqual(['refused a request for logs from 192.0.2.7 for a missing or wrong token']);
    clock.advance(60_000);
    refused.add('admin', 'limited', '192.0.2.8');
    expect(lines.slice(1)).toEqual([
      'refused a request for admin from 192.0.2.8 for too many failures before it, and 999 more since the last such line',
    ]);
    const counted = await metrics.registry.metrics();
    expect(counted).toContain('alert_router_authentications_refused_total{at="logs",reason="wrong"} 1000');
    expect(counted).toContain('alert_router_authentications_refused_total{at="admin",reason="limited"} 1');
  });

  it('knows what it refused in the last quarter of an hour, and since when it has', () => {
    const clock = new FakeClock();
    const refused = new RefusedAuthentications(new Metrics(), clock);
    const began = clock.now();
    refused.add('logs', 'wrong', '192.0.2.7');
    clock.advance(14 * 60_000);
    refused.add('logs', 'limited', '192.0.2.8');
    const logs = { at: 'logs', since: began, last: clock.now(), refused: 2 };
    expect(refused.list()).toEqual([logs]);
    clock.advance(15 * 60_000);
    expect(refused.list()).toEqual([]);
    refused.add('logs', 'wrong', '192.0.2.7');
    expect(refused.list()).toMatchObject([{ since: clock.now(), refused: 1 }]);
  });
});
