import { by } from '../../test/support/correlating.js';
import { event, now, pipelineOf, reasons, rule, ruleSet, template } from '../../test/support/pipelines.js';

describe('a silence', () => {
  const silence = { id: 's', rule: 'a', reason: 'why', author: 'who', createdAt: now, endsAt: now + 1 };

  it('records the alerts that it suppresses without delivering them, and leaves those of other rules alone', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a'), rule('b')]));
    stores.silences.running.push(silence);
    expect(reasons(await raise([event('e1')]))).toEqual(['a e1 silenced', 'b e1 sent']);
    expect(stores.outbox.alerts.map(({ rule: id, deliveryId }) => [id, deliveryId === undefined])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(stores.silences.counts).toEqual(new Map([['s', 1]]));
  });

  it('comes after duplicates, and before active hours and throttles', async () => {
    const hours = { days: new Set<never>(), fromMinute: 0, toMinute: 1, timezone: 'UTC' };
    const throttle = { everyMs: 60_000, by: [] };
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, { active: hours, throttle })]));
    stores.silences.running.push(silence);
    expect(reasons(await raise([event('e1'), event('e2')]))).toEqual(['a e1 silenced', 'a e2 silenced']);
    expect(reasons(await raise([event('e1')]))).toEqual(['a e1 duplicate']);
    expect(reasons(await raise([event('e3')], now + 1))).toEqual(['a e3 out of hours']);
    expect(stores.throttles.stored.size).toBe(0);
  });
});

describe('a rule out of its hours', () => {
  const active = {
    days: new Set(['fri'] as const),
    fromMinute: 8 * 60,
    toMinute: 12 * 60,
    timezone: 'UTC',
  };

  it('has its match recorded and not delivered', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, { active })]));
    const raised = await raise([event('e1')]);
    expect(stores.outbox.alerts).toHaveLength(1);
    expect(stores.outbox.alerts[0]).toMatchObject({ rule: 'a', reason: 'out of hours', title: 'a: ' });
    expect(stores.outbox.alerts[0]?.deliveryId).toBeUndefined();
    expect(stores.outbox.deliveries).toEqual([]);
    expect([...raised.channels]).toEqual([]);
    expect(reasons(raised)).toEqual(['a e1 out of hours']);
    expect(stores.ruleHits.counts.get('a')).toBe(1);
  });

  it('keeps no other rule from delivering the event', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, { active }), rule('b')]));
    await raise([event('e1')]);
    const [delivery] = stores.outbox.deliveries;
    expect(stores.outbox.alerts.map((alert) => [alert.rule, alert.deliveryId])).toEqual([
      ['a', undefined],
      ['b', delivery?.id],
    ]);
  });

  it('still stops the rules after it', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, { active, stop: true }), rule('b')]));
    await raise([event('e1')]);
    expect(stores.outbox.alerts.map((alert) => alert.rule)).toEqual(['a']);
  });

  it('delivers within its hours', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, { active })]));
    await raise([event('e1')], now - 1);
    expect(stores.outbox.deliveries).toHaveLength(1);
  });

  it('does not deliver an event of then when it comes again within its hours', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, { active })]));
    await raise([event('e1')]);
    await raise([event('e1')], now - 1);
    expect(stores.outbox.deliveries).toEqual([]);
  });
});

describe('a rule without channels', () => {
  it('has its alerts in the history alone, whatever the defaults and its throttle', async () => {
    const throttle = { everyMs: 60_000, by: by('user_id') };
    const { stores, raise } = pipelineOf(
      ruleSet([rule('a', {}, { channels: [] }), rule('b', {}, { channels: [], throttle })]),
    );
    const raised = await raise([event('e1'), event('e2')]);
    expect(reasons(raised)).toEqual(['a e1 sent', 'b e1 sent', 'a e2 sent', 'b e2 throttled']);
    expect(stores.outbox.alerts.map(({ channel, deliveryId }) => [channel, deliveryId])).toEqual(
      Array.from({ length: 4 }, () => ['', undefined]),
    );
    expect(stores.outbox.deliveries).toEqual([]);
    expect(stores.throttles.nextSummary(Number.MAX_SAFE_INTEGER)).toBeUndefined();
  });
});

