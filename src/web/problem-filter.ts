import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { sendProblem } from './problem-details.js';

/** Turns every exception into problem details. What isn't meant for the caller is logged and stays inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const status = statusOf(error);
    if (status >= 500 && !(error instanceof HttpException)) {
      this.logger.error(
        `unexpected error: ${String(error)}`,
        error instanceof Error ? error.stack : undefined,
      );
    }
    void sendProblem(reply, status, detailOf(error, status), moreOf(error));
  }
}

/** Nest's exceptions and Fastify's errors both carry a status; anything else is a bug. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

function detailOf(error: unknown, status: number): string {
  if (error instanceof HttpException) {
    const response = error.getResponse();
    const message = typeof response === 'string' ? response : (response as { message?: unknown }).message;
    return Array.isArray(message)
      ? message.join('; ')
      : typeof message === 'string'
        ? message
        : error.message;
  }
  return status < 500 && error instanceof Error
    ? error.message
    : 'Something went wrong inside the router; its log says more.';
}

/** A list of errors travels beside the detail. */
function moreOf(error: unknown): object {
  const response = error instanceof HttpException ? error.getResponse() : undefined;
  return typeof response === 'object' && 'errors' in response ? { errors: response.errors } : {};
}
