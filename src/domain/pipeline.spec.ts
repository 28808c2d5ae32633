import { event, now, pipelineOf, reasons, rule, ruleSet, template } from '../../test/support/pipelines.js';

describe('an alert', () => {
  it('says what is known of its rule and event', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a')]));
    const raised = await raise([event('e1', { user_name: 'mallory' })]);
    const [delivery] = stores.outbox.deliveries;
    expect(stores.outbox.deliveries).toHaveLength(1);
    expect(delivery?.channel).toBe('security');
    expect(stores.outbox.alerts).toHaveLength(1);
    expect(stores.outbox.alerts[0]).toMatchObject({
      rule: 'a',
      channel: 'security',
      severity: 'high',
      at: now - 1000,
      title: 'a: mallory',
      logIds: ['e1'],
      reason: 'sent',
      deliveryId: delivery?.id,
      content: {
        ruleId: 'a',
        ruleName: 'Rule a',
        title: ['a: ', { value: 'mallory' }],
        link: 'https://dashboard.example/e1',
      },
    });
    expect(raised.alerts).toEqual(stores.outbox.alerts);
    expect([...raised.channels]).toEqual(['security']);
  });

  it('is one for each channel of its rule', async () => {
    const { stores, raise } = pipelineOf(
      ruleSet([rule('a', {}, { channels: ['security', 'iam', 'security'] })]),
    );
    const raised = await raise([event('e1')]);
    expect(stores.outbox.alerts.map((alert) => alert.channel)).toEqual(['security', 'iam']);
    expect(stores.outbox.deliveries.map((delivery) => delivery.channel)).toEqual(['security', 'iam']);
    expect([...raised.channels]).toEqual(['security', 'iam']);
  });

  it('has a title that a database can hold, whatever the event holds', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a')]));
    await raise([event('e1', { user_name: 'a\0b\uD800' })]);
    expect(stores.outbox.alerts[0]?.title).toBe('a: a\uFFFDb\uFFFD');
  });

  it('is none where no rule matches', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a', { types: 's' })]));
    const raised = await raise([event('e1')]);
    expect([raised.alerts, raised.decisions, stores.outbox.deliveries]).toEqual([[], [], []]);
  });
});

describe('several rules', () => {
  it('that match one event for one channel make one message naming each', async () => {
    const rules = [rule('a'), rule('b', { types: 's' }), rule('c'), rule('d', {}, { channels: ['iam'] })];
    const { stores, raise } = pipelineOf(ruleSet(rules));
    await raise([event('e1')]);
    const shown = stores.outbox.deliveries.map((delivery) => [
      delivery.channel,
      stores.outbox.alerts.filter((alert) => alert.deliveryId === delivery.id).map((alert) => alert.rule),
    ]);
    expect(shown).toEqual([
      ['security', ['a', 'c']],
      ['iam', ['d']],
    ]);
  });

  it('make a message that stands alone where one of them is critical or mentions somebody', async () => {
    const rules = [
      rule('a', { types: 'fu' }, { severity: 'low' }),
      rule('b', { types: 'fu', fields: { user_name: ['admin'] } }, { severity: 'critical' }),
      rule('c', { types: 'fu', fields: { user_name: ['root'] } }, { mentions: ['<!here>'] }),
      rule('d', { types: 'fu' }),
    ];
    const { stores, raise } = pipelineOf(ruleSet(rules));
    await raise([
      event('e1', { user_name: 'bob' }),
      event('e2', { user_name: 'admin' }),
      event('e3', { user_name: 'root' }),
    ]);
    expect(stores.outbox.deliveries.map(({ alone }) => alone ?? false)).toEqual([false, true, true]);
    expect(stores.outbox.deliveries.map(({ severity }) => severity)).toEqual(['high', 'critical', 'high']);
  });

  it('with a group name its key as people read it, short and without what the event lacks', async () => {
    const by = ['ip', 'user_name', 'client_id'].map((name) => ({ kind: 'path' as const, steps: [name] }));
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, { group: { waitMs: 1_000, by } })]));
    await raise([
      event('e1', { ip: '192.0.2.1', user_name: '', client_id: 'x' }),
      event('e2', { ip: 'y'.repeat(300) }),
    ]);
    expect(stores.outbox.deliveries.map(({ group }) => group?.text)).toEqual([
      '192.0.2.1, x',
      'y'.repeat(200),
    ]);
  });

  it('that match several events make one message for each event', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a'), rule('b')]));
    await raise([event('e1'), event('e2')]);
    const shown = stores.outbox.deliveries.map((delivery) =>
      stores.outbox.alerts
        .filter((alert) => alert.deliveryId === delivery.id)
        .map((alert) => `${alert.rule} ${alert.logIds.join()}`),
    );
    expect(shown).toEqual([
      ['a e1', 'b e1'],
      ['a e2', 'b e2'],
    ]);
  });

  it('are counted, each as often as it matched', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a'), rule('b', { fields: { ip: 'x' } })]));
    await raise([event('e1'), event('e2', { ip: 'x' })]);
    await raise([event('e3'), event('e1')]);
    expect(stores.ruleHits.counts).toEqual(
      new Map([
        ['a', 3],
        ['b', 1],
      ]),
    );
  });
});

