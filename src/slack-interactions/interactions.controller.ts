import {
  BadRequestException,
  Controller,
  HttpCode,
  HttpStatus,
  NotFoundException,
  Post,
  Req,
  UnauthorizedException,
} from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '../web/api-description.js';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../config/settings.js';
import { Clock } from '../domain/clock.js';
import { readInteraction } from './silence-click.js';
import { SilenceClicks } from './silence-clicks.js';
import { isSignedBySlack } from '../web/slack-signature.js';

/** Where Slack reports that a button was pressed. Only what its signature covers is believed. */
@ApiTags('slack')
@Controller('slack/interactions')
export class InteractionsController {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly clicks: SilenceClicks,
  ) {}

  /** Slack gives it three seconds. */
  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiOperation({ summary: 'The Silence 1h button, as Slack posts it' })
  @ApiResponse({ status: 200, description: 'Taken' })
  @ApiResponse({ status: 401, description: 'The signature is missing, wrong, or older than five minutes' })
  @ApiResponse({ status: 404, description: 'SLACK_SIGNING_SECRET is not set' })
  async take(@Req() request: FastifyRequest): Promise<void> {
    const secret = this.settings.SLACK_SIGNING_SECRET;
    if (secret === undefined) throw new NotFoundException('There is nothing at /slack/interactions.');
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const signature = headerOf(request, 'x-slack-signature');
    const signed = { body, timestamp: headerOf(request, 'x-slack-request-timestamp'), signature };
    if (signature === undefined || !isSignedBySlack(signed, secret, this.clock.now()))
      throw new UnauthorizedException('The request is not signed by Slack, or too old.');
    const interaction = readInteraction(body);
    switch (interaction.kind) {
      case 'silence':
        return this.clicks.take(interaction.click, signature);
      case 'other':
        return undefined;
      case 'unreadable':
        throw new BadRequestException('The form has no payload of JSON.');
    }
  }
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
