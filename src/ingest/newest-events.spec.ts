import { readEvent, type ReceivedEvent } from '../domain/event.js';
import { NewestEvents } from './newest-events.js';

const minute = 60_000;
const id = (number: number): string => `90020${String(number).padStart(51, '0')}`;
const event = (logId: string): ReceivedEvent =>
  readEvent({ log_id: logId, data: { type: 'fu', date: '2026-01-15T12:00:00.000Z' } }) as ReceivedEvent;

describe('the newest events of the log stream', () => {
  const now = Date.UTC(2026, 0, 15, 13);
  let newest: NewestEvents;

  beforeEach(() => {
    newest = new NewestEvents();
    newest.start();
  });

  it('are known by the minute in which they came, whatever order they came in', () => {
    newest.taken([event(id(3)), event(id(1))], now);
    newest.taken([event(id(2))], now + minute);
    newest.taken([event(id(7))], now + 2 * minute);
    expect(newest.cameBefore(now)).toBeUndefined();
    expect(newest.cameBefore(now + 2 * minute)).toEqual({ logId: id(3), at: now - 60 * minute });
    expect(newest.cameBefore(now + 3 * minute)?.logId).toBe(id(7));
  });

  it('leave out ids that have another form, such as those of test events', () => {
    newest.taken([event('abc1234567890'), event('99999')], now);
    expect(newest.cameBefore(now + 5 * minute)).toBeUndefined();
  });

  it('cost nothing as long as nobody wants to know', () => {
    const idle = new NewestEvents();
    idle.taken([event(id(1))], now);
    expect(idle.cameBefore(now + 5 * minute)).toBeUndefined();
  });
});
