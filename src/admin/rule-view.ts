import { ApiProperty } from '../web/api-description.js';
import { severities, type Severity } from '../domain/alert.js';
import type { Template } from '../domain/alerting/template.js';

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
}

/** The rules in force. */
export class RulesAnswer {
  /** Changes when the rules do. */
  @ApiProperty()
  hash!: string;

  @ApiProperty({ format: 'date-time' })
  loadedAt!: string;

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
  items: [
    {
      id: 'failed-logins',
      name: 'Failed logins',
      severity: 'high',
      channels: ['security'],
      hits: 128,
      lastHit: '2026-11-28T09:00:00.412Z',
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
