import * as fc from 'fast-check';
import { normaliseEvent, type LogEvent } from './event.js';

const now = Date.parse('2026-11-20T12:00:00.000Z');
const newId = () => 'made-up';

function normalise(element: unknown): LogEvent {
  const event = normaliseEvent(element, now, newId);
  if (event === undefined) {
    throw new Error('The element was not taken for an event.');
  }
  return event;
}

describe('normaliseEvent', () => {
  it('reads an entry with its envelope', () => {
    const data = {
      log_id: '9001',
      type: 'fu',
      date: '2026-11-20T11:00:00.000Z',
      details: { error: { message: 'x' } },
    };
    const event = normalise({ log_id: '9001', data });
    expect(event).toEqual({ logId: '9001', type: 'fu', at: now - 3_600_000, data });
    expect(event.data).toBe(data);
  });

  it('reads bare data', () => {
    const data = { log_id: '9001', type: 'fu' };
    expect(normalise(data)).toEqual({ logId: '9001', type: 'fu', at: now, data });
  });

  it('takes the inner object where both have a type', () => {
    expect(normalise({ type: 'outer', data: { type: 'inner', log_id: '1' } }).type).toBe('inner');
  });

  it('takes the element itself where its `data` describes no event', () => {
    expect(normalise({ type: 'f', log_id: '1', data: { type: 7 } })).toMatchObject({ logId: '1', type: 'f' });
  });

  it.each([
    ['null', null],
    ['undefined, a line that did not parse', undefined],
    ['a number', 7],
    ['a string', 'fu'],
    ['an array', [{ type: 'fu' }]],
    ['an empty object', {}],
    ['an envelope without data', { log_id: '9001' }],
    ['data without a type', { log_id: '9001', data: { description: 'x' } }],
    ['an empty type', { data: { type: '' } }],
    ['a type that is no string', { data: { type: ['fu'] } }],
    ['data that is an array', { data: [{ type: 'fu' }] }],
    ['data that is JSON in a string', { data: '{"type":"fu"}' }],
    [
      'a type given by a `__proto__` key',
      JSON.parse('{"__proto__":{"type":"fu"},"data":{"__proto__":{"type":"fu"}}}'),
    ],
  ])('is no event: %s', (_name, element) => {
    expect(normaliseEvent(element, now, newId)).toBeUndefined();
  });

  describe('the id', () => {
    it.each([
      ['the envelope before the data', { log_id: 'outer', data: { type: 'f', log_id: 'inner' } }, 'outer'],
      ['the data where the envelope has none', { data: { type: 'f', log_id: 'inner' } }, 'inner'],
      [
        'the data where the envelope has an empty one',
        { log_id: '', data: { type: 'f', log_id: 'inner' } },
        'inner',
      ],
      [
        'the data where the envelope has an object',
        { log_id: {}, data: { type: 'f', log_id: 'inner' } },
        'inner',
      ],
      ['a number as a string', { log_id: 42, data: { type: 'f' } }, '42'],
      ['zero', { log_id: 0, data: { type: 'f' } }, '0'],
      ['a new one where there is none', { data: { type: 'f' } }, 'made-up'],
      ['a new one where all are unusable', { log_id: null, data: { type: 'f', log_id: true } }, 'made-up'],
      ['a new one for a number JSON.parse has rounded', { log_id: 2 ** 53 }, 'made-up'],
      ['NUL replaced', { log_id: 'a\0b' }, 'a\uFFFDb'],
      ['a lone surrogate replaced', { log_id: 'a\uD800b' }, 'a\uFFFDb'],
      ['cut to 255', { log_id: 'x'.repeat(300) }, 'x'.repeat(255)],
      ['cut inside a surrogate pair', { log_id: `${'x'.repeat(254)}😀` }, `${'x'.repeat(254)}\uFFFD`],
    ])('%s', (_name, element, expected) => {
      expect(normalise({ type: 'f', ...element }).logId).toBe(expected);
    });

    it('is filled into the data where only the envelope had one, without touching what arrived', () => {
      const element = { log_id: 9001, data: { type: 'f', log_id: '', details: { a: [1] } } };
      const { data } = normalise(element);
      expect(data).toEqual({ type: 'f', log_id: '9001', details: { a: [1] } });
      expect(data['details']).toBe(element.data.details);
      expect(element.data.log_id).toBe('');
    });

    it('is not filled in where it was made up', () => {
      expect(normalise({ data: { type: 'f' } }).data).not.toHaveProperty('log_id');
    });

    it('leaves the data its own where the two differ', () => {
      expect(normalise({ log_id: 'outer', data: { type: 'f', log_id: 'inner' } }).data['log_id']).toBe(
        'inner',
      );
    });
  });

  it.each([
    ['Auth0’s form', '2026-11-20T11:00:00.000Z', now - 3_600_000],
    ['an offset', '2026-11-20T12:00:00+01:00', now - 3_600_000],
    ['microseconds', '2026-11-20T11:59:59.123456Z', now - 877],
    ['no zone, which is UTC', '2026-11-20T11:00:00', now - 3_600_000],
    ['a day', '2026-11-19', now - 36 * 3_600_000],
    ['the future, which is now', '2026-11-20T12:00:00.001Z', now],
    ['absent', undefined, now],
    ['null', null, now],
    ['empty', '', now],
    ['words', 'yesterday', now],
    ['words that Date.parse reads', 'day 5', now],
    ['an impossible month', '2026-13-01T00:00:00Z', now],
    ['a number', 1_000, now],
    ['an object', { $date: '2026-11-20T11:00:00.000Z' }, now],
  ])('dates: %s', (_name, date, expected) => {
    expect(normalise({ type: 'f', date }).at).toBe(expected);
  });

  it('keeps a `__proto__` key a mere key when it copies the data', () => {
    const element: unknown = JSON.parse('{"log_id":"1","data":{"type":"f","__proto__":{"polluted":true}}}');
    const { data } = normalise(element);
    expect(data['log_id']).toBe('1');
    expect(data['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
    expect(Object.hasOwn(data, '__proto__')).toBe(true);
  });

  it('throws on no JSON at all, and keeps its promises about what it returns', () => {
    const entry = fc.record(
      {
        log_id: fc.jsonValue(),
        type: fc.jsonValue(),
        date: fc.jsonValue(),
        data: fc.dictionary(fc.string(), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const typed = fc.record({
      log_id: fc.string({ unit: 'binary', maxLength: 300 }),
      type: fc.string(),
      date: fc.string(),
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), entry, typed), (element) => {
        const event = normaliseEvent(element, now, newId);
        fc.pre(event !== undefined);
        expect(event.type).not.toBe('');
        expect(event.logId).toMatch(/^[^\0]{1,255}$/);
        expect(event.logId.isWellFormed()).toBe(true);
        expect(event.at).toBeLessThanOrEqual(now);
      }),
    );
  });
});
