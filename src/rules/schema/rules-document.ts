import { Equals, IsBoolean, IsDefined, IsIn, IsOptional, IsString } from 'class-validator';
import { severities, type Severity } from '../../domain/alert.js';
import { messageActions, type MessageAction } from '../../domain/channel.js';
import type { Redaction } from '../../domain/redaction.js';
import { Describe, InSchema } from './check.js';
import {
  IsBlocks,
  IsDuration,
  IsFilledTexts,
  IsMapping,
  IsRedactions,
  IsSubset,
  IsTextMapping,
  IsTexts,
} from './checks.js';
import { RuleSection } from './rule-section.js';
import { IsNamedSections, IsSection, IsSections } from './sections.js';

/** What rules take when they don't say themselves. */
@Describe("What rules take when they don't say themselves.")
export class DefaultsSection {
  @IsOptional()
  @Describe('Where alerts go. A name may be Liquid: "sev-{{ rule.severity }}".')
  @IsFilledTexts('write a list of channel names, such as [security]')
  channels?: string[];

  @IsOptional()
  @Describe('The template that alerts are written with.')
  @IsString({ message: 'write the name of a template' })
  template?: string;

  @IsOptional()
  @Describe('How urgent alerts are.')
  @IsIn(severities, { message: `write one of: ${severities.join(', ')}` })
  severity?: Severity;
}

/** One of `webhook`, `slack` and `console`; `console` beside a `webhook` is where messages go when that is empty. */
@InSchema({
  description: 'A channel: exactly one of webhook, slack and console; or webhook and console.',
  oneOf: [{ anyOf: [{ required: ['webhook'] }, { required: ['console'] }] }, { required: ['slack'] }],
})
export class ChannelSection {
  @IsOptional()
  @Describe(
    'The URL of an Incoming Webhook, such as "${SLACK_WEBHOOK_URL}"; empty: the console, in production only beside console: true.',
  )
  @IsString({ message: 'write a URL, such as "${SLACK_WEBHOOK_URL}"' })
  webhook?: string;

  @IsOptional()
  @Describe("A Slack channel's id, posted to with SLACK_BOT_TOKEN.")
  @IsString({ message: 'write a channel id, such as C0123456789' })
  slack?: string;

  @IsOptional()
  @Describe('With slack: repeats go to the thread of the first message.')
  @IsBoolean({ message: 'write true or false' })
  thread?: boolean;

  @IsOptional()
  @Describe('Fields of events that messages of this channel show less of, beside those of redact.')
  @IsRedactions()
  redact?: Record<string, Redaction>;

  @IsOptional()
  @Describe('What people can do below alerts: some of acknowledge, resolve and silence; all when left out.')
  @IsSubset(messageActions, `write a list of some of ${messageActions.join(', ')}, or [] for none`)
  actions?: MessageAction[];

  @IsOptional()
  @Describe('Prints the messages; needs no Slack. With webhook: only when that is empty.')
  @Equals(true, { message: 'write console: true' })
  console?: boolean;
}

/** Where the router's own warnings go. */
@Describe("Where the router's own warnings go.")
export class OpsSection {
  @Describe('The name of a channel.')
  @IsString({ message: 'write the name of a channel' })
  channel!: string;

  @IsOptional()
  @Describe('The name of another channel, for warnings that can not go to the first.')
  @IsString({ message: 'write the name of a channel' })
  fallback?: string;
}

/** When the log stream's silence is worth a warning. */
@Describe('Warns in ops when no event arrives for a while, and says when they are back.')
export class HeartbeatSection {
  @Describe('How long without any event.')
  @IsDuration()
  @IsDefined({ message: 'write a duration such as 15m' })
  after!: string;
}

/** How alerts read. Every value is a Liquid template. */
@Describe('How alerts read. Every text is a Liquid template, its outputs made safe for Slack.')
export class TemplateSection {
  @IsOptional()
  @Describe('The headline.')
  @IsString({ message: 'write a text; quote one that starts with {{' })
  title?: string;

  @IsOptional()
  @Describe('The text below the headline.')
  @IsString({ message: 'write a text; quote one that starts with {{' })
  text?: string;

  @IsOptional()
  @Describe('Labels and values; those that come out empty are left out.')
  @IsTextMapping('write labels and texts, such as User: "{{ event.user_name }}"')
  fields?: Record<string, string>;

  @IsOptional()
  @Describe('Block Kit blocks in place of text and fields; their texts are Liquid.')
  @IsBlocks('write a list of Block Kit blocks, each a mapping with a type')
  blocks?: unknown[];
}

/** A rules file. */
@Describe('The rules of the Auth0 alert router.')
export class RulesDocument {
  @Describe('The version of the rule language.')
  @Equals(1, { message: 'write version: 1' })
  @IsDefined({ message: 'write version: 1' })
  version!: 1;

  @IsOptional()
  @Describe('Rules files to take in, relative to this one; globs are sorted. Ids are unique over all files.')
  @IsTexts('write a list of file names, such as [rules/*.yaml]')
  include?: string[];

  @IsOptional()
  @Describe('Changes to rules, by their id, merged deeply.')
  @IsMapping('write a rule id and what to change in that rule', {
    type: 'object',
    additionalProperties: { $ref: '#/definitions/RuleSectionChange' },
  })
  overrides?: Record<string, unknown>;

  @IsOptional()
  @Describe("What rules take when they don't say themselves.")
  @IsSection(() => DefaultsSection, 'write a mapping of channels, template and severity')
  defaults?: DefaultsSection;

  @IsOptional()
  @Describe('Where messages can go, by name.')
  @IsNamedSections(
    () => ChannelSection,
    'write a mapping such as security: { webhook: "${SLACK_WEBHOOK_URL}" }',
  )
  channels?: Map<string, ChannelSection>;

  @IsOptional()
  @Describe("Where the router's own warnings go.")
  @IsSection(() => OpsSection, 'write ops: { channel: name }, with fallback: another name if there is one')
  ops?: OpsSection;

  @IsOptional()
  @Describe('Warns in ops when no event arrives for a while, and says when they are back.')
  @IsSection(() => HeartbeatSection, 'write heartbeat: { after: 15m }')
  heartbeat?: HeartbeatSection;

  @IsOptional()
  @Describe('How fields of events are stored and sent, by their path: mask, hash, truncate or drop.')
  @IsRedactions()
  redact?: Record<string, Redaction>;

  @IsOptional()
  @Describe('Values for inList, by name: a list, or { file: path } with one value a line.')
  @IsMapping('write a name and a list of values, or { file: path }', {
    type: 'object',
    additionalProperties: { $ref: '#/definitions/List' },
  })
  lists?: Record<string, unknown>;

  @IsOptional()
  @Describe('How alerts read, by name. default is taken where a rule names none.')
  @IsNamedSections(() => TemplateSection, 'write a mapping such as default: { title: "…" }')
  templates?: Map<string, TemplateSection>;

  @IsOptional()
  @Describe('The rules, tried in this order.')
  @IsSections(() => RuleSection, 'write a list of rules, each starting with - id:')
  rules?: RuleSection[];
}
