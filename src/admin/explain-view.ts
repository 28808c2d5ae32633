import { reasons, type Decision } from '../domain/alerting/decision.js';
import type {
  EventExplanation,
  ExplainedAlert,
  Explanation,
  RuleExplanation,
} from '../replay/explain-events.js';
import { ApiProperty } from '../web/api-description.js';
import { payloadExample, SlackPayloadView } from './slack-payload-view.js';

/** Why a rule did or didn’t alert on an event. */
export class RuleExplanationView implements RuleExplanation {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  matched!: boolean;

  @ApiProperty({ enum: ['sent', 'suppressed', 'none'] satisfies (Decision | 'none')[] })
  decision!: Decision | 'none';

  @ApiProperty({ enum: [...reasons, 'not matched', 'stopped'] })
  reason!: RuleExplanation['reason'];

  /** The condition that decided against the rule. */
  @ApiProperty({ required: false })
  failed?: string;

  /** What that condition saw; absent when the event has no such value. */
  @ApiProperty({ type: Object, oneOf: [{}], required: false })
  value?: unknown;
}

export class EventExplanationView implements EventExplanation {
  @ApiProperty()
  logId!: string;

  /** Every rule, in the order of the rules file. */
  @ApiProperty({ type: [RuleExplanationView] })
  rules!: readonly RuleExplanationView[];
}

/** An alert as it would be posted. */
export class ExplainedAlertView implements ExplainedAlert {
  /** The id of the rule. */
  @ApiProperty()
  rule!: string;

  @ApiProperty({ type: [String] })
  channels!: readonly string[];

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty()
  title!: string;

  /** Of the events it is about. */
  @ApiProperty({ type: [String] })
  logIds!: readonly string[];

  @ApiProperty()
  payload!: SlackPayloadView;
}

/** Why events alert, or don’t. */
export class ExplanationView implements Explanation {
  /** Each event, in the order in which they were sent; what is no event is left out. */
  @ApiProperty({ type: [EventExplanationView] })
  results!: readonly EventExplanationView[];

  @ApiProperty({ type: [ExplainedAlertView] })
  alerts!: readonly ExplainedAlertView[];
}

export const explanationExample: ExplanationView = {
  results: [
    {
      logId: '90020261128090000000000000000000000001',
      rules: [
        { id: 'failed-logins', matched: true, decision: 'sent', reason: 'sent' },
        {
          id: 'blocked-accounts',
          matched: false,
          decision: 'none',
          reason: 'not matched',
          failed: 'type is one of limit_wc, limit_mu',
          value: 'fp',
        },
      ],
    },
  ],
  alerts: [
    {
      rule: 'failed-logins',
      channels: ['security'],
      at: '2026-11-28T09:00:00.000Z',
      title: 'Wrong password [type: fp]',
      logIds: ['90020261128090000000000000000000000001'],
      payload: payloadExample,
    },
  ],
};
