import { Deliverer } from '../../src/delivery/deliverer.js';
import { DueWindows } from '../../src/operations/due-windows.js';
import { Metrics } from '../../src/metrics/metrics.js';
import { RunningApp } from '../support/running-app.js';

const rules = `
version: 1
channels: { local: { console: true } }
rules:
  - { id: failures, match: { types: [f] } }
`;

function fail(): never {
  throw new Error('out of order');
}

describe('what follows a commit', () => {
  let app: RunningApp;

  beforeEach(async () => {
    app = await RunningApp.start(rules);
  });

  afterEach(() => app.close());

  it.each<readonly [what: string, failing: () => void]>([
    ['the metrics of decisions', () => (app.part(Metrics).decided = fail)],
    ['the metrics of batches', () => (app.part(Metrics).batchTaken = fail)],
    ['the call to the deliverer', () => (app.part(Deliverer).wake = fail)],
    [
      'the word on windows',
      () => (app.part(DueWindows).evict = () => Promise.reject(new Error('no database'))),
    ],
    [
      'a word on windows that never ends',
      () => (app.part(DueWindows).evict = () => new Promise(() => undefined)),
    ],
  ])('changes no answer: %s', async (_what, failing) => {
    failing();
    const answer = await app.send([{ type: 'f', log_id: 'a' }]);
    expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
    const stored = await app.database.selectFrom('alerts').select('log_id').execute();
    expect(stored).toEqual([{ log_id: 'a' }]);
  });

  it('keeps no other step from being taken', async () => {
    app.part(Deliverer).wake = fail;
    await app.send([{ type: 'f', log_id: 'a' }]);
    await app.send([{ type: 'f', log_id: 'a' }]);
    const metrics = await (await app.admin('../metrics')).text();
    expect(metrics).toContain('alert_router_decisions_total{rule="failures",reason="sent"} 1');
    expect(metrics).toContain('alert_router_decisions_total{rule="failures",reason="duplicate"} 1');
  });
});
