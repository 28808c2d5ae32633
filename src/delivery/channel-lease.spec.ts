import { FakeClock } from '../../test/support/fake-clock.js';
import { FakeTimer } from '../../test/support/fake-timer.js';
import { LeaseStore, type LeaseAnswer } from '../storage/leases/lease-store.js';
import { openDatabase } from '../storage/database/open-database.js';
import { ChannelLeases, DatabaseLeases, SoleReplicaLeases } from './channel-lease.js';

/** Answers as scripted, then that the lease is held, and counts what it was asked. */
class ScriptedLeases extends LeaseStore {
  readonly answers: (LeaseAnswer | Error)[] = [];
  readonly asked: string[] = [];

  override acquire(channel: string, _holder: string, ttlMs: number): Promise<LeaseAnswer> {
    this.asked.push(`acquire ${channel} for ${ttlMs}`);
    const answer = this.answers.shift() ?? { kind: 'held' };
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }

  override renew(_holder: string, ttlMs: number): Promise<readonly string[]> {
    this.asked.push(`renew for ${ttlMs}`);
    const answer = this.answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve([]);
  }

  override release(): Promise<void> {
    this.asked.push('release');
    const answer = this.answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve();
  }
}

describe('DatabaseLeases', () => {
  const db = openDatabase('sqlite::memory:');
  let clock: FakeClock;
  let timer: FakeTimer;
  let store: ScriptedLeases;
  let channels: DatabaseLeases;
  let errors: string[];

  beforeEach(() => {
    clock = new FakeClock();
    timer = new FakeTimer(clock);
    store = new ScriptedLeases(db);
    errors = [];
    channels = new DatabaseLeases(store, clock, timer, {
      failed: (error) => void errors.push(String(error)),
      worked: () => undefined,
    });
  });

  afterEach(() => channels.stop());
  afterAll(() => db.destroy());

  it('may deliver at once to a channel it has, and asks twice a second at most', async () => {
    expect(await channels.take('security')).toBe(0);
    clock.advance(500);
    expect(await channels.take('security')).toBe(0);
    expect(store.asked).toEqual(['acquire security for 11000']);
    clock.advance(1);
    expect(await channels.take('security')).toBe(0);
    expect(store.asked).toHaveLength(2);
  });

  it('asks for each channel', async () => {
    await channels.take('security');
    await channels.take('iam');
    expect(store.asked).toEqual(['acquire security for 11000', 'acquire iam for 11000']);
  });

  it('waits until another’s lease may have run out', async () => {
    store.answers.push({ kind: 'taken', forMs: 7000 }, { kind: 'taken', forMs: 0 });
    expect(await channels.take('security')).toBe(7001);
    expect(await channels.take('security')).toBe(1);
    expect(await channels.take('security')).toBe(0);
  });

  it('looks on for a moment after it took over, however often it is asked', async () => {
    store.answers.push({ kind: 'taken-over' });
    expect(await channels.take('security')).toBe(1500);
    clock.advance(400);
    expect(await channels.take('security')).toBe(1100);
    clock.advance(600);
    expect(await channels.take('security')).toBe(500);
    clock.advance(500);
    expect(await channels.take('security')).toBe(0);
  });

  it('takes over within 15 s of a holder’s last sign of life', async () => {
    await channels.take('security');
    const ttl = Number(/\d+$/.exec(store.asked[0] ?? '')?.[0]);
    store.answers.push({ kind: 'taken', forMs: ttl }, { kind: 'taken-over' });
    clock.advance(501);
    let waited = 0;
    for (let pause = await channels.take('security'); pause > 0; pause = await channels.take('security')) {
      waited += pause;
      clock.advance(pause);
    }
    expect(waited).toBeGreaterThan(10_000);
    expect(waited).toBeLessThan(13_000);
  });

  it('gives up a lease that it lost', async () => {
    await channels.take('security');
    store.answers.push({ kind: 'taken', forMs: 5000 });
    clock.advance(501);
    expect(await channels.take('security')).toBe(5001);
    store.answers.push({ kind: 'taken', forMs: 4000 });
    expect(await channels.take('security')).toBe(4001);
  });

  it.each([-3_600_000, 3_600_000])('asks again when the clock was set by %d ms', async (ms) => {
    store.answers.push({ kind: 'taken-over' });
    await channels.take('security');
    clock.advance(ms);
    expect(await channels.take('security')).toBe(0);
    expect(store.asked).toHaveLength(2);
  });

  it('fails when the database does', async () => {
    store.answers.push(new Error('the database is away'));
    await expect(channels.take('security')).rejects.toThrow('the database is away');
  });

  it('renews what it holds every three seconds, and goes on when that fails', async () => {
    channels.start();
    await timer.advance(9_000);
    expect(store.asked).toEqual([]);
    await channels.take('security');
    store.answers.push(new Error('the database is away'));
    await timer.advance(6_000);
    expect(store.asked.slice(1)).toEqual(['renew for 11000', 'renew for 11000']);
    expect(errors).toEqual(['Error: the database is away']);
  });

  it('gives everything back when it stops, and stops although it can’t', async () => {
    channels.start();
    await channels.take('security');
    store.answers.push(new Error('the database is away'));
    await channels.stop();
    expect(store.asked.at(-1)).toBe('release');
    expect(errors).toEqual(['Error: the database is away']);
  });
});

describe('SoleReplicaLeases', () => {
  it('may always deliver', async () => {
    const channels: ChannelLeases = new SoleReplicaLeases();
    channels.start();
    expect(await channels.take('security')).toBe(0);
    await channels.stop();
  });
});
