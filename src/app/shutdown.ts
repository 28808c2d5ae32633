import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../web/problem-details.js';

/** After the connections were closed by force, for the database to be closed in order. */
const lastWaitMs = 1_000;

/**
 * Stops the service: `/readyz` answers 503, new connections are refused, every answer closes its connection, and requests
 * and posts in flight end. What has not ended after the grace period is closed by force; everything that a 2xx was
 * answered for is on disk all the same. To be made before the service listens.
 */
export class Shutdown {
  private readonly logger = new Logger(Shutdown.name);
  private begun = false;

  /**
   * @param graceMs how long requests and posts in flight may take to end
   * @param sendTraces sends the spans that have not been sent, in what is left of that time
   */
  constructor(
    private readonly app: NestFastifyApplication,
    private readonly graceMs: number,
    private readonly sendTraces: () => Promise<void>,
  ) {
    const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    server.addHook('onRequest', async (request, reply) => {
      if (this.begun && request.routeOptions.url === '/readyz')
        return sendProblem(reply, 503, 'The service is stopping.');
      return undefined;
    });
    server.addHook('onSend', async (_request, reply) => {
      if (this.begun) void reply.header('Connection', 'close');
    });
  }

  /** Resolves when everything has ended or was ended by force. */
  async run(): Promise<void> {
    this.begun = true;
    const server = this.app.getHttpServer();
    // Refuses new connections at once, while the delivery workers finish their posts.
    server.close();
    server.closeIdleConnections();
    const closed = this.app.close().then(() => 'closed' as const);
    const grace = this.grace();
    if ((await Promise.race([closed, grace])) === 'closed') {
      await Promise.race([this.sendTraces(), grace]);
      return;
    }
    this.logger.warn(`requests or posts had not finished after ${this.graceMs} ms and were cut off`);
    server.closeAllConnections();
    // What waits for a dead database or for Slack never ends by itself.
    await Promise.race([closed.then(() => this.sendTraces()), wait(lastWaitMs)]);
  }

  private async grace(): Promise<'over'> {
    // This timer keeps the process alive: with nothing else left to do, Node would end it before its exit code is known.
    await wait(this.graceMs);
    return 'over';
  }
}