describe('a rule in shadow mode', () => {
  it('is decided and counted, and sends nothing, neither now nor as a summary', async () => {
    const throttle = { everyMs: 60_000, by: by('user_id') };
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, { shadow: true, throttle }), rule('b')]));
    const raised = await raise([event('e1'), event('e2')]);
    expect(reasons(raised)).toEqual(['a e1 shadow', 'b e1 sent', 'a e2 shadow', 'b e2 sent']);
    expect(stores.outbox.alerts.map(({ rule: id, reason }) => `${id} ${reason}`)).toEqual([
      'a shadow',
      'b sent',
      'a shadow',
      'b sent',
    ]);
    expect(stores.outbox.deliveries).toHaveLength(2);
    expect(stores.throttles.nextSummary(Number.MAX_SAFE_INTEGER)).toBeUndefined();
  });
});

describe('the key of a throttle', () => {
  const throttle = { everyMs: 60_000, by: by('user_id', 'ip') };

  it('is one for all events that lack a value, whether it is absent or empty', async () => {
    const { raise } = pipelineOf(ruleSet([rule('a', {}, { throttle })]));
    const raised = await raise([
      event('e1', { user_id: '', ip: '192.0.2.1' }),
      event('e2', { ip: '192.0.2.1' }),
      event('e3', { user_id: 'u', ip: '192.0.2.1' }),
    ]);
    expect(reasons(raised)).toEqual(['a e1 sent', 'a e2 throttled', 'a e3 sent']);
  });

  it('is the same for every spelling of an address', async () => {
    const { raise } = pipelineOf(ruleSet([rule('a', {}, { throttle })]));
    const raised = await raise([
      event('e1', { user_id: 'Ann@example.com', ip: '::ffff:192.0.2.1' }),
      event('e2', { user_id: 'ann@EXAMPLE.com', ip: '192.0.2.1' }),
    ]);
    expect(reasons(raised)).toEqual(['a e1 sent', 'a e2 throttled']);
  });
});

describe('the key of a group', () => {
  it('is one for all events that lack a value, and for every spelling of an address', async () => {
    const group = { waitMs: 60_000, by: by('user_name') };
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, { group })]));
    const users = [undefined, '', 'Ann@example.com', 'ann@EXAMPLE.com'];
    await raise(users.map((user_name, index) => event(`e${index}`, { user_name })));
    const [first, second] = stores.outbox.deliveries.map(({ id }) => id);
    expect(stores.outbox.deliveries).toHaveLength(2);
    expect(stores.outbox.alerts.map(({ deliveryId }) => deliveryId)).toEqual([first, first, second, second]);
  });
});

describe('an alert of a group', () => {
  const group = { waitMs: 60_000, by: by('user_name') };

  it('is decided as grouped where the message of an earlier one of the batch shows it', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, { group }), rule('b')]));
    const raised = await raise([event('e1', { user_name: 'ann' }), event('e2', { user_name: 'ann' })]);
    expect(reasons(raised)).toEqual(['a e1 sent', 'b e1 sent', 'a e2 grouped', 'b e2 sent']);
    expect(stores.outbox.alerts.map(({ reason }) => reason)).toEqual(['sent', 'sent', 'grouped', 'sent']);
  });

  it('is decided as sent where one of its channels gets a message of its own', async () => {
    const channels = [template('{{ event.channel }}'), 'security'];
    const { raise } = pipelineOf(ruleSet([rule('a', {}, { group, channels })]));
    const raised = await raise([
      event('e1', { user_name: 'ann', channel: 'security' }),
      event('e2', { user_name: 'ann', channel: 'iam' }),
      event('e3', { user_name: 'ann', channel: 'iam' }),
    ]);
    expect(reasons(raised)).toEqual(['a e1 sent', 'a e2 sent', 'a e3 grouped']);
  });
});
