import { Body, Controller, HttpCode, HttpException, HttpStatus, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '../web/api-description.js';
import { ArrayNotEmpty, IsArray, IsISO8601, IsOptional, IsString } from 'class-validator';
import { Settings } from '../config/settings.js';
import { Clock } from '../domain/clock.js';
import type { RuleSet } from '../domain/rule-set.js';
import { Ids } from '../domain/stores.js';
import { dashboardLink } from '../domain/dashboard-link.js';
import { CurrentRules } from '../rules/current-rules.js';
import type { Explanation } from '../simulation/explain-events.js';

export class ExplainRequest {
  /** As Auth0 sends them. */
  @ApiProperty({ type: 'array', items: { type: 'object' } })
  @ArrayNotEmpty({ message: 'events must hold at least one event' })
  @IsArray({ message: 'events must be a list of events' })
  events!: unknown[];

  /** YAML to try instead of the rules in force. It may name no files, and a channel whose address is a variable prints on the console. */
  @ApiProperty({ required: false })
  @IsOptional()
  @IsString({ message: 'rules must be the text of a rules file' })
  rules?: string;

  /** Where the clock stands at last; by default at the last event. */
  @ApiProperty({ required: false, format: 'date-time' })
  @IsOptional()
  @IsISO8601({}, { message: 'until must be a date such as 2026-11-20T09:00:00Z' })
  until?: string;
}

/** Tells why events alert, or don't, without storing or sending anything. */
@ApiTags('rules')
@ApiBearerAuth('admin')
@Controller('admin/rules/explain')
export class ExplainController {
  constructor(
    private readonly rules: CurrentRules,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary:
      'For each event and rule: matched, or the condition that failed; and the alerts with what Slack would get',
  })
  @ApiResponse({ status: 200, description: 'The explanation' })
  @ApiResponse({ status: 422, description: 'Every error of the rules that were sent along' })
  async explain(@Body() request: ExplainRequest): Promise<Explanation> {
    const rules = request.rules === undefined ? this.rules.current : await this.compile(request.rules);
    const link = dashboardLink(this.settings.AUTH0_DASHBOARD_URL);
    const until = request.until === undefined ? undefined : Date.parse(request.until);
    const { explainEvents } = await import('../simulation/explain-events.js');
    return explainEvents(request.events, rules, this.ids, link, this.clock.now(), until);
  }

  private async compile(text: string): Promise<RuleSet> {
    const loaded = await this.rules.check(text);
    if (loaded.ok) return loaded.rules;
    throw new HttpException(
      { message: 'The rules have errors.', errors: loaded.problems },
      HttpStatus.UNPROCESSABLE_ENTITY,
    );
  }
}
