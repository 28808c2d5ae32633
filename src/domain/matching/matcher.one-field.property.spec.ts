import * as fc from 'fast-check';
import { logEvent, matchRule } from '../../../test/support/match-events.js';
import type { MatchForm } from './match-types.js';
import { Matcher } from './matcher.js';
import { factsOf, RuleEngine } from './rule-engine.js';

const number = fc.constantFrom(-5, -1, 0, 1, 5, Infinity);
const ours = fc.constantFrom('gt', 'gte', 'lt', 'lte');
const engines = fc.constantFrom('lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive');
const ofText = fc.constantFrom('contains', 'doesNotContain', 'equal', 'startsWith');

const scalar = fc.oneof(
  number,
  fc.constantFrom('-5', ' 1', '5', '0x5', '5 times', '', '51', 'x', true, null, 3),
);
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(fc.array(scalar, { maxLength: 2 }), { maxLength: 2 }) },
);

const leaf = fc
  .tuple(
    fc.constantFrom('', '', 'not:'),
    fc.oneof(
      fc.tuple(fc.oneof(ours, engines), fc.oneof(number, fc.constantFrom('5', '-1'))),
      fc.tuple(ofText, fc.oneof(scalar, fc.constant('5'))),
      fc.tuple(fc.constantFrom('contains', 'doesNotContain'), fc.array(scalar, { maxLength: 2 })),
    ),
  )
  // Of our own operators some take texts only, others no null.
  .filter(([, [operator, operand]]) => operator !== 'startsWith' || operand !== null)
  .map(([decorator, [operator, operand]]) => ({ fact: 'n', operator: decorator + operator, value: operand }));

/** Rules on one field, so that they meet in every index there is. */
const match: fc.Arbitrary<MatchForm> = fc.oneof(
  fc.dictionary(ours, number, { minKeys: 1, maxKeys: 2 }).map((n) => ({ fields: { n } })),
  fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })).map((n) => ({ fields: { n } })),
  leaf.map((where) => ({ where })),
  fc.array(leaf, { minLength: 1, maxLength: 2 }).map((any) => ({ where: { any } })),
);

describe('the matcher, for rules that share a field', () => {
  it('finds what json-rules-engine alone finds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(match, { minLength: 4, maxLength: 8 }),
        fc.array(value, { minLength: 2, maxLength: 4 }),
        async (forms, values) => {
          const rules = forms.map((form, index) => matchRule(`r${index}`, form));
          const events = values.map((n, index) => logEvent({ type: 't', n }, `e${index}`));
          const found = await new Matcher(rules, new Map()).match(events);
          const plain = new RuleEngine(
            rules.map((rule) => ({ id: rule.id, conditions: rule.match.conditions })),
            new Map(),
          );
          for (const event of events) {
            const results = await plain.run(factsOf(event.data));
            const matched = results.filter(({ result }) => result === true).map(({ name }) => name);
            const mine = found.filter((one) => one.event === event).map((one) => one.rule.id);
            expect(mine).toEqual(matched.toSorted());
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
