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
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiTags } from '../web/api-description.js';
import { IsIn, IsOptional } from 'class-validator';
import { Deliverer } from '../delivery/deliverer.js';
import { Clock } from '../domain/clock.js';
import { OutboxOperations } from '../storage/outbox/outbox-operations.js';
import {
  deliveryStatuses,
  OutboxReader,
  type DeliveryStatus,
  type ListedDelivery,
} from '../storage/outbox/outbox-reader.js';
import { isoTime, pageOf, PageQuery, type PageOf } from './page.js';

export class DeliveriesQuery extends PageQuery {
  @ApiProperty({ required: false, enum: deliveryStatuses })
  @IsOptional()
  @IsIn(deliveryStatuses, { message: `status must be one of ${deliveryStatuses.join(', ')}` })
  status?: DeliveryStatus;
}

/** The messages that show alerts. */
@ApiTags('outbox')
@ApiBearerAuth('admin')
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
  async deliveries(@Query() { limit, cursor, status }: DeliveriesQuery): Promise<PageOf<object>> {
    const rows = await this.reader.deliveries({ limit: limit + 1, after: cursor }, this.clock.now(), status);
    return pageOf(rows, limit, deliveryView);
  }

  @Get('deliveries/:id')
  @ApiOperation({ summary: 'One message, with its last error' })
  async delivery(@Param('id') id: string): Promise<object> {
    const row = await this.reader.delivery(id, this.clock.now());
    if (row === undefined) throw new NotFoundException(`There is no delivery ${id}.`);
    return deliveryView(row);
  }

  @Post('deliveries/replay')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Makes every dead message wait again' })
  async replayAll(): Promise<{ replayed: number }> {
    const channels = await this.operations.replay(this.clock.now());
    this.deliverer.wake(new Set(channels));
    return { replayed: channels.length };
  }

  @Post('deliveries/:id/replay')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Makes a dead message wait again' })
  async replay(@Param('id') id: string): Promise<object> {
    const channels = await this.operations.replay(this.clock.now(), id);
    const row = await this.reader.delivery(id, this.clock.now());
    if (row === undefined) throw new NotFoundException(`There is no delivery ${id}.`);
    if (channels.length === 0)
      throw new ConflictException(`The delivery ${id} is not dead but ${row.status}.`);
    this.deliverer.wake(channels);
    return deliveryView(row);
  }
}

export function deliveryView(delivery: ListedDelivery): object {
  return {
    ...delivery,
    createdAt: isoTime(delivery.createdAt),
    finishedAt: delivery.finishedAt === null ? null : isoTime(delivery.finishedAt),
  };
}
