import { event, pipelineOf, rule, ruleSet, template } from '../../../test/support/pipelines.js';
import { plainText, type BlockNode } from '../alert.js';

/** What a filter makes of the event takes more than a third of what an alert may use. */
const costly = template('{{ event.long | upcase | size }}');
const long = 'a'.repeat(1_900_000);

describe('an alert of many costly templates', () => {
  it('is raised with what its budget allows, and says what failed and that something did', async () => {
    const fields = Array.from({ length: 20 }, (_, index) => [`Field ${index}`, costly] as const);
    const blocks = [{ template: costly }];
    const { stores, raise } = pipelineOf(
      ruleSet([
        rule('a', {}, { template: { title: template('{{ event.user_name }}'), fields, blocks } }),
        rule('b'),
      ]),
    );
    const raised = await raise([event('e1', { user_name: 'mallory', long })]);
    const [alert, other] = stores.outbox.alerts;
    expect(alert).toMatchObject({ title: 'mallory', reason: 'sent' });
    const shown = alert?.content.fields.map(({ value }) => plainText(value)) ?? [];
    expect(shown).toHaveLength(20);
    for (const value of shown.slice(2)) expect(value).toMatch(/^\(template failed: .*limit exceeded/);
    const [block] = (alert?.content.blocks ?? []) as [Extract<BlockNode, { spans: unknown }>];
    expect(plainText(block.spans)).toMatch(/^\(template failed: /);
    // The next alert has a budget of its own.
    expect(other?.title).toBe('b: mallory');
    expect([...raised.templateFailures]).toEqual([['a', expect.stringMatching(/limit exceeded/)]]);
  });

  it('goes to the default channels when nothing is left for its channel’s name', async () => {
    const { stores, raise } = pipelineOf(
      ruleSet([
        rule(
          'a',
          {},
          { template: { title: costly, text: costly, fields: [['Field', costly]] }, channels: [costly] },
        ),
      ]),
    );
    await raise([event('e1', { long })]);
    expect(stores.outbox.alerts.map(({ channel }) => channel)).toEqual(['security']);
  });
});
