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
  Patch,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import {
  AboutOne,
  AdminApi,
  Answer,
  BadQuery,
  ChangesSomething,
  ErrorsAnswer,
  JsonBody,
  PageAnswer,
  ProblemAnswer,
  TooLarge,
} from '../web/api-answers.js';
import { ApiOperation, ApiResponse } from '../web/api-description.js';
import { maxInForce, SilenceService } from '../operations/silence-service.js';
import type { FastifyRequest } from 'fastify';
import { adminName } from '../web/admin-access.js';
import type { Severity } from '../domain/alert.js';
import { Clock } from '../domain/clock.js';
import { parseDuration } from '../domain/duration.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { SilencesReader } from '../storage/silences/silences-reader.js';
import { BodyAsSent } from '../web/body-as-sent.js';
import { isoTime, pageOf, PageQuery, type PageOf } from './page.js';
import {
  authorMissing,
  ExtendBody,
  fromMessage,
  matcherOf,
  SilenceBody,
  silenceProblems,
  startOf,
} from './silence-request.js';
import {
  ExtendedView,
  NewSilenceAnswer,
  type SilenceProblem,
  SilenceErrors,
  silenceExample,
  silenceProblemExample,
  SilenceView,
  silenceView,
} from './silence-view.js';

const tooMany = `${maxInForce} silences are in force, and there can be no more. End some with DELETE /admin/silences/:id.`;

const bodyExamples = {
  'what is less severe, tonight': {
    severity: ['low', 'info'] as Severity[],
    from: '2026-12-01T22:00:00Z',
    for: '8h',
    reason: 'maintenance',
    author: 'alice',
  },
  'a rule and an address': {
    rule: 'failed-logins',
    fields: { ip: '203.0.113.7' },
    for: '1h',
    reason: 'load test',
    author: 'alice',
  },
  'a rule': { rule: 'failed-logins', for: '30m', reason: 'known incident', author: 'alice' },
};

/** The silences in force, and their beginning and end. */
@AdminApi('silences')
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
  @PageAnswer('The silences', SilenceView, [silenceExample])
  @BadQuery('limit must be at least 1')
  async list(@Query() { limit, cursor }: PageQuery): Promise<PageOf<SilenceView>> {
    const rows = await this.reader.inForce({ limit: limit + 1, after: cursor }, this.clock.now());
    return pageOf(rows, limit, silenceView);
  }

  @Post()
  @JsonBody(SilenceBody, bodyExamples)
  @ApiOperation({ summary: 'Keeps alerts of a rule, or of events whose fields hold, back for a while' })
  @Answer(201, 'The silence began', NewSilenceAnswer, { id: silenceExample.id })
  @ProblemAnswer(400, 'The body is no JSON, or something in it is missing or not valid', authorMissing)
  @ChangesSomething()
  @ProblemAnswer(409, 'A thousand silences are in force', tooMany)
  @TooLarge('5 MiB')
  @ErrorsAnswer(
    422,
    'There is no such rule, or the fields can’t be compiled',
    SilenceErrors,
    said([silenceProblemExample]),
    [silenceProblemExample],
  )
  async add(
    @Body(new BodyAsSent(SilenceBody)) sent: object,
    @Req() request: FastifyRequest,
  ): Promise<NewSilenceAnswer> {
    const body = sent as SilenceBody;
    const author = adminName(request) ?? body.author ?? undefined;
    if (author === undefined) throw new BadRequestException(authorMissing);
    const matcher = matcherOf(body);
    if (matcher === undefined)
      throw new BadRequestException(
        'Name a rule, fields, a severity, tags or an owner, or several of them: what to silence is missing.',
      );
    const from = startOf(body, this.clock.now());
    if (from === 'too-late') throw new BadRequestException(fromMessage);
    const errors = silenceProblems(matcher, this.rules.current);
    if (errors.length > 0) {
      throw new HttpException({ message: said(errors), errors }, HttpStatus.UNPROCESSABLE_ENTITY);
    }
    const { reason } = body;
    const forMs = parseDuration(body.for) as number;
    const started = await this.keeper.start({ ...matcher, from, forMs, reason, author });
    switch (started.kind) {
      case 'started': {
        const { silenceWarnings } = await import('./silence-warnings.js');
        const warnings = silenceWarnings(matcher, this.rules.current);
        return { id: started.silence.id, ...(warnings.length > 0 && { warnings }) };
      }
      case 'too-many':
        throw new ConflictException(tooMany);
    }
  }

  @Patch(':id')
  @JsonBody(ExtendBody, { 'two hours more': { for: '2h' } })
  @ApiOperation({ summary: 'Has a silence end so long from now, unless it ends later anyway' })
  @Answer(200, 'The silence', ExtendedView, { id: silenceExample.id, endsAt: silenceExample.endsAt })
  @ProblemAnswer(400, 'The body is no JSON, or for is missing or not valid', 'for must be a duration')
  @AboutOne('id', 'The silence’s id', silenceExample.id, `There is no silence ${silenceExample.id} in force.`)
  @ChangesSomething()
  @TooLarge('5 MiB')
  async extend(
    @Param('id') id: string,
    @Body(new BodyAsSent(ExtendBody)) sent: object,
    @Req() request: FastifyRequest,
  ): Promise<ExtendedView> {
    const forMs = parseDuration((sent as ExtendBody).for) as number;
    const silence = await this.keeper.extend(id, forMs, adminName(request) ?? 'an administrator');
    if (silence === undefined) throw new NotFoundException(`There is no silence ${id} in force.`);
    return { id, endsAt: isoTime(silence.endsAt) };
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiOperation({ summary: 'Ends a silence before its time' })
  @ApiResponse({ status: 204, description: 'It ended' })
  @AboutOne('id', 'The silence’s id', silenceExample.id, `There is no silence ${silenceExample.id} in force.`)
  @ChangesSomething()
  async remove(@Param('id') id: string): Promise<void> {
    if (!(await this.keeper.remove(id))) throw new NotFoundException(`There is no silence ${id} in force.`);
  }
}

function said(errors: readonly SilenceProblem[]): string {
  return errors.map(({ at, message, hint }) => `${at}: ${message}; ${hint}`).join('\n');
}
