import { ApiProperty } from '../web/api-description.js';
import { severities, type Severity } from '../domain/alert.js';
import type { Template } from '../domain/alerting/template.js';

/** A rule as the admin API shows it. */
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
  @ApiProperty()
  hits!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastHit!: string | null;
}

export class RulesAnswer {
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

export class ReloadAnswer {
  @ApiProperty()
  hash!: string;

  @ApiProperty({ format: 'date-time' })
  loadedAt!: string;

  /** How many rules are in force. */
  @ApiProperty()
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
