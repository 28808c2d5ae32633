import { by, eventAt, noon } from '../../test/support/correlating.js';
import { template } from '../../test/support/pipelines.js';
import { givenValue, keyText, keyValues } from './key.js';
import { absent } from './matching/field-path.js';

const liquid = (source: string) => ({ kind: 'template' as const, template: template(source) });
const values = (parts: Parameters<typeof keyValues>[0], data: Record<string, unknown>) =>
  keyValues(parts, eventAt(noon, data));

describe('keyValues', () => {
  it('lack what is absent, what is empty, and a Liquid text that comes out empty', () => {
    const parts = [...by('user_id', 'ip'), liquid('{{ event.user_id }}')];
    expect(values(parts, { user_id: '' })).toEqual([undefined, undefined, undefined]);
    expect(values(parts, { ip: '' })).toEqual([undefined, undefined, undefined]);
  });

  it('have whatever else there is, blanks and null included', () => {
    expect(values(by('a', 'b', 'c', 'd'), { a: ' ', b: null, c: 0, d: false })).toEqual([
      ' ',
      'null',
      '0',
      'false',
    ]);
  });

  it('are the same for every spelling of an address', () => {
    const parts = [...by('ip', 'user_name'), liquid('{{ event.user_name }}'), liquid('{{ event.ip }}')];
    const one = values(parts, { ip: '::FFFF:203.0.113.9', user_name: 'Ann@Example.com' });
    expect(one).toEqual(['203.0.113.9', 'ann@example.com', 'ann@example.com', '203.0.113.9']);
    expect(keyText(values(parts, { ip: '203.0.113.9', user_name: 'ann@example.com' }))).toBe(keyText(one));
  });
});

describe('givenValue', () => {
  const given = (value: unknown) => givenValue(eventAt(noon, { users: value }), ['users']);

  it('takes the elements of an array as it takes a value of its own', () => {
    expect(given(['', 'Ann@Example.com', null, 7])).toEqual(['ann@example.com', null, 7]);
    expect(given(['', ''])).toBe(absent);
    expect(given([])).toEqual([]);
    expect(givenValue(eventAt(noon, { users: [{ id: '' }, { id: 'a' }] }), ['users', 'id'])).toEqual(['a']);
  });
});
