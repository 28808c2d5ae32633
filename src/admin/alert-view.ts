import { severities, type Severity } from '../domain/alert.js';
import { decisionOf, reasons, type Decision, type Reason } from '../domain/alerting/decision.js';
import { noChannel } from '../domain/stores.js';
import type { ListedAlert } from '../storage/outbox/alerts-reader.js';
import { ApiProperty } from '../web/api-description.js';
import { AlertContentView, contentExample } from './alert-content-view.js';
import { deliveredExample, DeliveryView } from './delivery-view.js';
import { isoTime } from './page.js';
import {
  resolvedExample,
  openExample,
  stateHistoryExample,
  StateHistoryView,
  StateView,
  stateView,
} from './state-view.js';
import { payloadExample, SlackPayloadView } from './slack-payload-view.js';

/** An alert of the history. */
export class AlertView extends StateView {
  @ApiProperty()
  id!: string;

  /** The id of the rule. */
  @ApiProperty()
  rule!: string;

  /** Null where its rule names no channel. */
  @ApiProperty({ type: String, nullable: true })
  channel!: string | null;

  @ApiProperty({ enum: severities })
  severity!: Severity;

  /** The event’s own time. */
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty()
  title!: string;

  /** Of the events it is about. */
  @ApiProperty({ type: [String] })
  logIds!: string[];

  @ApiProperty({ enum: ['sent', 'suppressed'] satisfies Decision[] })
  decision!: Decision;

  /** Why it was decided so. */
  @ApiProperty({ enum: reasons })
  reason!: Reason;

  /** The message that shows it; null for one that was suppressed. */
  @ApiProperty({ type: String, nullable: true })
  deliveryId!: string | null;
}

/** An alert with all that there is of it. */
export class WholeAlertView extends AlertView {
  /** The event’s type code. */
  @ApiProperty()
  type!: string;

  /** The event’s `user_name`. */
  @ApiProperty({ type: String, nullable: true })
  user!: string | null;

  /** The event’s `ip`. */
  @ApiProperty({ type: String, nullable: true })
  ip!: string | null;

  /** The event’s `client_name`. */
  @ApiProperty({ type: String, nullable: true })
  application!: string | null;

  @ApiProperty()
  content!: AlertContentView;

  /** What Slack gets when the alert has a message of its own. */
  @ApiProperty()
  payload!: SlackPayloadView;

  @ApiProperty({ type: DeliveryView, nullable: true })
  delivery!: DeliveryView | null;

  /** What people did about its message, the first change first. */
  @ApiProperty({ type: [StateHistoryView] })
  stateHistory!: StateHistoryView[];
}

export function alertView(alert: ListedAlert): AlertView {
  return {
    id: alert.id,
    rule: alert.rule,
    channel: alert.channel === noChannel ? null : alert.channel,
    severity: alert.severity as Severity,
    at: isoTime(alert.at),
    title: alert.title,
    logIds: JSON.parse(alert.log_ids) as string[],
    decision: decisionOf(alert.reason as Reason),
    reason: alert.reason as Reason,
    deliveryId: alert.delivery_id,
    ...stateView(alert.state),
  };
}

export const alertExample: AlertView = {
  id: '0199a0c4-6b1e-7c3e-9f52-3d5b8f6f2a10',
  rule: 'failed-logins',
  channel: 'security',
  severity: 'high',
  at: '2026-11-28T09:00:00.000Z',
  title: 'Wrong password [type: fp]',
  logIds: ['90020261128090000000000000000000000001'],
  decision: 'sent',
  reason: 'sent',
  deliveryId: deliveredExample.id,
  ...openExample,
};

export const wholeAlertExample: WholeAlertView = {
  ...alertExample,
  ...resolvedExample,
  type: 'fp',
  user: 'alice@example.com',
  ip: '203.0.113.7',
  application: 'Shop',
  content: contentExample,
  payload: payloadExample,
  delivery: { ...deliveredExample, ...resolvedExample },
  stateHistory: stateHistoryExample,
};
