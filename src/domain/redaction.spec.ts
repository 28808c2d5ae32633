import { Redactor, type Redaction } from './redaction.js';
import type { LogEvent } from './event.js';

const hash = (text: string): string => `0123456789abcdef of ${text}`;

function redactorOf(fields: Readonly<Record<string, Redaction>>): Redactor {
  return new Redactor(
    Object.entries(fields).map(([path, redaction]) => ({ steps: path.split('.'), redaction })),
    hash,
  );
}

describe('Redactor', () => {
  it.each<readonly [redaction: Redaction, value: unknown, shown: unknown]>([
    ['mask', 'alice@example.com', 'a…@example.com'],
    ['mask', '+491601234517', '+49…17'],
    ['mask', '0160 1234517', '01…17'],
    ['mask', 'alice', 'a…'],
    ['mask', '🦊fox', '🦊…'],
    ['mask', 'al', '…'],
    ['mask', 12345, '…'],
    ['mask', { street: 'Main Street' }, '…'],
    ['mask', ['alice@example.com', 'bob'], ['a…@example.com', 'b…']],
    ['mask', null, null],
    ['mask', '', ''],
    ['hash', 'alice', '0123456789ab'],
    ['truncate', '203.0.113.77', '203.0.113.0/24'],
    ['truncate', '::ffff:203.0.113.77', '203.0.113.0/24'],
    ['truncate', '2001:db8:1:2:3::4', '2001:db8:1::/48'],
    ['truncate', 'alice', '…'],
    ['truncate', 77, '…'],
  ])('%s makes %j into %j', (redaction, value, shown) => {
    expect(redactorOf({ field: redaction }).data({ field: value, other: 'kept' })).toEqual({
      field: shown,
      other: 'kept',
    });
  });

  it('leaves nothing of a field that is dropped, and as much of its neighbours as there was', () => {
    const data = { details: { request: { body: { email: 'a@b.c' }, path: '/x' } } };
    expect(redactorOf({ 'details.request.body': 'drop' }).data(data)).toEqual({
      details: { request: { path: '/x' } },
    });
    expect(data.details.request.body).toEqual({ email: 'a@b.c' });
  });

  it('goes through arrays, or takes the element that a path names', () => {
    const data = { people: [{ name: 'alice' }, { name: 'bob' }, 'nobody'] };
    expect(redactorOf({ 'people.name': 'mask' }).data(data)).toEqual({
      people: [{ name: 'a…' }, { name: 'b…' }, 'nobody'],
    });
    expect(redactorOf({ 'people.1.name': 'drop' }).data(data)).toEqual({
      people: [{ name: 'alice' }, {}, 'nobody'],
    });
  });

  it('leaves paths alone that lead nowhere', () => {
    const data = { user: 'alice', list: [1], nothing: null };
    const redactor = redactorOf({
      'user.name': 'drop',
      'list.x': 'drop',
      'nothing.at': 'drop',
      absent: 'hash',
    });
    expect(redactor.data(data)).toEqual(data);
  });

  it('hides arrays that are nested more deeply than those of any event', () => {
    let nested: unknown = { name: 'alice' };
    for (let level = 0; level < 50_000; level++) nested = [nested];
    expect(JSON.stringify(redactorOf({ 'a.name': 'mask' }).data({ a: nested }))).not.toContain('alice');
    expect(JSON.stringify(redactorOf({ a: 'mask' }).data({ a: nested }))).not.toContain('alice');
  });

  it('gives one hash to one person, however an address is spelled', () => {
    const real = new Redactor([{ steps: ['user'], redaction: 'hash' }], (text) => text);
    expect(real.data({ user: 'Alice@Example.com' })).toEqual(real.data({ user: 'alice@example.com' }));
  });

  it('gives the same event to all who ask, and the event itself where nothing is redacted', () => {
    const event: LogEvent = { logId: 'a', type: 'f', at: 0, data: { type: 'f', user_name: 'alice' } };
    const redactor = redactorOf({ user_name: 'mask' });
    expect(redactor.shown(event)).toBe(redactor.shown(event));
    expect(redactorOf({}).shown(event)).toBe(event);
  });
});
