import { IsBoolean, IsDefined, IsOptional } from 'class-validator';
import { maxCount } from '../../domain/windows/limits.js';
import { Checked, Describe } from './check.js';
import { IsDuration, IsFilledTexts } from './checks.js';
import { MatchSection } from './match-section.js';
import { IsSection, IsSections } from './sections.js';

/** A whole number of events or values. */
function IsCount(): PropertyDecorator {
  return Checked(
    {
      holds: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= maxCount,
      schema: { type: 'integer', minimum: 1, maximum: maxCount },
    },
    `write a whole number from 1 to ${maxCount}`,
  );
}

/** A dotted path into the event. */
function IsPath(): PropertyDecorator {
  return Checked(
    {
      holds: (value) => typeof value === 'string' && value !== '',
      schema: { type: 'string', minLength: 1 },
    },
    'write a dotted path into the event, such as user_id',
  );
}

/** So many different values of a field. */
@Describe('So many different values of a field.')
export class DistinctSection {
  @Describe('A dotted path into the event. Events that lack it take no part.')
  @IsPath()
  @IsDefined({ message: 'say which field, such as field: user_id' })
  field!: string;

  @Describe('How many different values alert.')
  @IsCount()
  @IsDefined({ message: 'say how many different values alert, such as count: 5' })
  count!: number;
}

/** A value of a field that the key has not had before. */
@Describe('A value of a field that the key has not had before.')
export class NewSection {
  @Describe('A dotted path into the event. Events that lack it take no part.')
  @IsPath()
  @IsDefined({ message: 'say which field, such as field: user_agent' })
  field!: string;

  @IsOptional()
  @Describe("How long from the rule's first load on values are only learnt; not at all when left out.")
  @IsDuration()
  learn?: string;
}

/** A step of a sequence: which events, and how many. */
@Describe('Which events, and how many of them. {} is every event that the rule is about.')
export class SequenceStepSection extends MatchSection {
  @IsOptional()
  @Describe('How many events; one when left out.')
  @IsCount()
  count?: number;
}

/** What must come together for an alert: exactly one of `count`, `distinct`, `sequence`, `missing` and `new`. */
@Describe('What must come together for an alert: exactly one of count, distinct, sequence, missing and new.')
export class WindowSection {
  @IsOptional()
  @Describe('How long the window is, over the time of the events. All kinds need it but new.')
  @IsDuration()
  within?: string;

  @IsOptional()
  @Describe(
    'What events are counted by, each value for itself: paths into the event or Liquid texts. Without it all events count together.',
  )
  @IsFilledTexts(
    'write a list of paths or Liquid texts, such as [ip] or ["{{ event.user_name | downcase }}"]',
  )
  by?: string[];

  @IsOptional()
  @Describe('So many events alert.')
  @IsCount()
  count?: number;

  @IsOptional()
  @Describe('So many different values of a field alert.')
  @IsSection(() => DistinctSection, 'write a field and a count, such as { field: user_id, count: 5 }')
  distinct?: DistinctSection;

  @IsOptional()
  @Describe('Events of all steps alert, one step after the other.')
  @IsSections(
    () => SequenceStepSection,
    'write a list of steps, such as [{ types: [fp], count: 10 }, { types: [s] }]',
  )
  sequence?: SequenceStepSection[];

  @IsOptional()
  @Describe('With sequence: false lets the steps come in any order.')
  @IsBoolean({ message: 'write true or false' })
  ordered?: boolean;

  @IsOptional()
  @Describe("The rule's event alerts when no such event follows it in time.")
  @IsSection(() => MatchSection, 'write which events, as in match, such as missing: { types: [sv] }')
  missing?: MatchSection;

  @IsOptional()
  @Describe(
    'Whether the alert is followed up when its cooldown ends and more events of its key came meanwhile; true when left out.',
  )
  @IsBoolean({ message: 'write true or false' })
  follow?: boolean;

  @IsOptional()
  @Describe('A value that the key has not had before alerts.')
  @IsSection(() => NewSection, 'write a field, such as { field: user_agent, learn: 7d }')
  new?: NewSection;
}
