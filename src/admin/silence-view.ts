import type { ListedSilence } from '../storage/silences/silences-reader.js';
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

  @ApiProperty()
  reason!: string;

  @ApiProperty()
  author!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  endsAt!: string;

  /** How many alerts it has suppressed so far. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  silenced!: number;
}

/** A silence that began. */
export class NewSilenceAnswer {
  @ApiProperty()
  id!: string;
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

export function silenceView(silence: ListedSilence): SilenceView {
  return {
    id: silence.id,
    rule: silence.rule ?? null,
    fields: silence.fields ?? null,
    reason: silence.reason,
    author: silence.author,
    createdAt: isoTime(silence.createdAt),
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
