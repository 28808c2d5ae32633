import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A network between a service and its database that can freeze, lose its connections, and be slow. */
export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  /** Both ends of every connection, those of forgotten ones included. */
  private readonly sockets = new Set<Socket>();
  private frozen = false;
  private delayMs = 0;
  private readonly server = createServer((socket) => this.accept(socket));

  private constructor(private readonly target: URL) {}

  /** @param target the URL of what is behind it, host and port included */
  static async start(target: string): Promise<TcpProxy> {
    const proxy = new TcpProxy(new URL(target));
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** The URL of what is behind it, by way of the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return url.href;
  }

  /** Forwards nothing from now on, and closes nothing: neither end learns that the other one is away. */
  freeze(): void {
    this.frozen = true;
    for (const pair of this.pairs) pair.pause();
  }

  /** Forwards again what is sent and what was sent meanwhile. */
  thaw(): void {
    this.frozen = false;
    for (const pair of this.pairs) pair.resume();
  }

  /** Takes new connections again, but forgets those that there are: they stay open and nothing comes out of them. */
  replace(): void {
    this.pairs.clear();
    this.frozen = false;
  }

  /** Resets every connection. */
  reset(): void {
    for (const pair of this.pairs) pair.reset();
    this.pairs.clear();
  }

  /** From now on everything takes so many ms to come through, each way. */
  delay(ms: number): void {
    this.delayMs = ms;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.reset();
      for (const socket of this.sockets) socket.destroy();
    });
  }

  private accept(near: Socket): void {
    const far = connect(Number(this.target.port), this.target.hostname);
    const pair = new Pair(near, far, () => this.delayMs);
    this.pairs.add(pair);
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.on('close', () => {
        this.sockets.delete(socket);
        this.pairs.delete(pair);
      });
    }
    if (this.frozen) pair.pause();
  }
}

/** Two ends of a connection, with what is on its way between them. */
class Pair {
  constructor(
    private readonly near: Socket,
    private readonly far: Socket,
    delayMs: () => number,
  ) {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true);
      // The close that follows reaches the other end.
      from.on('error', () => undefined);
      from.on('data', (chunk) => later(delayMs(), () => to.writable && to.write(chunk)));
      from.on('end', () => later(delayMs(), () => to.end()));
      from.on('close', (failed) => failed && to.resetAndDestroy());
    }
  }

  pause(): void {
    this.near.pause();
    this.far.pause();
  }

  resume(): void {
    this.near.resume();
    this.far.resume();
  }

  reset(): void {
    this.near.resetAndDestroy();
    this.far.resetAndDestroy();
  }
}

/** Timers of one length keep their order. */
function later(ms: number, work: () => void): void {
  if (ms === 0) work();
  else setTimeout(work, ms);
}
