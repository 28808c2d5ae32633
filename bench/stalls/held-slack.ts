import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { alertsShown } from '../alerts-shown.js';

/** An Incoming Webhook in this process that answers nothing until it is released, and everything at once from then on. */
export class HeldSlack {
  /** How many alerts the messages say they show. */
  shown = 0;
  private release!: () => void;
  private readonly released = new Promise<void>((resolve) => (this.release = resolve));
  private readonly server = createServer(async (request, response) => {
    this.shown += alertsShown(await json(request));
    await this.released;
    response.end('ok');
  });

  static async start(): Promise<HeldSlack> {
    const slack = new HeldSlack();
    slack.server.listen(0, '127.0.0.1');
    await once(slack.server, 'listening');
    return slack;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  answer(): void {
    this.release();
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
