import { Engine } from 'json-rules-engine';
import type { LogEvent } from '../src/domain/event.js';
import { compileMatch } from '../src/domain/matching/compile-match.js';
import { Matcher, type MatchableRule } from '../src/domain/matching/matcher.js';
import { microseconds, round } from './measure.js';
import { eventData } from './workload/events.js';
import { mixedRules, type MixedRule } from './workload/mixed-rules.js';

const events = 1_000;

export interface MatchRow {
  readonly rules: number;
  readonly matching: string;
  /** Of the events, how many the router's matcher found a rule for. */
  readonly matched: number;
  readonly routerMicros: number;
  readonly parseMicros: number;
  readonly plainMicros: number;
  readonly routerToParse: number;
  readonly plainToRouter: number;
}

/** µs per event: the matcher, JSON.parse of the same events, and json-rules-engine with the same rules. */
export async function measureMatch(): Promise<readonly MatchRow[]> {
  const rows: MatchRow[] = [];
  for (const percent of [0, 2, 20]) {
    const data = eventData(events, percent);
    const texts = data.map((one) => JSON.stringify(one));
    const logEvents = texts.map((text, index) => toEvent(JSON.parse(text), index));
    for (const count of [10, 200, 1_000]) {
      const rules = mixedRules(count);
      const matcher = matcherOf(rules);
      const matched = (await matcher.match(logEvents)).length;
      // One right after the other, so that other work on the machine slows both.
      const router = round((await microseconds(() => matcher.match(logEvents))) / events, 3);
      const parse = round((await microseconds(() => texts.forEach((text) => JSON.parse(text)))) / events, 3);
      const plain = round(await plainMicros(rules, data));
      rows.push({
        rules: count,
        matching: `${percent} %`,
        matched,
        routerMicros: router,
        parseMicros: parse,
        plainMicros: plain,
        routerToParse: round(router / parse),
        plainToRouter: round(plain / router, 0),
      });
    }
  }
  return rows;
}

export function matcherOf(rules: readonly MixedRule[]): Matcher<MatchableRule> {
  const compiled = rules.map(({ id, form }): MatchableRule => {
    const match = compileMatch(form, new Map(), (fault) => {
      throw new Error(fault.message);
    });
    return { id, match, stop: false };
  });
  return new Matcher(compiled, new Map());
}

export function toEvent(parsed: unknown, index: number): LogEvent {
  const data = parsed as Record<string, unknown>;
  return { logId: String(index), type: String(data['type']), at: 0, data };
}

/** json-rules-engine as its documentation uses it: one engine, all rules, the event's properties as facts. */
async function plainMicros(
  rules: readonly MixedRule[],
  data: readonly Record<string, unknown>[],
): Promise<number> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator('startsWith', (value: unknown, part: string) => String(value).startsWith(part));
  engine.addOperator('regex', (value: unknown, pattern: string) => new RegExp(pattern).test(String(value)));
  for (const { id, plain } of rules) {
    engine.addRule({ name: id, conditions: structuredClone(plain), event: { type: id } });
  }
  let next = 0;
  return microseconds(() => engine.run(data[next++ % data.length]), 700);
}
