import { by } from '../../test/support/correlating.js';
import { CountingIds } from '../../test/support/counting-ids.js';
import { now, rule, ruleSet } from '../../test/support/pipelines.js';
import { explainEvents } from './explain-events.js';

describe('explainEvents', () => {
  it('says which alert is shown by the message of an earlier one', async () => {
    const group = { waitMs: 60_000, by: by('user_name') };
    const events = ['ann', 'ann', 'bob'].map((user_name, index) => ({
      type: 'fu',
      log_id: `e${index}`,
      user_name,
    }));
    const { results, alerts } = await explainEvents(
      events,
      ruleSet([rule('a', {}, { group })]),
      new CountingIds(),
      () => 'link',
      now,
    );
    expect(results.flatMap(({ rules }) => rules.map(({ decision, reason }) => [decision, reason]))).toEqual([
      ['sent', 'sent'],
      ['sent', 'grouped'],
      ['sent', 'sent'],
    ]);
    expect(alerts).toHaveLength(3);
  });
});
