import { logEvent } from '../../../test/support/match-events.js';
import { List } from '../matching/list.js';
import { compileSilence, type SilencedRule, type SilenceMatcher } from './silence.js';

const lists = new Map([['office', new List(['203.0.113.0/24'])]]);
const event = logEvent({ type: 'fu', user_name: 'alice', ip: '203.0.113.9', details: { tries: 3 } }, 'e');

const failures: SilencedRule = { id: 'failures', severity: 'high', tags: ['logins', 'mfa'], owner: 'iam' };

function suppresses(matcher: SilenceMatcher): boolean {
  return compileSilence(matcher, lists, (fault) => {
    throw new Error(fault.message);
  })(failures, event);
}

describe('a silence', () => {
  it.each<[string, SilenceMatcher, boolean]>([
    ['of the rule', { rule: 'failures' }, true],
    ['of another rule', { rule: 'limits' }, false],
    ['of fields that hold, whatever the rule', { fields: { user_name: 'al*' } }, true],
    ['of fields of which one does not hold', { fields: { user_name: 'alice', ip: '198.51.100.1' } }, false],
    ['of the rule and of fields that hold', { rule: 'failures', fields: { type: ['fu', 'fp'] } }, true],
    ['of another rule and of fields that hold', { rule: 'limits', fields: { type: 'fu' } }, false],
    ['of the rule and of fields that do not hold', { rule: 'failures', fields: { type: 'fp' } }, false],
    ['of a list', { fields: { ip: { inList: 'office' } } }, true],
    ['of operators on a deep path', { fields: { 'details.tries': { gt: 2, lt: 4 } } }, true],
    ['of a severity', { severity: ['low', 'high'] }, true],
    ['of other severities', { severity: ['low', 'critical'] }, false],
    ['of some of the tags', { tags: ['mfa'] }, true],
    ['of all of the tags', { tags: ['mfa', 'logins'] }, true],
    ['of a tag that the rule lacks', { tags: ['mfa', 'sms'] }, false],
    ['of the owner', { owner: 'iam' }, true],
    ['of another owner', { owner: 'IAM' }, false],
    ['of the severity and of fields that do not hold', { severity: ['high'], fields: { type: 'fp' } }, false],
    ['of a missing field, negated', { fields: { client_id: { not: 'x' } } }, true],
  ])('%s', (_what, matcher, expected) => {
    expect(suppresses(matcher)).toBe(expected);
  });

  it('reports what it can’t compile, and then keeps nothing back', () => {
    const faults: string[] = [];
    const fields = { ip: { not: { inList: 'offices' } }, user_name: { not: { matches: '(?=a)' } } };
    const test = compileSilence({ rule: 'failures', fields }, lists, ({ code, at }) => {
      faults.push(`${code} ${at.join('.')}`);
    });
    expect(faults).toEqual([
      'unknown-list fields.ip.not.inList',
      'invalid-regex fields.user_name.not.matches',
    ]);
    expect(test(failures, event)).toBe(false);
  });
});
