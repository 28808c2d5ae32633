import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  HttpCode,
  HttpStatus,
  NotFoundException,
  Param,
  Post,
  Req,
} from '@nestjs/common';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import {
  resolutions,
  stateText,
  type DeliveryState,
  type Resolution,
  type StateChange,
} from '../domain/alerting/delivery-state.js';
import { Clock } from '../domain/clock.js';
import { DeliveryStateService } from '../operations/delivery-state-service.js';
import { OutboxReader } from '../storage/outbox/outbox-reader.js';
import { adminName } from '../web/admin-access.js';
import {
  AboutOne,
  AdminApi,
  Answer,
  ChangesSomething,
  JsonBody,
  ProblemAnswer,
  TooLarge,
} from '../web/api-answers.js';
import { ApiOperation, ApiProperty } from '../web/api-description.js';
import { BodyAsSent } from '../web/body-as-sent.js';
import { deliveredExample, DeliveryView, deliveryView } from './delivery-view.js';
import { acknowledgedExample, openExample, resolvedExample } from './state-view.js';

const byMissing = 'by must say who, in at most 200 characters';
const noteTooLong = 'note must be a text of at most 500 characters';

export class StateBody {
  /** Only with a token that has no name: otherwise its name is the author. */
  @ApiProperty({ pattern: '\\S', maxLength: 200, required: false, example: 'alice' })
  @IsOptional()
  @Matches(/\S/, { message: byMissing })
  @MaxLength(200, { message: byMissing })
  by?: string;
}

export class ResolveBody extends StateBody {
  /** What the message turned out to be. */
  @ApiProperty({ enum: resolutions })
  @IsIn(resolutions, { message: `as must be one of ${resolutions.join(', ')}` })
  as!: Resolution;

  @ApiProperty({ maxLength: 500, required: false })
  @IsOptional()
  @IsString({ message: noteTooLong })
  @MaxLength(500, { message: noteTooLong })
  note?: string;
}

function staysAsItIs(id: string, state: DeliveryState): string {
  return `The delivery ${id} stays as it is: ${stateText(state)}. Reopen it first with POST /admin/deliveries/${id}/reopen.`;
}

function noAlerts(id: string, action: string): string {
  return `The delivery ${id} has no alerts, and so there is nothing to ${action}.`;
}

const example = deliveredExample.id;
const resolved = {
  state: 'resolved',
  by: 'alice',
  resolution: 'false-positive',
} as const;

/** Who looks at a message, and what came of it. */
@AdminApi('outbox')
@Controller('admin/deliveries/:id')
export class DeliveryStatesController {
  constructor(
    private readonly states: DeliveryStateService,
    private readonly reader: OutboxReader,
    private readonly clock: Clock,
  ) {}

  @Post('acknowledge')
  @HttpCode(HttpStatus.OK)
  @JsonBody(StateBody, { 'by whom': { by: 'alice' } })
  @ApiOperation({ summary: 'Says that somebody looks at a message of alerts' })
  @Answer(200, 'The message, also where it was so already', DeliveryView, {
    ...deliveredExample,
    ...acknowledgedExample,
  })
  @ProblemAnswer(400, 'The body is no JSON, or something in it is missing or not valid', byMissing)
  @AboutOne('id', 'The message’s id', example, `There is no delivery ${example}.`)
  @ChangesSomething()
  @TooLarge('5 MiB')
  @ProblemAnswer(409, 'It was resolved otherwise, or it is a notice', staysAsItIs(example, resolved))
  acknowledge(
    @Param('id') id: string,
    @Body(new BodyAsSent(StateBody)) { by }: StateBody,
    @Req() request: FastifyRequest,
  ): Promise<DeliveryView> {
    return this.change(id, { kind: 'acknowledge' }, by, request);
  }

  @Post('resolve')
  @HttpCode(HttpStatus.OK)
  @JsonBody(ResolveBody, { 'a false positive': { by: 'alice', as: 'false-positive', note: 'a load test' } })
  @ApiOperation({ summary: 'Says what a message of alerts turned out to be' })
  @Answer(200, 'The message, also where it was so already', DeliveryView, {
    ...deliveredExample,
    ...resolvedExample,
  })
  @ProblemAnswer(400, 'The body is no JSON, or something in it is missing or not valid', byMissing)
  @AboutOne('id', 'The message’s id', example, `There is no delivery ${example}.`)
  @ChangesSomething()
  @TooLarge('5 MiB')
  @ProblemAnswer(409, 'It was resolved otherwise, or it is a notice', staysAsItIs(example, resolved))
  resolve(
    @Param('id') id: string,
    @Body(new BodyAsSent(ResolveBody)) { by, as, note }: ResolveBody,
    @Req() request: FastifyRequest,
  ): Promise<DeliveryView> {
    const said = note === undefined || note === null || note.trim() === '' ? {} : { note };
    return this.change(id, { kind: 'resolve', as, ...said }, by, request);
  }

  @Post('reopen')
  @HttpCode(HttpStatus.OK)
  @JsonBody(StateBody, { 'by whom': { by: 'alice' } })
  @ApiOperation({ summary: 'Takes an acknowledgement or a resolution back' })
  @Answer(200, 'The message, also where it was so already', DeliveryView, {
    ...deliveredExample,
    ...openExample,
  })
  @ProblemAnswer(400, 'The body is no JSON, or something in it is missing or not valid', byMissing)
  @AboutOne('id', 'The message’s id', example, `There is no delivery ${example}.`)
  @ChangesSomething()
  @TooLarge('5 MiB')
  @ProblemAnswer(409, 'It is a notice', noAlerts(example, 'reopen'))
  reopen(
    @Param('id') id: string,
    @Body(new BodyAsSent(StateBody)) { by }: StateBody,
    @Req() request: FastifyRequest,
  ): Promise<DeliveryView> {
    return this.change(id, { kind: 'reopen' }, by, request);
  }

  private async change(
    id: string,
    change: StateChange,
    by: string | undefined,
    request: FastifyRequest,
  ): Promise<DeliveryView> {
    const author = adminName(request) ?? by ?? undefined;
    if (author === undefined) throw new BadRequestException(byMissing);
    const changed = await this.states.change(id, change, author);
    switch (changed.kind) {
      case 'missing':
      case 'taken-before':
        throw new NotFoundException(`There is no delivery ${id}.`);
      case 'no-alerts':
        throw new ConflictException(noAlerts(id, change.kind));
      case 'conflict':
        throw new ConflictException(staysAsItIs(id, changed.state));
      case 'changed':
      case 'unchanged': {
        const row = await this.reader.delivery(id, this.clock.now());
        if (row === undefined) throw new NotFoundException(`There is no delivery ${id}.`);
        return deliveryView(row);
      }
    }
  }
}
