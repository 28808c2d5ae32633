import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const deadlineMs = 15_000;

/** A connection that sends exactly what it is given, with what came back. It only reads once it is asked what it got. */
export class RawConnection {
  /** Whether the other side ended or reset it. */
  closed = false;
  private received = '';

  private constructor(private readonly socket: Socket) {
    socket.on('error', () => undefined).on('close', () => (this.closed = true));
    socket.pause();
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    const connection = new RawConnection(socket);
    await once(socket, 'connect');
    return connection;
  }

  /** Resolves when the text was handed over, or the connection is gone. */
  async send(text: string): Promise<void> {
    // A turn of the event loop, in which the end of the connection can be seen.
    if (!this.socket.writable) return wait(1);
    await new Promise<void>((resolve) => this.socket.write(text, () => resolve()));
  }

  /** What came, once it holds the text. */
  async until(text: string): Promise<string> {
    return this.poll(text, () => this.received.includes(text));
  }

  /** All that came, once the connection was closed. */
  async untilClosed(): Promise<string> {
    return this.poll('the end', () => this.closed);
  }

  destroy(): void {
    this.socket.destroy();
  }

  private async poll(what: string, done: () => boolean): Promise<string> {
    if (this.socket.listenerCount('data') === 0)
      this.socket.on('data', (chunk: Buffer) => void (this.received += chunk.toString('latin1')));
    this.socket.resume();
    const deadline = Date.now() + deadlineMs;
    while (!done()) {
      if (Date.now() > deadline) throw new Error(`${what} never came, only: ${this.received}`);
      await wait(10);
    }
    return this.received;
  }
}

/** The head of a request that announces a body. */
export function head(path: string, length: number, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ Host: 'router', 'Content-Length': String(length), ...headers });
  return `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}
