import { Controller, Get, Header } from '@nestjs/common';
import { WriteCheck } from '../storage/database/write-check.js';
import { ApiOperation, ApiTags } from '../web/api-description.js';
import { Metrics } from './metrics.js';

@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly writes: WriteCheck,
  ) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'Everything the router counts, for Prometheus' })
  async read(): Promise<string> {
    this.metrics.databaseTested(await this.writes.canWrite());
    return this.metrics.registry.metrics();
  }
}
