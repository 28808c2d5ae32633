import { IsBoolean, IsDefined, IsIn, IsOptional, IsString, IsUrl, ValidateIf } from 'class-validator';
import { severities, type Severity } from '../../domain/alert.js';
import { weekdays, type Weekday } from '../../domain/alerting/active-hours.js';
import { Describe } from './check.js';
import { IsIdentifier, IsMentions, IsSome, IsTexts, IsTimeOfDay, IsZone } from './checks.js';
import { MatchSection } from './match-section.js';
import { WindowSection } from './window-section.js';
import { IsLint } from './lint-check.js';
import { GroupSection, RemindSection, ThrottleSection } from './pace-sections.js';
import { IsSection, IsSections } from './sections.js';
import { TestSection } from './test-section.js';
import { isGiven } from '../../domain/json-value.js';

/** When a rule alerts, on the wall clock of a time zone. */
@Describe('When the rule alerts, on the wall clock of a time zone.')
export class ActiveSection {
  @IsOptional()
  @Describe(
    'The days it alerts on; every day when left out. Hours over midnight belong to the day they start on.',
  )
  @IsSome(weekdays, `write a list of some of ${weekdays.join(', ')}`)
  days?: Weekday[];

  @IsOptional()
  @Describe('From this time on; from midnight when left out.')
  @IsTimeOfDay()
  from?: string;

  @IsOptional()
  @Describe('Until this time; until midnight when left out. Earlier than from: over midnight.')
  @IsTimeOfDay()
  to?: string;

  @IsOptional()
  @Describe('An IANA time zone, daylight saving included; UTC when left out.')
  @IsZone()
  timezone?: string;
}

/** A rule: which events, how urgent, where to, in which words. */
@Describe('A rule: which events, how urgent, where to, in which words.')
export class RuleSection {
  @Describe('Names the rule: a-z, 0-9 and -, unique over all files.')
  @IsIdentifier('id')
  @IsDefined({ message: 'give the rule an id, made of a-z, 0-9 and -' })
  id!: string;

  @IsOptional()
  @Describe('What Slack shows; the id when left out.')
  @IsString({ message: 'write a text' })
  name?: string;

  @IsOptional()
  @Describe('What it is about, for those who read the rules.')
  @IsString({ message: 'write a text' })
  description?: string;

  @IsOptional()
  @Describe('What to do about it: a link in the message.')
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
    { message: 'write an http(s) URL' },
  )
  runbook?: string;

  @IsOptional()
  @Describe('Whom to ask about the rule.')
  @IsString({ message: 'write a text' })
  owner?: string;

  @IsOptional()
  @Describe('Words to find the rule by.')
  @IsTexts('write a list of texts, such as [mfa, iam]')
  tags?: string[];

  @IsOptional()
  @Describe('How urgent: the colour of the message.')
  @IsIn(severities, { message: `write one of: ${severities.join(', ')}` })
  severity?: Severity;

  @IsOptional()
  @Describe('false: the rule is checked, and otherwise not there.')
  @IsBoolean({ message: 'write true or false' })
  enabled?: boolean;

  @Describe('Which events. All that is given must hold; {} is every event.')
  @IsSection(() => MatchSection, 'write a mapping of types, fields, where and except; {} is every event')
  @ValidateIf((rule: RuleSection) => isGiven(rule.match) || !isGiven(rule.window?.sequence))
  @IsDefined({ message: 'say which events the rule is about; match: {} is every event' })
  match?: MatchSection;

  @IsOptional()
  @Describe(
    'Where alerts go; [] for the history alone. A name may be Liquid: "team-{{ event.tenant_name }}".',
  )
  @IsTexts('write a list of channel names, such as [security]; [] for alerts that stand in the history alone')
  channels?: string[];

  @IsOptional()
  @Describe('shadow: alerts are decided and stand in the history, and nothing is sent.')
  @IsIn(['live', 'shadow'], { message: 'write live or shadow' })
  mode?: 'live' | 'shadow';

  @IsOptional()
  @Describe('The template that alerts are written with.')
  @IsString({ message: 'write the name of a template' })
  template?: string;

  @IsOptional()
  @Describe('What must come together for an alert; each match alerts when left out.')
  @IsSection(() => WindowSection, 'write a mapping such as { within: 10m, by: [ip], count: 20 }')
  window?: WindowSection;

  @IsOptional()
  @Describe('One message a key and period; the next one says how many were held back.')
  @IsSection(() => ThrottleSection, 'write a mapping of every and by, such as { every: 1h, by: [ip] }')
  throttle?: ThrottleSection;

  @IsOptional()
  @Describe('Alerts of one key that come within wait become one message.')
  @IsSection(() => GroupSection, 'write a mapping of by and wait, such as { by: [type], wait: 30s }')
  group?: GroupSection;

  @IsOptional()
  @Describe('Asks again as long as a message of the rule is open.')
  @IsSection(() => RemindSection, 'write a mapping such as { after: 15m, every: 30m, times: 3 }')
  remind?: RemindSection;

  @IsOptional()
  @Describe('When the rule alerts; always when left out.')
  @IsSection(() => ActiveSection, 'write a mapping of days, from, to and timezone')
  active?: ActiveSection;

  @IsOptional()
  @Describe('Whom the message mentions: "<!here>", "<!channel>", "<@U0123456789>", "<!subteam^S0123456789>".')
  @IsMentions(
    'write "<!here>", "<!channel>", "<@U0123456789>" for a person or "<!subteam^S0123456789>" for a group',
  )
  mention?: string | string[];

  @IsOptional()
  @Describe("true: rules after this one don't see the events that it matches.")
  @IsBoolean({ message: 'write true or false' })
  stop?: boolean;

  @IsOptional()
  @Describe('Warnings that are off for this rule, such as { unknown-field: off }.')
  @IsLint()
  lint?: Readonly<Record<string, 'off'>>;

  @IsOptional()
  @Describe('Events and the alerts that come of them, run by alert-router test.')
  @IsSections(() => TestSection, 'write a list of tests, each with name, events and expect')
  tests?: TestSection[];
}
