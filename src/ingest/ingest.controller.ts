import { Controller, HttpException, HttpStatus, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '../web/api-description.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { spanOf } from '../web/request-spans.js';
import { Ingestor } from './ingestor.js';

/** Where Auth0's log stream posts to. Its Authorization header is checked before the body is read. */
@ApiTags('events')
@ApiBearerAuth('log-stream')
@Controller('api/logs')
export class IngestController {
  constructor(private readonly ingestor: Ingestor) {}

  @Post()
  @ApiOperation({
    summary: 'Takes a batch of log events: a JSON array, one object, {"logs": […]} or JSON Lines',
  })
  @ApiBody({ schema: { type: 'array', items: { type: 'object' } } })
  @ApiResponse({
    status: 200,
    description: 'Some rule matched, and its alerts are stored',
    content: { 'text/plain': { schema: { type: 'string', example: 'ok' } } },
  })
  @ApiResponse({ status: 204, description: 'No rule matched, or the batch was empty' })
  @ApiResponse({ status: 400, description: 'The body holds no events' })
  @ApiResponse({ status: 401, description: 'The Authorization header is none of the tokens' })
  @ApiResponse({ status: 413, description: 'More than MAX_BODY, packed or unpacked' })
  @ApiResponse({ status: 503, description: 'The batch could not be stored; send it again' })
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
        throw new HttpException(
          'The Content-Encoding must be gzip, deflate or identity.',
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        );
      case 'too-large':
        throw new HttpException('The batch is larger than MAX_BODY.', HttpStatus.PAYLOAD_TOO_LARGE);
      case 'not-stored':
        void reply.header('Retry-After', '5');
        throw new HttpException(
          'The batch could not be stored. Send it again.',
          HttpStatus.SERVICE_UNAVAILABLE,
        );
    }
  }
}
