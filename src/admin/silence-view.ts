import type { ListedSilence } from '../storage/silences/silences-reader.js';
import { severities, type Severity } from '../domain/alert.js';
import { ApiProperty } from '../web/api-description.js';
import { ProblemDetails } from '../web/problem-details.js';
import { isoTime } from './page.js';

/** A silence in force. */
export class SilenceView {
  @ApiProperty()
  id!: string;

  @ApiProperty({ type: String, nullable: true })
  rule!: string | null;

  /** In the grammar of `match.fields`. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  fields!: Readonly<Record<string, unknown>> | null;

  /** Absent unless it is of rules of some severities. */
  @ApiProperty({ required: false, enum: severities, isArray: true })
  severity?: readonly Severity[];

  /** Absent unless it is of rules with some tags. */
  @ApiProperty({ required: false, type: [String] })
  tags?: readonly string[];

  /** Absent unless it is of rules of one owner. */
  @ApiProperty({ required: false })
  owner?: string;

  @ApiProperty()
  reason!: string;

  @ApiProperty()
  author!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** When it begins, where that was to be later than `createdAt`. */
  @ApiProperty({ required: false, format: 'date-time' })
  startsAt?: string;

  @ApiProperty({ format: 'date-time' })
  endsAt!: string;

  /** How many alerts it has suppressed so far. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  silenced!: number;
}

/** Something that a silence names and the rules in force don’t have, or that can’t be compiled. */
export class SilenceProblem {
  /** One of the codes of rules problems. */
  @ApiProperty()
  code!: string;

  /** Where in the request. */
  @ApiProperty()
  at!: string;

  @ApiProperty()
  message!: string;

  /** What to write instead. */
  @ApiProperty()
  hint!: string;
}

/** Everything that is wrong with what a silence is to match. */
export class SilenceErrors extends ProblemDetails {
  @ApiProperty({ type: [SilenceProblem] })
  errors!: readonly SilenceProblem[];
}

/** A silence whose end was put off, or was late enough. */
export class ExtendedView {
  @ApiProperty()
  id!: string;

  @ApiProperty({ format: 'date-time' })
  endsAt!: string;
}

/** A silence that was made. */
export class NewSilenceAnswer {
  @ApiProperty()
  id!: string;

  /** What is valid and probably not meant; absent where there is nothing of that kind. */
  @ApiProperty({ required: false, type: [SilenceProblem] })
  warnings?: readonly SilenceProblem[];
}

export function silenceView(silence: ListedSilence): SilenceView {
  return {
    id: silence.id,
    rule: silence.rule ?? null,
    fields: silence.fields ?? null,
    ...(silence.severity !== undefined && { severity: silence.severity }),
    ...(silence.tags !== undefined && { tags: silence.tags }),
    ...(silence.owner !== undefined && { owner: silence.owner }),
    reason: silence.reason,
    author: silence.author,
    createdAt: isoTime(silence.createdAt),
    ...(silence.startsAt !== undefined && { startsAt: isoTime(silence.startsAt) }),
    endsAt: isoTime(silence.endsAt),
    silenced: silence.silenced,
  };
}

export const silenceExample: SilenceView = {
  id: '0199a0c5-02f3-7d68-93ab-7e4c1f0d5b26',
  rule: 'failed-logins',
  fields: { ip: '203.0.113.7' },
  reason: 'load test',
  author: 'alice',
  createdAt: '2026-11-28T09:00:00.000Z',
  endsAt: '2026-11-28T10:00:00.000Z',
  silenced: 41,
};

export const silenceProblemExample: SilenceProblem = {
  code: 'unknown-rule',
  at: 'rule',
  message: 'there is no rule "failed-login"',
  hint: 'did you mean "failed-logins"?',
};
