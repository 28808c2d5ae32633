import { Metrics } from './metrics.js';

describe('the metrics', () => {
  it('have series of the rules and channels in force only, however many reloads there were', async () => {
    const metrics = new Metrics();
    for (let reload = 0; reload < 1_000; reload++) {
      metrics.decided(`rule-${reload}`, 'sent');
      metrics.attempted(`team-${reload}`, 'delivered');
      metrics.windowKeysEvicted(`rule-${reload}`, 1);
    }
    await metrics.keepOnly(new Set(['rule-999']), new Set(['team-999']));
    const series = (await metrics.registry.metrics())
      .split('\n')
      .filter((line) => /^alert_router_.*(rule|channel)=/.test(line));
    expect(series).toEqual([
      'alert_router_decisions_total{rule="rule-999",reason="sent"} 1',
      'alert_router_delivery_attempts_total{channel="team-999",step="delivered"} 1',
      'alert_router_window_keys_evicted_total{rule="rule-999"} 1',
    ]);
  });
});
