import { rule, ruleSet } from '../../test/support/pipelines.js';
import { Metrics } from './metrics.js';

/** The samples whose name begins so, as they are scraped. */
async function samples(metrics: Metrics, name: string): Promise<readonly string[]> {
  const lines = (await metrics.registry.metrics()).split('\n');
  return lines.filter((line) => line.startsWith(`alert_router_${name}`));
}

describe('the metrics', () => {
  it('have series of the rules and channels in force only, however many reloads there were', async () => {
    const metrics = new Metrics();
    for (let reload = 0; reload < 100; reload++) {
      await metrics.rulesLoaded(ruleSet([rule(`rule-${reload}`)]), 0);
      metrics.decided([{ rule: `rule-${reload}`, logId: 'a', reason: 'sent' }]);
      metrics.attempted(`team-${reload}`, 'delivered');
      metrics.posted(`team-${reload}`, 300);
      metrics.windowKeysEvicted(`rule-${reload}`, 1);
    }
    await metrics.rulesLoaded(ruleSet([rule('rule-99')]), 0);
    for (const name of ['matches_total{', 'decisions_total{', 'window_keys_evicted_total{'])
      expect(await samples(metrics, name)).toEqual([
        expect.stringMatching(/^alert_router_\w+\{rule="rule-99".*\} 1$/),
      ]);
    for (const name of ['delivery_attempts_total{', 'delivery_post_seconds'])
      expect((await samples(metrics, name)).filter((line) => line.includes('team-9'))).toEqual([]);
  });

  it('begin at 0, so that the first of each kind shows as an increase', async () => {
    const metrics = new Metrics();
    await metrics.rulesLoaded(ruleSet([rule('a')]), 0);
    for (const series of [
      'batches_total{result="not-stored"} 0',
      'events_total 0',
      'events_duplicate_total 0',
      'last_event_timestamp_seconds 0',
      'authentications_refused_total{at="logs",reason="wrong"} 0',
      'matches_total{rule="a"} 0',
      'decisions_total{rule="a",reason="sent"} 0',
      'delivery_attempts_total{channel="iam",step="dead"} 0',
      'database_errors_total 0',
      'rules_reloads_total{result="failed"} 0',
    ])
      expect(await samples(metrics, series)).toEqual([`alert_router_${series}`]);
  });

  it('count an event that comes again once, however many rules it matches', async () => {
    const metrics = new Metrics();
    metrics.decided([
      { rule: 'a', logId: '1', reason: 'duplicate' },
      { rule: 'b', logId: '1', reason: 'duplicate' },
      { rule: 'a', logId: '2', reason: 'sent' },
    ]);
    expect(await samples(metrics, 'events_duplicate_total')).toEqual([
      'alert_router_events_duplicate_total 1',
    ]);
    expect(await samples(metrics, 'matches_total{')).toEqual([
      'alert_router_matches_total{rule="a"} 2',
      'alert_router_matches_total{rule="b"} 1',
    ]);
  });

  it('name the version, and the hash of the rules in force', async () => {
    const metrics = new Metrics();
    await metrics.rulesLoaded(ruleSet([rule('a')]), 0);
    expect(await samples(metrics, 'rules_info')).toEqual(['alert_router_rules_info{hash="h"} 1']);
    expect(await samples(metrics, 'build_info')).toEqual([
      expect.stringMatching(/version="\d+\.\d+\.\d+",node="\d+/),
    ]);
  });
});
