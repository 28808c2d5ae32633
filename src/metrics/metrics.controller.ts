import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../web/api-description.js';
import { Metrics } from './metrics.js';

@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'Everything the router counts, for Prometheus' })
  read(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
