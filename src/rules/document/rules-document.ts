import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  Equals,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { severities, type Severity } from '../../domain/alert.js';
import { IsMapping, IsTextMapping } from './checks.js';
import { RuleSection } from './rule-section.js';

/** What rules take when they don't say themselves. */
export class DefaultsSection {
  @IsOptional()
  @IsString({ each: true, message: 'channels must be a list of channel names' })
  @ArrayNotEmpty({ message: 'channels must name at least one channel' })
  @IsArray({ message: 'channels must be a list, such as [security]' })
  channels?: string[];

  @IsOptional()
  @IsString({ message: 'template must be the name of a template' })
  template?: string;

  @IsOptional()
  @IsIn(severities, { message: `severity must be one of ${severities.join(', ')}` })
  severity?: Severity;
}

/** One of `webhook`, `slack` and `console`. */
export class ChannelSection {
  /** An Incoming Webhook's URL; empty: the console. */
  @IsOptional()
  @IsString({ message: 'webhook must be a URL, such as "${SLACK_WEBHOOK_URL}"' })
  webhook?: string;

  /** A channel's id, posted to with SLACK_BOT_TOKEN. */
  @IsOptional()
  @IsString({ message: 'slack must be a channel id, such as C0123456789' })
  slack?: string;

  /** Repeats go to the thread of the first message. */
  @IsOptional()
  @IsBoolean({ message: 'thread must be true or false' })
  thread?: boolean;

  @IsOptional()
  @Equals(true, { message: 'console must be true' })
  console?: boolean;
}

/** Where the router's own warnings go. */
export class OpsSection {
  @IsString({ message: 'ops needs a channel' })
  channel!: string;
}

/** How alerts read. Every value is a Liquid template. */
export class TemplateSection {
  @IsOptional()
  @IsString({ message: 'title must be a text' })
  title?: string;

  @IsOptional()
  @IsString({ message: 'text must be a text' })
  text?: string;

  /** Labels and values; those that come out empty are left out. */
  @IsOptional()
  @IsTextMapping('User: "{{ event.user_name }}"')
  fields?: Record<string, string>;

  /** Block Kit blocks instead of title, text and fields. */
  @IsOptional()
  @IsArray({ message: 'blocks must be a list of Block Kit blocks' })
  blocks?: unknown[];
}

/** A rules file. */
export class RulesDocument {
  @Equals(1, { message: 'version must be 1' })
  version!: 1;

  /** Files, relative to this one; globs are sorted. */
  @IsOptional()
  @IsString({ each: true, message: 'include must be a list of file names' })
  @IsArray({ message: 'include must be a list of file names' })
  include?: string[];

  /** Changes to rules by their id, merged deeply. */
  @IsOptional()
  @IsMapping('a rule id and what to change in that rule')
  overrides?: Record<string, unknown>;

  @IsOptional()
  @ValidateNested({ message: 'defaults must be a mapping of channels, template and severity' })
  @Type(() => DefaultsSection)
  defaults?: DefaultsSection;

  @IsOptional()
  @ValidateNested({
    each: true,
    message: 'channels must be a mapping such as security: { webhook: "${SLACK_WEBHOOK_URL}" }',
  })
  @Type(() => ChannelSection)
  channels?: Map<string, ChannelSection>;

  @IsOptional()
  @ValidateNested({ message: 'ops must be a mapping: { channel: name }' })
  @Type(() => OpsSection)
  ops?: OpsSection;

  /** Lists of values, or { file: path } with one value a line. */
  @IsOptional()
  @IsMapping('a name and a list of values, or { file: path }')
  lists?: Record<string, unknown>;

  @IsOptional()
  @ValidateNested({ each: true, message: 'templates must be a mapping such as default: { title: "…" }' })
  @Type(() => TemplateSection)
  templates?: Map<string, TemplateSection>;

  @IsOptional()
  @ValidateNested({ each: true, message: 'rules must be a list of rules, each starting with - id:' })
  @Type(() => RuleSection)
  @IsArray({ message: 'rules must be a list, each rule starting with - id:' })
  rules?: RuleSection[];
}
