import { newAlert } from '../../test/support/alerts.js';
import type { Match } from '../domain/matching/matcher.js';
import type { Rule } from '../domain/rule-set.js';
import { Outbox, type NewAlert } from '../domain/stores.js';
import type { TracedAlert } from '../storage/outbox/outbox-store.js';
import { TracedOutbox } from './traced-outbox.js';

class KeepingOutbox extends Outbox {
  readonly alerts: TracedAlert[] = [];

  override async add(_deliveries: readonly unknown[], alerts: readonly NewAlert[]) {
    this.alerts.push(...alerts);
    return new Map<string, string>();
  }

  override async addTexts(): Promise<void> {}
}

function batch(traceParent: string | undefined, ...logIds: readonly string[]) {
  const matches = logIds.map((logId) => ({ event: { logId } }) as Match<Rule>);
  return { matches, ...(traceParent !== undefined && { traceParent }) };
}

describe('TracedOutbox', () => {
  it('gives each alert the trace of the batch whose event raised it', async () => {
    const outbox = new KeepingOutbox();
    const batches = [batch('first', 'a', 'b'), batch(undefined, 'c'), batch('second', 'b', 'd')];
    const alerts = [['a', 'd'], ['b'], ['c'], ['d', 'a'], ['of-an-earlier-batch']].map((logIds) =>
      newAlert(`alert of ${logIds[0]}`, 'd1', { logIds: logIds as [string] }),
    );
    await new TracedOutbox(outbox, batches).add([], alerts, 0);
    expect(outbox.alerts.map(({ id, traceParent }) => [id, traceParent])).toEqual([
      ['alert of a', 'first'],
      // The second one is the same event, delivered twice.
      ['alert of b', 'first'],
      ['alert of c', undefined],
      ['alert of d', 'second'],
      ['alert of of-an-earlier-batch', undefined],
    ]);
  });
});
