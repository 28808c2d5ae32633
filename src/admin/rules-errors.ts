import { problemCodes, type Problem, type ProblemCode } from '../rules/problem.js';
import { ApiProperty } from '../web/api-description.js';
import { ProblemDetails } from '../web/problem-details.js';

/** One thing that is wrong in a rules file. Lines and columns count from 1. */
export class RulesProblem implements Problem {
  /** docs/errors.md explains each. */
  @ApiProperty({ enum: problemCodes })
  code!: ProblemCode;

  @ApiProperty()
  file!: string;

  @ApiProperty({ type: 'integer', minimum: 1 })
  line!: number;

  @ApiProperty({ type: 'integer', minimum: 1 })
  column!: number;

  /** What is wrong. */
  @ApiProperty()
  message!: string;

  /** What to write instead. */
  @ApiProperty()
  hint!: string;
}

/** Everything that is wrong in a rules file. */
export class RulesErrors extends ProblemDetails {
  @ApiProperty({ type: [RulesProblem] })
  errors!: readonly RulesProblem[];
}

export const rulesProblemExample: RulesProblem = {
  code: 'unknown-channel',
  file: 'rules.yaml',
  line: 12,
  column: 16,
  message: 'there is no channel "securty"',
  hint: 'did you mean "security"?',
};
