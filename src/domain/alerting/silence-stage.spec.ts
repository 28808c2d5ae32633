import { logEvent, matchRule } from '../../../test/support/match-events.js';
import { pipelineOf, ruleSet } from '../../../test/support/pipelines.js';
import type { Match } from '../matching/matcher.js';
import { List } from '../matching/list.js';
import type { Rule } from '../rule-set.js';
import { SilenceStage } from './silence-stage.js';
import type { Silence } from './silence.js';

const now = Date.UTC(2026, 10, 20, 12);

function silence(id: string, changes: Partial<Silence>): Silence {
  return { id, reason: 'r', author: 'a', createdAt: now, endsAt: now + 1, ...changes };
}

function match(rule: string, data: Record<string, unknown> = {}): Pick<Match<Rule>, 'rule' | 'event'> {
  return { rule: matchRule(rule, {}) as Rule, event: logEvent({ type: 'fu', ...data }, 'e') };
}

describe('SilenceStage', () => {
  it('suppresses what a silence in force is about, and counts it for the oldest that does', async () => {
    const { silences } = pipelineOf(ruleSet([])).stores;
    silences.running.push(silence('1', { rule: 'a' }));
    silences.running.push(silence('2', { fields: { user_name: 'alice' } }));
    silences.running.push(silence('3', { rule: 'b', endsAt: now }));
    const stage = await SilenceStage.load(silences, new Map(), now);
    const kept = [match('a'), match('a', { user_name: 'alice' }), match('b', { user_name: 'alice' })];
    expect(kept.map((each) => stage.suppresses(each))).toEqual([true, true, true]);
    expect(stage.suppresses(match('b'))).toBe(false);
    expect(silences.counts).toEqual(new Map());
    await stage.save(silences);
    expect(silences.counts).toEqual(
      new Map([
        ['1', 2],
        ['2', 1],
      ]),
    );
  });

  it('goes by the lists in force', async () => {
    const { silences } = pipelineOf(ruleSet([])).stores;
    silences.running.push(silence('1', { fields: { ip: { inList: 'office' } } }));
    const isSuppressed = async (entries: string[]): Promise<boolean> => {
      const lists = new Map([['office', new List(entries)]]);
      return (await SilenceStage.load(silences, lists, now)).suppresses(match('a', { ip: '203.0.113.9' }));
    };
    expect(await isSuppressed(['203.0.113.9'])).toBe(true);
    expect(await isSuppressed(['203.0.113.8'])).toBe(false);
  });
});
