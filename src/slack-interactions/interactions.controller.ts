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
import { Internal, limited, Overloaded, ProblemAnswer, TooLarge } from '../web/api-answers.js';
import {
  ApiHeader,
  ApiOperation,
  ApiResponse,
  ApiSecurity,
  ApiTags,
  type SchemaObject,
} from '../web/api-description.js';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../config/settings.js';
import { Clock } from '../domain/clock.js';
import { silenceActionId } from '../notify/slack/silence-button.js';
import { readInteraction } from './silence-click.js';
import { MessageClicks } from './message-clicks.js';
import { SilenceClicks } from './silence-clicks.js';
import { isSignedBySlack } from '../web/slack-signature.js';

const nothing = 'There is nothing at /slack/interactions.';
const notSigned = 'The request is not signed by Slack, or too old.';
const noPayload = 'The form has no payload of JSON.';

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload describes the payload. */
const form: { schema: SchemaObject; example: object } = {
  schema: {
    type: 'object',
    required: ['payload'],
    properties: {
      payload: {
        type: 'string',
        description: 'JSON: a block_actions payload. Others are taken and have no effect.',
      },
    },
  },
  example: {
    payload: JSON.stringify({
      type: 'block_actions',
      user: { id: 'U0123456789', username: 'alice', name: 'alice' },
      actions: [{ type: 'button', action_id: silenceActionId, value: 'failed-logins' }],
    }),
  },
};

/** Where Slack reports that a button was pressed. Only what its signature covers is believed. */
@ApiTags('slack')
@ApiSecurity('slack-signature')
@Controller('slack/interactions')
export class InteractionsController {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly clicks: SilenceClicks,
    private readonly messageClicks: MessageClicks,
  ) {}

  /** Slack gives it three seconds. */
  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'The Silence 1h button, as Slack posts it',
    requestBody: { required: true, content: { 'application/x-www-form-urlencoded': form } },
  })
  @ApiHeader({
    name: 'X-Slack-Request-Timestamp',
    required: true,
    description: 'When Slack signed the request, in seconds since the epoch; no more than five minutes ago.',
    schema: { type: 'string', pattern: '^[0-9]{1,12}$' },
    example: '1795856400',
  })
  @ApiResponse({ status: 200, description: 'Taken' })
  @ProblemAnswer(400, 'The form has no payload of JSON', noPayload)
  @ProblemAnswer(401, 'The signature is missing, wrong, or older than five minutes', notSigned)
  @ProblemAnswer(404, 'SLACK_SIGNING_SECRET is not set', nothing)
  @TooLarge('256 KiB')
  @ProblemAnswer(429, 'The address failed too often', limited)
  @Internal()
  @Overloaded()
  async take(@Req() request: FastifyRequest): Promise<void> {
    const secret = this.settings.SLACK_SIGNING_SECRET;
    if (secret === undefined) throw new NotFoundException(nothing);
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const signature = headerOf(request, 'x-slack-signature');
    const signed = { body, timestamp: headerOf(request, 'x-slack-request-timestamp'), signature };
    if (signature === undefined || !isSignedBySlack(signed, secret, this.clock.now()))
      throw new UnauthorizedException(notSigned);
    const interaction = readInteraction(body);
    switch (interaction.kind) {
      case 'silence':
        return this.clicks.take(interaction.click, signature);
      case 'message':
        return this.messageClicks.take(interaction.click, signature);
      case 'other':
        return undefined;
      case 'unreadable':
        throw new BadRequestException(noPayload);
    }
  }
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
