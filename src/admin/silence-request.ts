import { ApiProperty } from '../web/api-description.js';
import { IsObject, IsOptional, IsString, isISO8601, Matches, MaxLength, ValidateBy } from 'class-validator';
import { severities, type Severity } from '../domain/alert.js';
import { parseDuration } from '../domain/duration.js';
import { compileSilence, type SilenceMatcher } from '../domain/alerting/silence.js';
import type { RuleSet } from '../domain/rule-set.js';
import { suggest } from '../rules/nearest.js';
import type { SilenceProblem } from './silence-view.js';

export const authorMissing = 'author must say who, in at most 200 characters';
const longest = '365d';
const severity = `severity must be one of ${severities.join(', ')}, or a list of some of them`;
const tags = 'tags must be a tag of rules, or a list of them';
export const fromMessage = 'from must be a time such as 2026-12-01T22:00:00Z, at most 365 days from now';
const longestMs = parseDuration(longest) as number;

/** What to silence, for how long, who asks for it and why. At least one of what to silence is given; all of it must hold. */
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

  /** Alerts of rules with one of these. */
  @ApiProperty({ required: false, enum: severities, isArray: true, example: ['low', 'info'] })
  @IsOptional()
  @IsOneOrSome((value) => (severities as readonly unknown[]).includes(value), severity)
  severity?: Severity | Severity[];

  /** Alerts of rules that have all of these. */
  @ApiProperty({ required: false, type: [String], minItems: 1, example: ['mfa'] })
  @IsOptional()
  @IsOneOrSome((value) => typeof value === 'string' && value !== '', tags)
  tags?: string | string[];

  /** Alerts of rules of this owner. */
  @ApiProperty({ required: false, example: 'iam' })
  @IsOptional()
  @IsString({ message: 'owner must be the owner of a rule' })
  owner?: string;

  /** When it begins; absent, or in the past: at once. */
  @ApiProperty({ required: false, format: 'date-time', example: '2026-12-01T22:00:00Z' })
  @IsOptional()
  @ValidateBy({ name: 'moment', validator: { validate: isMoment } }, { message: fromMessage })
  from?: string;

  /** From its beginning on, and 365d at most. */
  @ApiProperty({ example: '1h' })
  @IsSilenceDuration()
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

/** How much longer a silence lasts. */
export class ExtendBody {
  /** From now on, and 365d at most. A silence that ends later anyway stays as it is. */
  @ApiProperty({ example: '2h' })
  @IsSilenceDuration()
  for!: string;
}

function IsSilenceDuration(): PropertyDecorator {
  return ValidateBy(
    { name: 'duration', validator: { validate: isSilenceDuration } },
    { message: `for must be a duration such as 30m, 1h or 2d, and ${longest} at most` },
  );
}

function isSilenceDuration(value: unknown): boolean {
  return typeof value === 'string' && (parseDuration(value) ?? Number.POSITIVE_INFINITY) <= longestMs;
}

/** One value, or a list of some. */
function IsOneOrSome(isOne: (value: unknown) => boolean, message: string): PropertyDecorator {
  const validate = (value: unknown): boolean =>
    isOne(value) || (Array.isArray(value) && value.length > 0 && value.every(isOne));
  return ValidateBy({ name: 'oneOrSome', validator: { validate } }, { message });
}

function isMoment(value: unknown): boolean {
  return typeof value === 'string' && isISO8601(value, { strict: true }) && !Number.isNaN(Date.parse(value));
}

/** What a silence is to match, with its lists as lists; undefined when that is nothing. */
export function matcherOf(body: SilenceBody): SilenceMatcher | undefined {
  const matcher = {
    rule: body.rule ?? undefined,
    fields: Object.keys(body.fields ?? {}).length === 0 ? undefined : body.fields,
    severity: listOf(body.severity),
    tags: listOf(body.tags),
    owner: body.owner ?? undefined,
  };
  return Object.values(matcher).every((part) => part === undefined) ? undefined : matcher;
}

function listOf<T>(value: T | readonly T[] | null | undefined): readonly T[] | undefined {
  if (value === null || value === undefined) return undefined;
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** When a silence is to begin, in ms since the epoch; undefined: at once. `too-late`: in more than a year. */
export function startOf({ from: written }: SilenceBody, now: number): number | 'too-late' | undefined {
  if (written === undefined || written === null) return undefined;
  const at = Date.parse(written);
  return at - now > longestMs ? 'too-late' : at;
}

/** Everything that is wrong with what a silence is to match, by the rules in force. */
export function silenceProblems({ rule, fields }: SilenceMatcher, rules: RuleSet): readonly SilenceProblem[] {
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
