import { Controller, Get, Header } from '@nestjs/common';
import { WriteCheck } from '../storage/database/write-check.js';
import { Limited, ProblemAnswer, unauthorized } from '../web/api-answers.js';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiSecurity, ApiTags } from '../web/api-description.js';
import { Metrics } from './metrics.js';
import { StoredState } from './stored-state.js';

const example = [
  '# HELP alert_router_events_total Events taken in',
  '# TYPE alert_router_events_total counter',
  'alert_router_events_total 1042',
  '',
].join('\n');

@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly writes: WriteCheck,
    private readonly stored: StoredState,
  ) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'Everything the router counts, for Prometheus' })
  @ApiSecurity({})
  @ApiBearerAuth('metrics')
  @ApiResponse({
    status: 200,
    description: 'The metrics, in Prometheus’ text format',
    content: { 'text/plain': { schema: { type: 'string' }, example } },
  })
  @ProblemAnswer(401, 'METRICS_TOKEN is set, and the token is missing or wrong', unauthorized)
  @Limited()
  async read(): Promise<string> {
    const writable = await this.writes.canWrite();
    this.metrics.databaseTested(writable);
    if (writable) await this.stored.refresh();
    return this.metrics.registry.metrics();
  }
}
