import { IsOptional } from 'class-validator';
import type { MatchForm } from '../../domain/matching/match-types.js';
import { Describe } from './check.js';
import { IsMapping, IsTextOrTexts } from './checks.js';
import { IsFilledSection } from './sections.js';

/** Which events a rule is about. */
@Describe('Which events. All that is given must hold; {} is every event.')
export class MatchSection implements MatchForm {
  @IsOptional()
  @Describe(
    'Event types: exact codes (fp), globs (limit_*), /regexes/ and categories (category:login-failure).',
  )
  @IsTextOrTexts('write an event type such as fp, or a list of them; leave types out for every type', {
    $ref: '#/definitions/EventType',
  })
  types?: string | string[];

  @IsOptional()
  @Describe('Dotted paths into the event, each with a value, a list of values, or operators. All must hold.')
  @IsMapping('write a path and what it must be, such as connection: google-oauth2', {
    type: 'object',
    additionalProperties: { $ref: '#/definitions/FieldTest' },
  })
  fields?: Record<string, unknown>;

  @IsOptional()
  @Describe('A condition of json-rules-engine, nested freely.')
  @IsMapping('write a json-rules-engine condition, such as { fact: ip, operator: equal, value: x }', {
    $ref: '#/definitions/Condition',
  })
  where?: Record<string, unknown>;

  @IsOptional()
  @Describe('Events that match this are left out. It has the same keys as match.')
  @IsFilledSection(
    () => MatchSection,
    'write what to leave out, as in match; an empty one would leave out every event',
  )
  except?: MatchSection;
}
