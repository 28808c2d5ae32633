import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsOptional,
  IsString,
  IsUrl,
  ValidateNested,
} from 'class-validator';
import { severities, type Severity } from '../../domain/alert.js';
import { weekdays, type Weekday } from '../../domain/active-hours.js';
import { IsIdentifier, IsTimeOfDay, IsZone } from './checks.js';
import { MatchSection } from './match-section.js';

/** When a rule alerts, on the wall clock of a time zone. */
export class ActiveSection {
  @IsOptional()
  @IsIn(weekdays, { each: true, message: `days is a list of ${weekdays.join(', ')}` })
  @IsArray({ message: 'days must be a list, such as [mon, tue]' })
  days?: Weekday[];

  @IsOptional()
  @IsTimeOfDay()
  from?: string;

  @IsOptional()
  @IsTimeOfDay()
  to?: string;

  @IsOptional()
  @IsZone()
  timezone?: string;
}

/** A rule: which events, how urgent, where to, in which words. */
export class RuleSection {
  @IsIdentifier('id')
  @IsDefined({ message: 'a rule needs an id, made of a-z, 0-9 and -' })
  id!: string;

  @IsOptional()
  @IsString({ message: 'name must be a text' })
  name?: string;

  @IsOptional()
  @IsString({ message: 'description must be a text' })
  description?: string;

  @IsOptional()
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
    { message: 'runbook must be an http(s) URL' },
  )
  runbook?: string;

  @IsOptional()
  @IsString({ message: 'owner must be a text' })
  owner?: string;

  @IsOptional()
  @IsString({ each: true, message: 'tags must be a list of texts' })
  @IsArray({ message: 'tags must be a list of texts' })
  tags?: string[];

  @IsOptional()
  @IsIn(severities, { message: `severity must be one of ${severities.join(', ')}` })
  severity?: Severity;

  @IsOptional()
  @IsBoolean({ message: 'enabled must be true or false' })
  enabled?: boolean;

  @ValidateNested({ message: 'match must be a mapping of types, fields, where and except' })
  @Type(() => MatchSection)
  @IsDefined({ message: 'a rule needs a match; match: {} is every event' })
  match!: MatchSection;

  @IsOptional()
  @IsString({ each: true, message: 'channels must be a list of channel names' })
  @ArrayNotEmpty({ message: 'channels must name at least one channel' })
  @IsArray({ message: 'channels must be a list, such as [security]' })
  channels?: string[];

  @IsOptional()
  @IsString({ message: 'template must be the name of a template' })
  template?: string;

  @IsOptional()
  @ValidateNested({ message: 'active must be a mapping of days, from, to and timezone' })
  @Type(() => ActiveSection)
  active?: ActiveSection;

  @IsOptional()
  @IsString({ each: true, message: 'mention must be a list of texts such as "<!here>"' })
  @IsArray({ message: 'mention must be a list, such as ["<!here>"]' })
  mention?: string[];

  @IsOptional()
  @IsBoolean({ message: 'stop must be true or false' })
  stop?: boolean;
}
