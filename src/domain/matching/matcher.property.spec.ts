import * as fc from 'fast-check';
import { arbitraryEvent, arbitraryLists, arbitraryMatch } from '../../../test/support/arbitrary-rules.js';
import { logEvent, matchRule } from '../../../test/support/match-events.js';
import { Matcher } from './matcher.js';
import { factsOf, RuleEngine } from './rule-engine.js';

describe('the type index and the prefilter', () => {
  it('change no outcome: the matcher finds what json-rules-engine alone finds', async () => {
    const seen = { pairs: 0, matched: 0, skipped: 0, decidedEarly: 0, matchedByWhere: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryMatch, { minLength: 1, maxLength: 6 }),
        fc.array(arbitraryEvent, { minLength: 1, maxLength: 4 }),
        async (forms, data) => {
          const rules = forms.map((form, index) => matchRule(`r${index}`, form, arbitraryLists));
          const events = data.map((one, index) => logEvent(one, `e${index}`));
          const found = await new Matcher(rules, arbitraryLists).match(events);

          const plain = new RuleEngine(
            rules.map((rule) => ({ id: rule.id, conditions: rule.match.conditions })),
            arbitraryLists,
          );
          for (const event of events) {
            const results = await plain.run(factsOf(event.data));
            const matched = new Set(results.filter(({ result }) => result === true).map(({ name }) => name));
            const mine = found.filter((match) => match.event === event).map((match) => match.rule.id);
            expect(mine).toEqual(rules.map((rule) => rule.id).filter((id) => matched.has(id)));

            for (const [index, rule] of rules.entries()) {
              const verdict = rule.match.prefilter(event.data);
              expect(['maybe', matched.has(rule.id) ? 'yes' : 'no']).toContain(verdict);
              seen.pairs += 1;
              if (matched.has(rule.id)) seen.matched += 1;
              if (!rule.match.admitsType(event.type)) seen.skipped += 1;
              if (verdict === 'yes') seen.decidedEarly += 1;
              if (matched.has(rule.id) && forms[index]?.where !== undefined) seen.matchedByWhere += 1;
            }
          }
        },
      ),
      { numRuns: 500 },
    );
    const share = (count: number) => count / seen.pairs;
    expect(share(seen.matched)).toBeGreaterThan(0.05);
    expect(share(seen.matched)).toBeLessThan(0.9);
    expect(share(seen.skipped)).toBeGreaterThan(0.1);
    expect(share(seen.decidedEarly)).toBeGreaterThan(0.03);
    expect(share(seen.matchedByWhere)).toBeGreaterThan(0.02);
  });
});
