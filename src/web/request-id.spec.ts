import { requestIdOf } from './request-id.js';

describe('requestIdOf', () => {
  it.each(['a1b2', '0af7651916cd43dd8448eb211c80319c', 'req_1.2:3-4'])('keeps %s', (id) => {
    expect(requestIdOf({ headers: { 'x-request-id': id } })).toBe(id);
  });

  it.each([undefined, '', 'two words', 'line\nbreak', 'x'.repeat(101), '<b>'])('makes one for %p', (id) => {
    expect(requestIdOf({ headers: { 'x-request-id': id } })).toMatch(/^[0-9a-f-]{36}$/);
  });
});
