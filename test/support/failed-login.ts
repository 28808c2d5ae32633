import type { AlertContent } from '../../src/domain/alert.js';
import type { Message } from '../../src/domain/alerting/message.js';

/** An alert of a failed login, whose words come from the template and from the event, at the beginning of time. */
export function failedLogin(changes: Partial<AlertContent> = {}): AlertContent {
  return {
    ruleId: 'failures',
    ruleName: 'Failed logins',
    severity: 'high',
    title: ['Failed login of ', { value: 'ann@example.com' }],
    fields: [{ name: 'IP', value: [{ value: '203.0.113.9' }] }],
    mentions: [],
    at: 0,
    ...changes,
  };
}

/** One message that shows these alerts. */
export function messageOf(...alerts: AlertContent[]): Message {
  return { kind: 'alert', alerts };
}
