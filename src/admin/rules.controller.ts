import { Controller, Get, HttpCode, HttpException, HttpStatus, Post, Query } from '@nestjs/common';
import { AdminApi, Answer, BadQuery, ChangesSomething, ErrorsAnswer } from '../web/api-answers.js';
import { ApiOperation } from '../web/api-description.js';
import { Settings } from '../config/settings.js';
import { Clock } from '../domain/clock.js';
import { parseDuration } from '../domain/duration.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { SharedReload } from '../rules/reload/shared-reload.js';
import { RuleHitsStore } from '../storage/events/rule-hits-store.js';
import { RuleOutcomes } from '../storage/resolutions/rule-outcomes.js';
import { startOfDay } from '../storage/resolutions/sent-alerts.js';
import {
  outcomeView,
  plainTemplateSource,
  ReloadAnswer,
  reloadExample,
  RulesAnswer,
  rulesExample,
} from './rule-view.js';
import { ReloadQuery } from './reload-query.js';
import { RulesErrors, rulesProblemExample } from './rules-errors.js';

const faulty = 'The rules file has errors; the rules in force stay as they are.';

/** The rules in force, and their reload. */
@AdminApi('rules')
@Controller('admin/rules')
export class RulesController {
  constructor(
    private readonly rules: CurrentRules,
    private readonly shared: SharedReload,
    private readonly hits: RuleHitsStore,
    private readonly outcomes: RuleOutcomes,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'The rules in force, in their order, with how often each matched and how its alerts were resolved',
  })
  @Answer(200, 'The rules, all on one page', RulesAnswer, rulesExample)
  async list(): Promise<RulesAnswer> {
    const { current, loadedAt } = this.rules;
    const hits = await this.hits.all();
    const since = startOfDay(this.clock.now() - (parseDuration(this.settings.KEEP_DELIVERED_FOR) as number));
    const outcomes = await this.outcomes.since(since);
    return {
      hash: current.hash,
      loadedAt: new Date(loadedAt ?? 0).toISOString(),
      countedSince: new Date(since).toISOString(),
      items: current.rules.map((rule) => {
        const hit = hits.get(rule.id);
        return {
          id: rule.id,
          name: rule.name,
          severity: rule.severity,
          channels: rule.channels.map((channel) => plainTemplateSource(channel)),
          hits: hit?.hits ?? 0,
          lastHit: hit === undefined ? null : new Date(hit.last_hit).toISOString(),
          mode: rule.shadow ? ('shadow' as const) : ('live' as const),
          ...outcomeView(outcomes.get(rule.id)),
        };
      }),
      next: null,
    };
  }

  @Post('reload')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Loads the rules file again, on every replica; with dryRun=true only says what would change',
  })
  @Answer(200, 'What changed, or would change', ReloadAnswer, reloadExample)
  @BadQuery('dryRun must be true or false')
  @ChangesSomething()
  @ErrorsAnswer(422, 'Every error of every file; the rules in force stay as they are', RulesErrors, faulty, [
    rulesProblemExample,
  ])
  async reload(@Query() { dryRun }: ReloadQuery): Promise<ReloadAnswer> {
    const result = await this.shared.reload(dryRun === 'true');
    if (!result.ok) {
      throw new HttpException(
        {
          message: faulty,
          errors: result.problems,
        },
        HttpStatus.UNPROCESSABLE_ENTITY,
      );
    }
    return {
      hash: result.rules.hash,
      loadedAt: new Date(result.loadedAt).toISOString(),
      rules: result.rules.rules.length,
      added: [...result.change.added],
      removed: [...result.change.removed],
      changed: [...result.change.changed],
    };
  }
}
