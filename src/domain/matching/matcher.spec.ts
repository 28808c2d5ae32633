import { logEvent, matchRule } from '../../../test/support/match-events.js';
import type { MatchForm } from './match-types.js';
import { Matcher, type MatchableRule } from './matcher.js';

type Rules = readonly (readonly [id: string, form: MatchForm, stop?: boolean])[];

function matcherOf(rules: Rules): Matcher<MatchableRule> {
  return new Matcher(
    rules.map(([id, form, stop]) => matchRule(id, form, new Map(), stop)),
    new Map(),
  );
}

/** The ids of the rules that match each of the types, in the order they come. */
async function matchTypes(rules: Rules, ...types: string[]): Promise<string[]> {
  const events = types.map((type, index) => logEvent({ type }, `e${index}`));
  const matches = await matcherOf(rules).match(events);
  return matches.map((match) => `${match.event.logId} ${match.rule.id}`);
}

describe('Matcher', () => {
  it('gives the matches in the order of the events, then of the rules', async () => {
    const rules: Rules = [
      ['z', { types: 'f*' }],
      ['a', {}],
      ['m', { types: ['s', 'fu'] }],
    ];
    expect(await matchTypes(rules, 'fu', 's', 'fp')).toEqual([
      'e0 z',
      'e0 a',
      'e0 m',
      'e1 a',
      'e1 m',
      'e2 z',
      'e2 a',
    ]);
  });

  it('gives the rule, the event and why', async () => {
    const rule = matchRule('a', { fields: { 'user.name': 'mal*' } });
    const event = logEvent({ type: 'fu', user: { name: 'mallory' } });
    const [match, ...others] = await new Matcher([rule], new Map()).match([event]);
    expect(others).toEqual([]);
    expect(match?.rule).toBe(rule);
    expect(match?.event).toBe(event);
    expect(match?.why).toMatchObject({ name: 'a', result: true });
    expect(match?.why.conditions).toMatchObject({
      all: [{ factResult: 'mallory', value: 'mal*', result: true }],
    });
  });

  it('matches nothing without rules, events or a rule that fits', async () => {
    expect(await matcherOf([]).match([logEvent({ type: 'fu' })])).toEqual([]);
    expect(await matcherOf([['a', {}]]).match([])).toEqual([]);
    expect(await matchTypes([['a', { types: 's' }]], 'fu')).toEqual([]);
  });

  it('takes types that Auth0 does not document', async () => {
    const rules: Rules = [
      ['any', {}],
      ['none', { types: 'f*' }],
      ['exact', { types: 'brand_new' }],
    ];
    expect(await matchTypes(rules, 'brand_new', '__proto__', 'constructor')).toEqual([
      'e0 any',
      'e0 exact',
      'e1 any',
      'e2 any',
    ]);
  });

  it('takes rules with the ids of events and properties', async () => {
    const ids = ['error', 'success', 'constructor', '0'];
    expect(
      await matchTypes(
        ids.map((id) => [id, {}] as const),
        'fu',
      ),
    ).toEqual(ids.map((id) => `e0 ${id}`));
  });

  it('decides an event by its own data whatever other events of its type held', async () => {
    const matcher = matcherOf([['a', { types: 'fu', fields: { ip: 'x' }, where: { any: [] } }]]);
    expect(await matcher.match(['x', 'y', 'x'].map((ip) => logEvent({ type: 'fu', ip })))).toHaveLength(2);
    expect(await matcher.match([logEvent({ type: 'fu', ip: 'y' })])).toHaveLength(0);
  });

  it('stays right past the number of types that it keeps in its index', async () => {
    const matcher = matcherOf([
      ['even', { types: '/[02468]$/' }],
      ['all', { types: 't*' }],
    ]);
    const events = Array.from({ length: 5000 }, (_, index) => logEvent({ type: `t${index}` }));
    expect(await matcher.match(events)).toHaveLength(7500);
    expect(await matcher.match(events.slice(0, 10))).toHaveLength(15);
  });
});

describe('stop', () => {
  it('keeps a matched event from the rules after it', async () => {
    const rules: Rules = [
      ['first', { types: 'f*' }],
      ['stops', { types: 'fu' }, true],
      ['last', {}],
    ];
    expect(await matchTypes(rules, 'fu')).toEqual(['e0 first', 'e0 stops']);
  });

  it('keeps no event that it did not match', async () => {
    const rules: Rules = [
      ['stops', { types: 'fu' }, true],
      ['last', {}],
    ];
    expect(await matchTypes(rules, 'fu', 'fp', 'fu')).toEqual(['e0 stops', 'e1 last', 'e2 stops']);
  });

  it('does not follow from the prefilter alone', async () => {
    const never = { fact: 'type', operator: 'equal', value: 'never' };
    const rules: Rules = [
      ['stops', { types: 'fu', where: never }, true],
      ['excepted', { except: { where: { not: never } } }, true],
      ['last', {}],
    ];
    expect(await matchTypes(rules, 'fu')).toEqual(['e0 last']);
  });
});

describe('explain', () => {
  it('accounts for every rule, matched or not, and names the one that stopped the rest', async () => {
    const rules: Rules = [
      ['fails', { types: 's' }],
      ['stops', { types: 'fu' }, true],
      ['last', {}],
    ];
    const accounts = await matcherOf(rules).explain(logEvent({ type: 'fu' }));
    const reported = accounts.map((account) =>
      'why' in account ? [account.rule.id, account.why.result] : [account.rule.id, account.stoppedBy],
    );
    expect(reported).toEqual([
      ['fails', false],
      ['stops', true],
      ['last', 'stops'],
    ]);
  });

  it('is not stopped by a rule that does not match', async () => {
    const rules: Rules = [
      ['stops', { types: 's' }, true],
      ['last', {}],
    ];
    const accounts = await matcherOf(rules).explain(logEvent({ type: 'fu' }));
    expect(accounts.map((account) => 'why' in account && account.why.result)).toEqual([false, true]);
  });
});
