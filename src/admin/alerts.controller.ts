import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString } from 'class-validator';
import { severities, type Severity } from '../domain/alert.js';
import { reasons, type Reason } from '../domain/alerting/decision.js';
import { deliveryStates, type DeliveryStateName } from '../domain/alerting/delivery-state.js';
import { Clock } from '../domain/clock.js';
import { payloadOf } from '../notify/slack/payload.js';
import { AlertsReader } from '../storage/outbox/alerts-reader.js';
import { OutboxReader } from '../storage/outbox/outbox-reader.js';
import { AboutOne, AdminApi, Answer, BadQuery, PageAnswer } from '../web/api-answers.js';
import { ApiOperation, ApiProperty } from '../web/api-description.js';
import { alertExample, AlertView, alertView, wholeAlertExample, WholeAlertView } from './alert-view.js';
import { deliveryView } from './delivery-view.js';
import { stateHistoryView } from './state-view.js';
import { pageOf, PageQuery, type PageOf } from './page.js';

const time = 'must be a date, such as 2026-11-28T09:00:00Z';
const msOf = ({ value }: { value: unknown }): unknown => Date.parse(String(value));

/** Which alerts are wanted: those for which all of it holds. */
export class AlertsQuery extends PageQuery {
  /** The id of a rule. */
  @ApiProperty({ required: false, example: 'failed-logins' })
  @IsOptional()
  @IsString()
  rule?: string;

  /** Its name in the rules file. */
  @ApiProperty({ required: false, example: 'security' })
  @IsOptional()
  @IsString()
  channel?: string;

  /** Of the rule. */
  @ApiProperty({ required: false, enum: severities, example: 'high' })
  @IsOptional()
  @IsIn(severities, { message: `severity must be one of ${severities.join(', ')}` })
  severity?: Severity;

  /** Why it was sent, or suppressed. */
  @ApiProperty({ required: false, enum: reasons, example: 'sent' })
  @IsOptional()
  @IsIn(reasons, { message: `reason must be one of ${reasons.join(', ')}` })
  reason?: Reason;

  /** The event's `user_name`. */
  @ApiProperty({ required: false, example: 'alice@example.com' })
  @IsOptional()
  @IsString()
  user?: string;

  /** The event's `ip`. */
  @ApiProperty({ required: false, example: '203.0.113.7' })
  @IsOptional()
  @IsString()
  ip?: string;

  /** The event's type code. */
  @ApiProperty({ required: false, example: 'fp' })
  @IsOptional()
  @IsString()
  type?: string;

  /** Where the message that shows it stands. */
  @ApiProperty({ required: false, enum: deliveryStates, example: 'open' })
  @IsOptional()
  @IsIn(deliveryStates, { message: `state must be one of ${deliveryStates.join(', ')}` })
  state?: DeliveryStateName;

  /** A part of the title, whatever its case. */
  @ApiProperty({ required: false, example: 'password' })
  @IsOptional()
  @IsString()
  q?: string;

  /** The event's own time, at the earliest. */
  @ApiProperty({ required: false, type: String, format: 'date-time', example: '2026-11-01T00:00:00Z' })
  @IsOptional()
  @Transform(msOf)
  @IsInt({ message: `from ${time}` })
  from?: number;

  /** The event's own time, at the latest. */
  @ApiProperty({ required: false, type: String, format: 'date-time', example: '2026-11-30T00:00:00Z' })
  @IsOptional()
  @Transform(msOf)
  @IsInt({ message: `to ${time}` })
  to?: number;
}

/** The history of alerts. */
@AdminApi('alerts')
@Controller('admin/alerts')
export class AlertsController {
  constructor(
    private readonly alerts: AlertsReader,
    private readonly outbox: OutboxReader,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Alerts, newest first: what was decided, why, and which delivery shows it' })
  @PageAnswer('The alerts', AlertView, [alertExample])
  @BadQuery('severity must be one of info, low, medium, high, critical')
  async list(@Query() { limit, cursor, ...filter }: AlertsQuery): Promise<PageOf<AlertView>> {
    const rows = await this.alerts.list({ limit: limit + 1, after: cursor }, filter);
    return pageOf(rows, limit, alertView);
  }

  @Get(':id')
  @ApiOperation({
    summary:
      'One alert whole: what its message says, what Slack gets, its delivery, and what people did about it',
  })
  @Answer(200, 'The alert', WholeAlertView, wholeAlertExample)
  @AboutOne('id', 'The alert’s id', alertExample.id, `There is no alert ${alertExample.id}.`)
  async one(@Param('id') id: string): Promise<WholeAlertView> {
    const alert = await this.alerts.find(id);
    if (alert === undefined) throw new NotFoundException(`There is no alert ${id}.`);
    const delivery =
      alert.delivery_id === null
        ? undefined
        : await this.outbox.delivery(alert.delivery_id, this.clock.now());
    const history = alert.delivery_id === null ? [] : await this.alerts.stateHistory(alert.delivery_id);
    return {
      ...alertView(alert),
      type: alert.event_type,
      user: alert.user_name,
      ip: alert.address,
      application: alert.application,
      content: alert.shown,
      payload: payloadOf({ kind: 'alert', alerts: [alert.shown] }),
      delivery: delivery === undefined ? null : deliveryView(delivery),
      stateHistory: history.map(stateHistoryView),
    };
  }
}
