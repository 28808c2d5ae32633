import { FakeClock } from '../../test/support/fake-clock.js';
import { FakeTimer } from '../../test/support/fake-timer.js';
import type { Notice } from '../domain/alerting/message.js';
import { Metrics } from '../metrics/metrics.js';
import { SlackSocket } from './slack-socket.js';
import {
  SocketConnector,
  type ConnectionEnd,
  type SocketEnvelope,
  type SocketListener,
} from './socket-connector.js';

const minute = 60_000;

/** Ends each connection as a test says, and at the latest by the signal. */
class ScriptedConnector extends SocketConnector {
  runs = 0;
  listener: SocketListener | undefined;
  end: (end: ConnectionEnd) => void = () => undefined;

  /** @param ends what becomes of the first connections; those after them stay open */
  constructor(private readonly ends: ConnectionEnd[]) {
    super();
  }

  override run(listener: SocketListener, signal: AbortSignal): Promise<ConnectionEnd> {
    this.runs += 1;
    const end = this.ends.shift();
    if (end !== undefined) return Promise.resolve(end);
    this.listener = listener;
    listener.connected();
    return new Promise((resolve) => {
      this.end = resolve;
      signal.addEventListener('abort', () => resolve({ kind: 'closed' }), { once: true });
    });
  }
}

describe('the connection to Socket Mode', () => {
  let clock: FakeClock;
  let timer: FakeTimer;
  let told: Omit<Notice, 'at'>[];
  let taken: SocketEnvelope[];
  let finish: () => void;
  let socket: SlackSocket;

  const start = (...ends: ConnectionEnd[]): ScriptedConnector => {
    clock = new FakeClock();
    timer = new FakeTimer(clock);
    told = [];
    taken = [];
    const connector = new ScriptedConnector(ends);
    const take = (envelope: SocketEnvelope): Promise<void> => {
      taken.push(envelope);
      return new Promise((resolve) => (finish = resolve));
    };
    const raise = (notice: Omit<Notice, 'at'>): Promise<void> => Promise.resolve(void told.push(notice));
    socket = new SlackSocket(connector, { take }, { raise }, clock, timer, new Metrics());
    socket.onApplicationBootstrap();
    return connector;
  };
  const envelope = (id: string): SocketEnvelope => {
    return { id, type: 'interactive', payload: {}, acknowledge: () => Promise.resolve() };
  };

  afterEach(() => socket.onModuleDestroy());

  it('is tried again five minutes after a refusal, of which ops are told once', async () => {
    const refused = { kind: 'refused', error: 'invalid_auth' } as const;
    const connector = start(refused, refused);
    await timer.asleep();
    expect(socket.state).toEqual({ connected: false, since: clock.now(), error: 'invalid_auth' });
    await timer.advance(5 * minute - 1);
    expect(connector.runs).toBe(1);
    await timer.advance(1);
    expect(connector.runs).toBe(2);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ severity: 'high' });
    expect(told[0]?.detail).toMatch(/^invalid_auth: make a new app-level token/);
  });

  it('says since when it failed, however often it is tried, and no longer once it is open', async () => {
    const failed = { kind: 'failed', error: 'ECONNREFUSED' } as const;
    start(failed, failed, failed, { kind: 'refused', error: 'link_disabled' });
    await timer.asleep();
    const since = clock.now();
    await timer.advance(minute);
    expect(socket.state).toEqual({ connected: false, since, error: 'link_disabled' });
    expect(told).toHaveLength(1);
  });

  it('is opened again at once where Slack closes one that lasted', async () => {
    const connector = start();
    clock.advance(minute);
    connector.end({ kind: 'closed', reason: 'refresh_requested' });
    await timer.asleep();
    expect(socket.state).toEqual({ connected: false, since: clock.now() });
    // A wait of nothing is over with the next look at the clock.
    const next = timer.advance(0);
    while (connector.runs < 2) await Promise.resolve();
    expect(socket.state).toEqual({ connected: true, since: clock.now() });
    void next;
  });

  it('takes no click once the service stops, and stops after those it took', async () => {
    const connector = start();
    connector.listener?.received(envelope('a'));
    let stopped = false;
    const stopping = socket.onModuleDestroy().then(() => (stopped = true));
    connector.listener?.received(envelope('b'));
    await timer.asleep();
    expect(stopped).toBe(false);
    finish();
    await stopping;
    expect(taken.map(({ id }) => id)).toEqual(['a']);
    expect(socket.state.connected).toBe(false);
  });

  it('stops without a click that is not stored in three seconds', async () => {
    const connector = start();
    connector.listener?.received(envelope('a'));
    const stopping = socket.onModuleDestroy();
    await timer.asleep();
    clock.advance(3_000);
    void timer.advance(0);
    await stopping;
    expect(socket.state.connected).toBe(false);
    finish();
  });
});
