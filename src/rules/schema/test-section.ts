import { IsDefined, IsInt, IsOptional, IsString, Min } from 'class-validator';
import { reasons, type Reason } from '../../domain/alerting/decision.js';
import { Describe } from './check.js';
import { IsTextOrTexts, IsTexts } from './checks.js';
import { IsFilledSection } from './sections.js';
import { IsCounts, IsMoment, IsTestEvents } from './test-checks.js';

/** Why a match of a rule did not become an alert. */
export type SuppressionReason = Exclude<Reason, 'sent' | 'grouped'>;
export const suppressionReasons = reasons.filter(
  (reason): reason is SuppressionReason => reason !== 'sent' && reason !== 'grouped',
);

/** What a test expects of the alerts of its rule. */
@Describe('What the test wants of the alerts of its rule. All that is given must hold.')
export class ExpectSection {
  @IsOptional()
  @Describe('How many alerts go out; one that goes to several channels is one.')
  @IsInt({ message: 'write a number of alerts, such as 0 or 1' })
  @Min(0, { message: 'write a number of alerts, such as 0 or 1' })
  alerts?: number;

  @IsOptional()
  @Describe('The channels that they go to, all of them and no other.')
  @IsTexts('write a list of channel names, such as [security]')
  channels?: string[];

  @IsOptional()
  @Describe('The whole title of one of them, as people read it.')
  @IsString({ message: 'write a text' })
  title?: string;

  @IsOptional()
  @Describe('A text, or each text of a list, is part of one of them: of its title, text, fields or blocks.')
  @IsTextOrTexts('write a text, or a list of them', { type: 'string', minLength: 1 })
  contains?: string | string[];

  @IsOptional()
  @Describe('How many messages show them, once alerts are grouped.')
  @IsInt({ message: 'write a number of messages, such as 0 or 1' })
  @Min(0, { message: 'write a number of messages, such as 0 or 1' })
  messages?: number;

  @IsOptional()
  @Describe('How many matches were kept back, by reason; a reason that is left out may have any number.')
  @IsCounts(suppressionReasons, 'write a reason and a number, such as { throttled: 2 }')
  suppressed?: Partial<Record<SuppressionReason, number>>;
}

/** Events, and the alerts that a rule makes of them. */
@Describe('Events, and the alerts that the rule makes of them. Run by alert-router test.')
export class TestSection {
  @Describe('What it shows, in a few words.')
  @IsString({ message: 'write a text' })
  @IsDefined({ message: 'say in a few words what the test shows' })
  name!: string;

  @IsOptional()
  @Describe(
    'Events as Auth0 sends them, bare or as {log_id, data}, in order; or { file: path }. at: +5m, from the start of the test, or a date moves the clock.',
  )
  @IsTestEvents(
    'write an event such as { type: fu, ip: 203.0.113.9, at: +5m }; at is +30s, +5m, +1h, +7d or a date',
  )
  events?: unknown[] | { file: string };

  @IsOptional()
  @Describe('A file of events, relative to this one, in place of events: JSON, or JSON lines.')
  @IsString({ message: 'write a file name, relative to this rules file' })
  file?: string;

  @IsOptional()
  @Describe('What the clock says at the end, from the start of the test or as a date: +24h.')
  @IsMoment('write +30s, +5m, +1h, +7d or a date such as 2026-01-05T12:00:00Z')
  until?: string;

  @Describe('What the test wants of the alerts of its rule.')
  @IsFilledSection(() => ExpectSection, 'write what to expect, such as { alerts: 1 }')
  @IsDefined({ message: 'say what to expect, such as expect: { alerts: 1 }' })
  expect!: ExpectSection;
}
