import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../web/api-description.js';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { CurrentRules } from '../rules/current-rules.js';
import { problemLines } from '../rules/problem-lines.js';
import { WriteCheck } from '../storage/write-check.js';

/** Liveness: the process answers. Readiness: it can store a batch and has rules to match it with. */
@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly writes: WriteCheck,
    private readonly rules: CurrentRules,
  ) {}

  @Get('healthz')
  @ApiOperation({ summary: 'Whether the process answers' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @HealthCheck({ swaggerDocumentation: false })
  @ApiOperation({ summary: 'Whether batches can be taken: the database takes writes and rules are in force' })
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.database(), () => this.rulesInForce()]);
  }

  private async database(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('database');
    return (await this.writes.canWrite()) ? indicator.up() : indicator.down();
  }

  private rulesInForce(): HealthIndicatorResult {
    const { loadedAt } = this.rules;
    const indicator = this.indicators.check('rules');
    if (loadedAt === undefined) return indicator.down();
    const { hash, rules } = this.rules.current;
    // A bad rules file leaves the old rules matching, so the service stays ready and says what is wrong.
    const lastReload = this.rules.lastProblems.length === 0 ? 'ok' : 'failed';
    return indicator.up({
      hash,
      rules: rules.length,
      loadedAt: new Date(loadedAt).toISOString(),
      lastReload,
      errors: problemLines(this.rules.lastProblems),
    });
  }
}