describe('an event delivered twice', () => {
  it('alerts once within a batch', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a'), rule('b')]));
    const raised = await raise([event('e1'), event('e1'), event('e2')]);
    expect(stores.outbox.alerts.map((alert) => `${alert.rule} ${alert.logIds.join()}`)).toEqual([
      'a e1',
      'b e1',
      'a e2',
      'b e2',
    ]);
    expect(stores.outbox.deliveries).toHaveLength(2);
    expect(reasons(raised)).toEqual([
      'a e1 sent',
      'b e1 sent',
      'a e1 duplicate',
      'b e1 duplicate',
      'a e2 sent',
      'b e2 sent',
    ]);
  });

  it('alerts once over batches', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a')]));
    await raise([event('e1')]);
    const raised = await raise([event('e1'), event('e2')]);
    expect(stores.outbox.alerts.map((alert) => alert.logIds)).toEqual([['e1'], ['e2']]);
    expect(stores.outbox.deliveries).toHaveLength(2);
    expect(raised.alerts.map((alert) => alert.logIds)).toEqual([['e2']]);
    expect(reasons(raised)).toEqual(['a e1 duplicate', 'a e2 sent']);
  });

  it('wakes no channel the second time', async () => {
    const { raise } = pipelineOf(ruleSet([rule('a')]));
    await raise([event('e1')]);
    const raised = await raise([event('e1')]);
    expect([raised.alerts, [...raised.channels], [...raised.unknownChannels]]).toEqual([[], [], []]);
  });
});

describe('a channel named by a template', () => {
  const teams = { channels: [template('team-{{ event.tenant_name }}')] };

  it('is the one of that name', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, teams)]));
    const raised = await raise([event('e1', { tenant_name: 'acme' })]);
    expect(stores.outbox.deliveries.map((delivery) => delivery.channel)).toEqual(['team-acme']);
    expect([...raised.unknownChannels]).toEqual([]);
  });

  it('falls back to the defaults, with a warning that names it', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, teams)], ['security', 'iam']));
    const raised = await raise([event('e1', { tenant_name: 'nope' }), event('e2', { tenant_name: 'nope' })]);
    expect(stores.outbox.alerts.map((alert) => `${alert.logIds.join()} ${alert.channel}`)).toEqual([
      'e1 security',
      'e1 iam',
      'e2 security',
      'e2 iam',
    ]);
    expect([...raised.unknownChannels]).toEqual(['team-nope']);
  });

  it('falls back to defaults that are templates themselves, and beyond them to the last resort', async () => {
    const bySeverity = template('{% if rule.severity == "high" %}iam{% else %}nowhere{% endif %}');
    const rules = [rule('a', {}, teams), rule('b', {}, { ...teams, severity: 'low' })];
    const { stores, raise } = pipelineOf(ruleSet(rules, [bySeverity]));
    const raised = await raise([event('e1', { tenant_name: 'nope' })]);
    expect(stores.outbox.alerts.map((alert) => `${alert.rule} ${alert.channel}`)).toEqual([
      'a iam',
      'b security',
    ]);
    expect([...raised.unknownChannels]).toEqual(['team-nope', 'nowhere']);
  });

  it('falls back for that event alone, and into the message that is already there', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, teams), rule('b')]));
    await raise([event('e1', { tenant_name: 'acme' }), event('e2')]);
    expect(stores.outbox.deliveries.map((delivery) => delivery.channel)).toEqual([
      'team-acme',
      'security',
      'security',
    ]);
    const last = stores.outbox.deliveries.at(-1)?.id;
    expect(
      stores.outbox.alerts.filter((alert) => alert.deliveryId === last).map((alert) => alert.rule),
    ).toEqual(['a', 'b']);
  });

  it('is not led astray by properties of the language', async () => {
    const { stores, raise } = pipelineOf(ruleSet([rule('a', {}, { channels: [template('{{ event.c }}')] })]));
    const raised = await raise([event('e1', { c: 'constructor' }), event('e2', { c: '__proto__' })]);
    expect(stores.outbox.deliveries.map((delivery) => delivery.channel)).toEqual(['security', 'security']);
    expect([...raised.unknownChannels]).toEqual(['constructor', '__proto__']);
  });
});
