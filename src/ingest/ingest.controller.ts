import { Controller, HttpException, HttpStatus, Post, Req, Res } from '@nestjs/common';
import { limited, ProblemAnswer, unauthorized } from '../web/api-answers.js';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '../web/api-description.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { spanOf } from '../web/request-spans.js';
import { batchBody } from './batch-body.js';
import { Ingestor } from './ingestor.js';

const noEvents =
  'The body is not JSON. Send a JSON array of events, one event as a JSON object, {"logs": […]}, or JSON Lines (one object a line).';
const tooLarge = 'The batch is larger than MAX_BODY.';
const unknownEncoding = 'The Content-Encoding must be gzip, deflate or identity.';
const notStored = 'The batch could not be stored. Send it again.';

/** Where Auth0's log stream posts to. Its Authorization header is checked before the body is read. */
@ApiTags('events')
@ApiBearerAuth('log-stream')
@Controller('api/logs')
export class IngestController {
  constructor(private readonly ingestor: Ingestor) {}

  @Post()
  @ApiOperation({
    summary: 'Takes a batch of log events: a JSON array, one object, {"logs": […]} or JSON Lines',
    requestBody: batchBody,
  })
  @ApiHeader({
    name: 'Content-Encoding',
    required: false,
    description: 'How the body is packed.',
    schema: { type: 'string', enum: ['gzip', 'deflate', 'identity'], default: 'identity' },
  })
  @ApiResponse({
    status: 200,
    description: 'Some rule matched, and its alerts are stored',
    content: { 'text/plain': { schema: { type: 'string', enum: ['ok'] }, example: 'ok' } },
  })
  @ApiResponse({ status: 204, description: 'No rule matched, or the batch was empty' })
  @ProblemAnswer(400, 'The body holds no events, or is not what its Content-Encoding says', noEvents)
  @ProblemAnswer(401, 'The Authorization header is none of the tokens', unauthorized)
  @ProblemAnswer(413, 'More than MAX_BODY, packed or unpacked', tooLarge)
  @ProblemAnswer(415, 'A Content-Encoding that is not known', unknownEncoding)
  @ProblemAnswer(429, 'The address sent too many wrong tokens', limited)
  @ProblemAnswer(503, 'The batch could not be stored, or the process is overloaded; send it again', notStored)
  async take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const result = await this.ingestor.ingest(
      body,
      request.headers['content-encoding'],
      request.id,
      spanOf(request),
    );
    switch (result.kind) {
      case 'matched':
        await reply.code(HttpStatus.OK).type('text/plain; charset=utf-8').send('ok');
        return;
      case 'unmatched':
        await reply.code(HttpStatus.NO_CONTENT).send();
        return;
      case 'unreadable':
        throw new HttpException(result.message, HttpStatus.BAD_REQUEST);
      case 'corrupt':
        throw new HttpException('The body is not what its Content-Encoding says.', HttpStatus.BAD_REQUEST);
      case 'unsupported-encoding':
        throw new HttpException(unknownEncoding, HttpStatus.UNSUPPORTED_MEDIA_TYPE);
      case 'too-large':
        throw new HttpException(tooLarge, HttpStatus.PAYLOAD_TOO_LARGE);
      case 'not-stored':
        void reply.header('Retry-After', '5');
        throw new HttpException(notStored, HttpStatus.SERVICE_UNAVAILABLE);
    }
  }
}
