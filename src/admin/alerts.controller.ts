import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString } from 'class-validator';
import { severities, type Severity } from '../domain/alert.js';
import { decisionOf, reasons, type Reason } from '../domain/alerting/decision.js';
import { Clock } from '../domain/clock.js';
import { payloadOf } from '../notify/slack/payload.js';
import { AlertsReader, type ListedAlert } from '../storage/outbox/alerts-reader.js';
import { OutboxReader } from '../storage/outbox/outbox-reader.js';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '../web/api-description.js';
import { deliveryView } from './outbox.controller.js';
import { isoTime, pageOf, PageQuery, type PageOf } from './page.js';

const time = 'must be a date, such as 2026-11-28T09:00:00Z';
const msOf = ({ value }: { value: unknown }): unknown => Date.parse(String(value));

/** Which alerts are wanted: those for which all of it holds. */
export class AlertsQuery extends PageQuery {
  @ApiProperty({ required: false })
  @IsOptional()
  @IsString()
  rule?: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsString()
  channel?: string;

  @ApiProperty({ required: false, enum: severities })
  @IsOptional()
  @IsIn(severities, { message: `severity must be one of ${severities.join(', ')}` })
  severity?: Severity;

  @ApiProperty({ required: false, enum: reasons })
  @IsOptional()
  @IsIn(reasons, { message: `reason must be one of ${reasons.join(', ')}` })
  reason?: Reason;

  /** The event's `user_name`. */
  @ApiProperty({ required: false })
  @IsOptional()
  @IsString()
  user?: string;

  /** The event's `ip`. */
  @ApiProperty({ required: false })
  @IsOptional()
  @IsString()
  ip?: string;

  /** The event's type code. */
  @ApiProperty({ required: false })
  @IsOptional()
  @IsString()
  type?: string;

  /** A part of the title, whatever its case. */
  @ApiProperty({ required: false })
  @IsOptional()
  @IsString()
  q?: string;

  /** The event's own time, at the earliest. */
  @ApiProperty({ required: false, type: String, format: 'date-time' })
  @IsOptional()
  @Transform(msOf)
  @IsInt({ message: `from ${time}` })
  from?: number;

  /** The event's own time, at the latest. */
  @ApiProperty({ required: false, type: String, format: 'date-time' })
  @IsOptional()
  @Transform(msOf)
  @IsInt({ message: `to ${time}` })
  to?: number;
}

/** The history of alerts. */
@ApiTags('alerts')
@ApiBearerAuth('admin')
@Controller('admin/alerts')
export class AlertsController {
  constructor(
    private readonly alerts: AlertsReader,
    private readonly outbox: OutboxReader,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Alerts, newest first: what was decided, why, and which delivery shows it' })
  async list(@Query() { limit, cursor, ...filter }: AlertsQuery): Promise<PageOf<object>> {
    const rows = await this.alerts.list({ limit: limit + 1, after: cursor }, filter);
    return pageOf(rows, limit, alertView);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One alert whole: what its message says, what Slack gets, and its delivery' })
  @ApiResponse({ status: 404, description: 'There is no such alert, or it was pruned' })
  async one(@Param('id') id: string): Promise<object> {
    const alert = await this.alerts.find(id);
    if (alert === undefined) throw new NotFoundException(`There is no alert ${id}.`);
    const delivery =
      alert.delivery_id === null
        ? undefined
        : await this.outbox.delivery(alert.delivery_id, this.clock.now());
    return {
      ...alertView(alert),
      type: alert.event_type,
      user: alert.user_name,
      ip: alert.address,
      application: alert.application,
      content: alert.shown,
      payload: payloadOf({ kind: 'alert', alerts: [alert.shown] }),
      delivery: delivery === undefined ? null : deliveryView(delivery),
    };
  }
}

function alertView(alert: ListedAlert): object {
  return {
    id: alert.id,
    rule: alert.rule,
    channel: alert.channel,
    severity: alert.severity,
    at: isoTime(alert.at),
    title: alert.title,
    logIds: JSON.parse(alert.log_ids) as string[],
    decision: decisionOf(alert.reason as Reason),
    reason: alert.reason,
    deliveryId: alert.delivery_id,
  };
}
