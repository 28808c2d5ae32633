import type { AlertContent } from '../../src/domain/alert.js';
import type { NewAlert } from '../../src/domain/stores.js';

/** An alert's content with nothing but a title that came out of an event. */
export function alertContent(title: string, changes: Partial<AlertContent> = {}): AlertContent {
  return {
    ruleId: 'failures',
    ruleName: 'Failures',
    severity: 'high',
    title: [{ value: title }],
    fields: [],
    mentions: [],
    at: Date.UTC(2026, 0, 15, 11, 59),
    ...changes,
  };
}

/** An alert of the channel `security`, shown by the delivery `deliveryId` if there is one. */
export function newAlert(
  id: string,
  deliveryId: string | undefined,
  changes: Partial<NewAlert> = {},
): NewAlert {
  const content = alertContent(`title of ${id}`);
  return {
    id,
    rule: content.ruleId,
    channel: 'security',
    severity: content.severity,
    at: content.at,
    title: `title of ${id}`,
    logIds: [`log-of-${id}`],
    reason: deliveryId === undefined ? 'out of hours' : 'sent',
    content,
    people: [],
    keys: { type: 'f' },
    ...(deliveryId !== undefined && { deliveryId }),
    ...changes,
  };
}
