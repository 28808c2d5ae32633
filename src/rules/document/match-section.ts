import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import type { MatchForm } from '../../domain/match/match-form.js';
import { IsMapping, IsTextOrTexts } from './checks.js';

/** Which events a rule is about. Everything given must hold. */
export class MatchSection implements MatchForm {
  /** Exact codes, globs, /regexes/ and category:names. */
  @IsOptional()
  @IsTextOrTexts()
  types?: string | string[];

  /** Dotted paths into the event's data, each with a value or operators. */
  @IsOptional()
  @IsMapping('a path and what it must be, such as connection: google-oauth2')
  fields?: Record<string, unknown>;

  /** json-rules-engine conditions. */
  @IsOptional()
  @IsMapping('a json-rules-engine condition')
  where?: Record<string, unknown>;

  /** Events that match this are left out. */
  @IsOptional()
  @ValidateNested()
  @Type(() => MatchSection)
  except?: MatchSection;
}
