import {
  Controller,
  Get,
  HttpCode,
  HttpStatus,
  NotFoundException,
  Param,
  Post,
  Query,
  ConflictException,
} from '@nestjs/common';
import {
  AboutOne,
  AdminApi,
  Answer,
  BadQuery,
  ChangesSomething,
  PageAnswer,
  ProblemAnswer,
} from '../web/api-answers.js';
import { ApiOperation, ApiProperty } from '../web/api-description.js';
import { IsIn, IsOptional } from 'class-validator';
import { Deliverer } from '../delivery/deliverer.js';
import { deliveryStates, type DeliveryStateName } from '../domain/alerting/delivery-state.js';
import { Clock } from '../domain/clock.js';
import { OutboxOperations } from '../storage/outbox/outbox-operations.js';
import { deliveryStatuses, OutboxReader, type DeliveryStatus } from '../storage/outbox/outbox-reader.js';
import {
  deadExample,
  deliveredExample,
  DeliveryView,
  deliveryView,
  waitingExample,
} from './delivery-view.js';
import { pageOf, PageQuery, type PageOf } from './page.js';

/** How many messages wait again. */
export class ReplayAnswer {
  @ApiProperty({ type: 'integer', minimum: 0 })
  replayed!: number;
}

/** Which messages are wanted. */
export class DeliveriesQuery extends PageQuery {
  /** The only status that is wanted. */
  @ApiProperty({ required: false, enum: deliveryStatuses, example: 'dead' })
  @IsOptional()
  @IsIn(deliveryStatuses, { message: `status must be one of ${deliveryStatuses.join(', ')}` })
  status?: DeliveryStatus;

  /** Where a message of alerts stands. */
  @ApiProperty({ required: false, enum: deliveryStates, example: 'open' })
  @IsOptional()
  @IsIn(deliveryStates, { message: `state must be one of ${deliveryStates.join(', ')}` })
  state?: DeliveryStateName;
}

/** The messages that show alerts. */
@AdminApi('outbox')
@Controller('admin')
export class OutboxController {
  constructor(
    private readonly reader: OutboxReader,
    private readonly operations: OutboxOperations,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
  ) {}

  @Get('deliveries')
  @ApiOperation({ summary: 'Messages, newest first: waiting, held, delivered or dead' })
  @PageAnswer('The messages', DeliveryView, [deliveredExample, deadExample])
  @BadQuery('limit must be at most 1000')
  async deliveries(@Query() { limit, cursor, ...filter }: DeliveriesQuery): Promise<PageOf<DeliveryView>> {
    const rows = await this.reader.deliveries({ limit: limit + 1, after: cursor }, this.clock.now(), filter);
    return pageOf(rows, limit, deliveryView);
  }

  @Get('deliveries/:id')
  @ApiOperation({ summary: 'One message, with its last error' })
  @Answer(200, 'The message', DeliveryView, deadExample)
  @AboutOne('id', 'The message’s id', deadExample.id, `There is no delivery ${deadExample.id}.`)
  async delivery(@Param('id') id: string): Promise<DeliveryView> {
    const row = await this.reader.delivery(id, this.clock.now());
    if (row === undefined) throw new NotFoundException(`There is no delivery ${id}.`);
    return deliveryView(row);
  }

  @Post('deliveries/replay')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Makes every dead message wait again' })
  @Answer(200, 'They wait', ReplayAnswer, { replayed: 3 })
  @ChangesSomething()
  async replayAll(): Promise<ReplayAnswer> {
    const channels = await this.operations.replay(this.clock.now());
    this.deliverer.wake(new Set(channels));
    return { replayed: channels.length };
  }

  @Post('deliveries/:id/replay')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Makes a dead message wait again' })
  @Answer(200, 'The message, which waits', DeliveryView, waitingExample)
  @AboutOne('id', 'The message’s id', deadExample.id, `There is no delivery ${deadExample.id}.`)
  @ChangesSomething()
  @ProblemAnswer(409, 'The message is not dead', `The delivery ${deadExample.id} is not dead but delivered.`)
  async replay(@Param('id') id: string): Promise<DeliveryView> {
    const channels = await this.operations.replay(this.clock.now(), id);
    const row = await this.reader.delivery(id, this.clock.now());
    if (row === undefined) throw new NotFoundException(`There is no delivery ${id}.`);
    if (channels.length === 0)
      throw new ConflictException(`The delivery ${id} is not dead but ${row.status}.`);
    this.deliverer.wake(channels);
    return deliveryView(row);
  }
}
