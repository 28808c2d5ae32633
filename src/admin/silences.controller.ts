import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpException,
  HttpStatus,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '../web/api-description.js';
import { maxInForce, SilenceService } from '../operations/silence-service.js';
import type { FastifyRequest } from 'fastify';
import { adminName } from '../web/admin-access.js';
import { Clock } from '../domain/clock.js';
import { parseDuration } from '../domain/duration.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { SilencesReader, type ListedSilence } from '../storage/silences/silences-reader.js';
import { BodyAsSent } from '../web/body-as-sent.js';
import { isoTime, pageOf, PageQuery, type PageOf } from './page.js';
import { authorMissing, SilenceBody, silenceProblems } from './silence-request.js';

/** The silences in force, and their beginning and end. */
@ApiTags('silences')
@ApiBearerAuth('admin')
@Controller('admin/silences')
export class SilencesController {
  constructor(
    private readonly rules: CurrentRules,
    private readonly keeper: SilenceService,
    private readonly reader: SilencesReader,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The silences in force, newest first, with how many alerts each kept back' })
  async list(@Query() { limit, cursor }: PageQuery): Promise<PageOf<object>> {
    const rows = await this.reader.inForce({ limit: limit + 1, after: cursor }, this.clock.now());
    return pageOf(rows, limit, silenceView);
  }

  @Post()
  @ApiBody({ type: SilenceBody })
  @ApiOperation({ summary: 'Keeps alerts of a rule, or of events whose fields hold, back for a while' })
  @ApiResponse({ status: 201, description: 'The id of the silence' })
  @ApiResponse({ status: 409, description: 'A thousand silences are in force' })
  @ApiResponse({ status: 422, description: 'There is no such rule, or the fields can’t be compiled' })
  async add(
    @Body(new BodyAsSent(SilenceBody)) sent: object,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string }> {
    const body = sent as SilenceBody;
    const author = adminName(request) ?? body.author ?? undefined;
    if (author === undefined) throw new BadRequestException(authorMissing);
    const rule = body.rule ?? undefined;
    const fields = Object.keys(body.fields ?? {}).length === 0 ? undefined : body.fields;
    if (rule === undefined && fields === undefined)
      throw new BadRequestException('Name a rule, or fields, or both: nothing else is silenced.');
    const errors = silenceProblems({ ...body, rule, fields }, this.rules.current);
    if (errors.length > 0) {
      const said = errors.map(({ at, message, hint }) => `${at}: ${message}; ${hint}`).join('\n');
      throw new HttpException({ message: said, errors }, HttpStatus.UNPROCESSABLE_ENTITY);
    }
    const { reason } = body;
    const forMs = parseDuration(body.for) as number;
    const started = await this.keeper.start({ rule, fields, forMs, reason, author });
    switch (started.kind) {
      case 'started':
        return { id: started.silence.id };
      case 'too-many':
        throw new ConflictException(
          `${maxInForce} silences are in force, and there can be no more. End some with DELETE /admin/silences/:id.`,
        );
    }
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Ends a silence before its time' })
  async remove(@Param('id') id: string): Promise<void> {
    if (!(await this.keeper.remove(id))) throw new NotFoundException(`There is no silence ${id} in force.`);
  }
}

function silenceView(silence: ListedSilence): object {
  return {
    id: silence.id,
    rule: silence.rule ?? null,
    fields: silence.fields ?? null,
    reason: silence.reason,
    author: silence.author,
    createdAt: isoTime(silence.createdAt),
    endsAt: isoTime(silence.endsAt),
    silenced: silence.silenced,
  };
}
