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
import { AboutOne, AdminApi, Answer, ChangesSomething, PageAnswer } from '../web/api-answers.js';
import { ApiOperation } from '../web/api-description.js';
import { Deliverer } from '../delivery/deliverer.js';
import { OpsNotices } from '../operations/ops-notices.js';
import { Clock } from '../domain/clock.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { OutboxOperations, type ChannelHealth } from '../storage/outbox/outbox-operations.js';
import { channelExample, ChannelView, pausedExample, QueuedAnswer } from './channel-view.js';
import { isoTime, type PageOf } from './page.js';

/** The state of the channels, and what operators can do about it. */
@AdminApi('channels')
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
  @PageAnswer('The channels, all on one page', ChannelView, [pausedExample, channelExample])
  async list(): Promise<PageOf<ChannelView>> {
    const healths = await this.operations.healths();
    const names = new Set([...this.rules.current.channels.keys(), ...healths.keys()]);
    return { items: [...names].sort().map((name) => this.view(name, healths.get(name))), next: null };
  }

  @Post(':name/test')
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiOperation({ summary: 'Puts a test message into the channel’s queue' })
  @Answer(202, 'It waits', QueuedAnswer, { deliveryId: '0199a0c4-6b1f-7a52-8d07-51b7c2a4e9d3' })
  @AboutOne(
    'name',
    'The channel’s name in the rules file',
    'security',
    'The rules file has no channel security.',
  )
  @ChangesSomething()
  async test(@Param('name') name: string): Promise<QueuedAnswer> {
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
  @Answer(200, 'The channel', ChannelView, channelExample)
  @AboutOne(
    'name',
    'The channel’s name in the rules file',
    'security',
    'The rules file has no channel security.',
  )
  @ChangesSomething()
  async resume(@Param('name') name: string): Promise<ChannelView> {
    this.check(name);
    await this.operations.resume(name);
    this.logger.warn(`an operator lifted the pause or hold of the channel ${name}`);
    this.deliverer.wake([name]);
    return this.view(name, (await this.operations.healths()).get(name));
  }

  private view(name: string, health: ChannelHealth | undefined): ChannelView {
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
