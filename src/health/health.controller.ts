import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { HealthIndicatorService, type HealthCheckResult, type HealthIndicatorResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Answer, overloaded, problemContent, reference } from '../web/api-answers.js';
import { ApiOperation, ApiResponse, ApiTags } from '../web/api-description.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { WriteCheck } from '../storage/database/write-check.js';
import { LivenessView, notReadyExample, ReadinessView, readyExample } from './health-view.js';

/** Liveness: the process answers. Readiness: it can store a batch and has rules to match it with. */
@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly writes: WriteCheck,
    private readonly rules: CurrentRules,
  ) {}

  @Get('healthz')
  @ApiOperation({ summary: 'Whether the process answers' })
  @Answer(200, 'It does', LivenessView, { status: 'ok' })
  live(): LivenessView {
    return { status: 'ok' };
  }

  /** Open to all, so it names the checks and nothing else; /admin/status says what is wrong. */
  @Get('readyz')
  @ApiOperation({
    summary:
      'Whether batches can be taken: the database takes writes and rules are in force. `reload` is whether the last load of the rules file was good, and does not count',
  })
  @Answer(200, 'They can', ReadinessView, readyExample)
  @ApiResponse({
    status: 503,
    description: 'They can not, and `error` names the checks that fail; or the process is overloaded',
    content: {
      'application/json': { schema: reference(ReadinessView), example: notReadyExample },
      ...problemContent(503, overloaded),
    },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    const counted = [
      this.named('database', await this.writes.canWrite()),
      this.named('rules', this.rules.loadedAt !== undefined),
    ];
    const isReady = counted.every((result) => Object.values(result).every(({ status }) => status === 'up'));
    const all = [...counted, this.named('reload', this.rules.failingSince === undefined)];
    void reply.code(isReady ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    const details = Object.assign({}, ...all) as HealthIndicatorResult;
    return {
      status: isReady ? 'ok' : 'error',
      info: withStatus(details, 'up'),
      error: withStatus(details, 'down'),
      details,
    };
  }

  private named(name: string, holds: boolean): HealthIndicatorResult {
    const indicator = this.indicators.check(name);
    return holds ? indicator.up() : indicator.down();
  }
}

function withStatus(details: HealthIndicatorResult, wanted: 'up' | 'down'): HealthIndicatorResult {
  return Object.fromEntries(Object.entries(details).filter(([, { status }]) => status === wanted));
}
