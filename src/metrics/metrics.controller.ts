import { Controller, Get, Header } from '@nestjs/common';
import { WriteCheck } from '../storage/database/write-check.js';
import { ApiOperation, ApiTags } from '../web/api-description.js';
import { Metrics } from './metrics.js';
import { StoredState } from './stored-state.js';

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
  async read(): Promise<string> {
    const writable = await this.writes.canWrite();
    this.metrics.databaseTested(writable);
    if (writable) await this.stored.refresh();
    return this.metrics.registry.metrics();
  }
}
