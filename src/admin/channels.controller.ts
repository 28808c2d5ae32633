import {
  Controller,
  Get,
  HttpCode,
  HttpStatus,
  Logger,
  NotFoundException,
  Param,
  Post,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '../web/api-description.js';
import { Deliverer } from '../delivery/deliverer.js';
import { OpsNotices } from '../operations/ops-notices.js';
import { Clock } from '../domain/clock.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { OutboxOperations, type ChannelHealth } from '../storage/outbox/outbox-operations.js';
import { isoTime, type PageOf } from './page.js';

/** The state of the channels, and what operators can do about it. */
@ApiTags('channels')
@ApiBearerAuth('admin')
@Controller('admin/channels')
export class ChannelsController {
  private readonly logger = new Logger(ChannelsController.name);

  constructor(
    private readonly rules: CurrentRules,
    private readonly operations: OutboxOperations,
    private readonly deliverer: Deliverer,
    private readonly notices: OpsNotices,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every channel: ok, held or paused, why, and how much waits' })
  async list(): Promise<PageOf<object>> {
    const healths = await this.operations.healths();
    const names = new Set([...this.rules.current.channels.keys(), ...healths.keys()]);
    return { items: [...names].sort().map((name) => this.view(name, healths.get(name))), next: null };
  }

  @Post(':name/test')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({ summary: 'Puts a test message into the channel’s queue' })
  async test(@Param('name') name: string): Promise<{ deliveryId: string }> {
    this.check(name);
    const notice = {
      severity: 'info' as const,
      title: 'Test message',
      detail: `The alert router can post to the channel ${name}.`,
    };
    return { deliveryId: await this.notices.post(name, notice) };
  }

  @Post(':name/resume')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Lifts a channel’s pause or hold; what waits goes out' })
  async resume(@Param('name') name: string): Promise<object> {
    this.check(name);
    await this.operations.resume(name);
    this.logger.warn(`an operator lifted the pause or hold of the channel ${name}`);
    this.deliverer.wake([name]);
    return this.view(name, (await this.operations.healths()).get(name));
  }

  private view(name: string, health: ChannelHealth | undefined): object {
    const held = (health?.heldUntil ?? 0) > this.clock.now();
    const paused = health?.paused ?? null;
    return {
      name,
      kind: this.rules.current.channels.get(name)?.target.kind ?? null,
      state: paused === null ? (held ? 'held' : 'ok') : 'paused',
      why: paused ?? (held ? 'Slack asked for a pause' : null),
      until: held ? isoTime(health?.heldUntil ?? 0) : null,
      waiting: health?.waiting ?? 0,
    };
  }

  private check(name: string): void {
    if (!this.rules.current.channels.has(name))
      throw new NotFoundException(`The rules file has no channel ${name}.`);
  }
}
