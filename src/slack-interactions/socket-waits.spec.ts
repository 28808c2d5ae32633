import { FakeClock } from '../../test/support/fake-clock.js';
import { SocketWaits } from './socket-waits.js';

describe('the wait before the next connection', () => {
  const failed = { kind: 'failed', error: 'ECONNREFUSED' } as const;
  const closed = { kind: 'closed' } as const;
  let clock: FakeClock;
  let waits: SocketWaits;

  beforeEach(() => {
    clock = new FakeClock();
    waits = new SocketWaits(clock, () => 0.5);
  });

  it('doubles up to a minute, of which a part is random', () => {
    const waited = Array.from({ length: 8 }, () => waits.after(failed));
    expect(waited).toEqual([750, 1_500, 3_000, 6_000, 12_000, 24_000, 45_000, 45_000]);
  });

  it('is none after a connection that lasted, and begins anew', () => {
    for (let index = 0; index < 5; index++) waits.after(failed);
    waits.begin();
    clock.advance(10_000);
    expect(waits.after(closed)).toBe(0);
    expect(waits.after(failed)).toBe(750);
  });

  it('grows while Slack closes each connection soon after its hello', () => {
    const waited = Array.from({ length: 3 }, () => {
      waits.begin();
      return waits.after(closed);
    });
    expect(waited).toEqual([750, 1_500, 3_000]);
  });

  it('is as long as Slack asks, and five minutes after a refusal', () => {
    expect(waits.after({ ...failed, waitMs: 30_000 })).toBe(30_000);
    expect(waits.after({ kind: 'refused', error: 'invalid_auth' })).toBe(300_000);
  });
});
