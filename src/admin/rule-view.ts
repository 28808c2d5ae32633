import { ApiProperty } from '../web/api-description.js';
import { severities, type Severity } from '../domain/alert.js';
import type { Template } from '../domain/alerting/template.js';
import { noOutcome, type RuleOutcome } from '../storage/resolutions/rule-outcomes.js';

export const ruleModes = ['live', 'shadow'] as const;
export type RuleMode = (typeof ruleModes)[number];

/** How many alerts of a rule stand in which state: that of the message that shows them. */
export class RuleStatesView {
  /** Nobody has acknowledged or resolved the message, or somebody has reopened it. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  open!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  acknowledged!: number;

  /** As a true positive, a false positive or expected. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  resolved!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  truePositive!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  falsePositive!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  expected!: number;
}

/** A rule in force. */
export class RuleView {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: severities })
  severity!: Severity;

  /** A Liquid name is shown as it is written. */
  @ApiProperty({ type: [String] })
  channels!: string[];

  /** Events that matched, each counted once. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  hits!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastHit!: string | null;

  /** A rule in shadow mode is decided and counted, and sends nothing. */
  @ApiProperty({ enum: ruleModes })
  mode!: RuleMode;

  /** Alerts that a message shows, without those that were suppressed and without repeats in a thread. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  alerts!: number;

  @ApiProperty()
  states!: RuleStatesView;

  /**
   * After how many ms a message with alerts of the rule was first acknowledged or resolved: the median of the messages that are
   * not open. Null where all are.
   */
  @ApiProperty({ type: 'integer', minimum: 0, nullable: true })
  acknowledgedAfterMs!: number | null;

  /** Of the resolved alerts, from 0 to 1. Null where none is resolved. */
  @ApiProperty({ type: 'number', minimum: 0, maximum: 1, nullable: true })
  falsePositiveShare!: number | null;
}

/** A rule's outcome as the list shows it. */
export function outcomeView({
  alerts,
  open,
  acknowledged,
  truePositive,
  falsePositive,
  expected,
  acknowledgedAfterMs,
}: RuleOutcome = noOutcome): Pick<
  RuleView,
  'alerts' | 'states' | 'acknowledgedAfterMs' | 'falsePositiveShare'
> {
  const resolved = truePositive + falsePositive + expected;
  return {
    alerts,
    states: { open, acknowledged, resolved, truePositive, falsePositive, expected },
    acknowledgedAfterMs,
    falsePositiveShare: resolved === 0 ? null : falsePositive / resolved,
  };
}

/** The rules in force. */
export class RulesAnswer {
  /** Changes when the rules do. */
  @ApiProperty()
  hash!: string;

  @ApiProperty({ format: 'date-time' })
  loadedAt!: string;

  /** Where `alerts`, `states` and what follows from them begin: with a day in UTC, as far back as delivered messages are kept. */
  @ApiProperty({ format: 'date-time' })
  countedSince!: string;

  @ApiProperty({ type: [RuleView] })
  items!: RuleView[];

  /** Always null: the rules come as one page. */
  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

/** What a reload changed: the ids of rules. */
export class ReloadAnswer {
  @ApiProperty()
  hash!: string;

  @ApiProperty({ format: 'date-time' })
  loadedAt!: string;

  /** How many rules are in force. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  rules!: number;

  @ApiProperty({ type: [String] })
  added!: string[];

  @ApiProperty({ type: [String] })
  removed!: string[];

  @ApiProperty({ type: [String] })
  changed!: string[];
}

export function plainTemplateSource(channel: string | Template): string {
  return typeof channel === 'string' ? channel : channel.source;
}

export const rulesExample: RulesAnswer = {
  hash: '5f2c1f0e9a7d',
  loadedAt: '2026-11-28T08:55:00.000Z',
  countedSince: '2026-10-29T00:00:00.000Z',
  items: [
    {
      id: 'failed-logins',
      name: 'Failed logins',
      severity: 'high',
      channels: ['security'],
      hits: 128,
      lastHit: '2026-11-28T09:00:00.412Z',
      mode: 'live',
      ...outcomeView({
        alerts: 40,
        open: 6,
        acknowledged: 4,
        truePositive: 12,
        falsePositive: 15,
        expected: 3,
        acknowledgedAfterMs: 420_000,
      }),
    },
  ],
  next: null,
};

export const reloadExample: ReloadAnswer = {
  hash: '5f2c1f0e9a7d',
  loadedAt: '2026-11-28T08:55:00.000Z',
  rules: 24,
  added: ['push-fatigue'],
  removed: [],
  changed: ['failed-logins'],
};
