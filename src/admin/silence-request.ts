import { ApiProperty } from '../web/api-description.js';
import { IsObject, IsOptional, IsString, Matches, MaxLength, ValidateBy } from 'class-validator';
import { parseDuration } from '../domain/duration.js';
import { compileSilence } from '../domain/alerting/silence.js';
import type { RuleSet } from '../domain/rule-set.js';
import { suggest } from '../rules/nearest.js';
import type { SilenceProblem } from './silence-view.js';

export const authorMissing = 'author must say who, in at most 200 characters';
const longest = '365d';
const longestMs = parseDuration(longest) as number;

/** What to silence, for how long, who asks for it and why. At least one of `rule` and `fields` is given. */
export class SilenceBody {
  /** The id of a rule in force. */
  @ApiProperty({ required: false, example: 'failed-logins' })
  @IsOptional()
  @IsString({ message: 'rule must be the id of a rule' })
  rule?: string;

  /** Dotted paths into the event with what must hold, as in a rule’s match.fields. */
  @ApiProperty({
    selfRequired: false,
    type: 'object',
    additionalProperties: true,
    example: { ip: '203.0.113.7' },
  })
  @IsOptional()
  @IsObject({ message: 'fields must be an object of paths and what must hold of them' })
  fields?: Record<string, unknown>;

  /** From now on, and 365d at most. */
  @ApiProperty({ example: '1h' })
  @ValidateBy(
    {
      name: 'duration',
      validator: {
        validate: (value) =>
          typeof value === 'string' && (parseDuration(value) ?? Number.POSITIVE_INFINITY) <= longestMs,
      },
    },
    { message: `for must be a duration such as 30m, 1h or 2d, and ${longest} at most` },
  )
  for!: string;

  @ApiProperty({ pattern: '\\S', maxLength: 500, example: 'load test' })
  @Matches(/\S/, { message: 'reason must say why, in at most 500 characters' })
  @MaxLength(500, { message: 'reason must say why, in at most 500 characters' })
  reason!: string;

  /** Only with a token that has no name: otherwise its name is the author. */
  @ApiProperty({ pattern: '\\S', maxLength: 200, required: false, example: 'alice' })
  @IsOptional()
  @Matches(/\S/, { message: authorMissing })
  @MaxLength(200, { message: authorMissing })
  author?: string;
}

/** Everything that is wrong with what a silence is to match, by the rules in force. */
export function silenceProblems({ rule, fields }: SilenceBody, rules: RuleSet): readonly SilenceProblem[] {
  const problems: SilenceProblem[] = [];
  const ids = rules.rules.map(({ id }) => id);
  if (rule !== undefined && !ids.includes(rule)) {
    problems.push({
      code: 'unknown-rule',
      at: 'rule',
      message: `there is no rule "${rule}"`,
      hint: suggest(rule, ids, 'GET /admin/rules lists the rules'),
    });
  }
  try {
    compileSilence({ fields }, rules.lists, ({ code, at, message, hint, name, candidates }) => {
      const suggested =
        name === undefined || candidates === undefined ? hint : suggest(name, candidates, hint);
      problems.push({ code, at: at.join('.'), message, hint: suggested });
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = 'what must hold is nested too deeply';
    problems.push({ code: 'invalid-value', at: 'fields', message, hint: 'write it with fewer levels' });
  }
  return problems;
}
