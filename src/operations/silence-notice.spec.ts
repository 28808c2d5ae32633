import type { EndedSilence } from '../domain/alerting/silence.js';
import { silenceEnded, silenceStarted } from './silence-notice.js';

const silence: EndedSilence = {
  id: 's',
  rule: 'failures',
  fields: undefined,
  reason: 'load test',
  author: 'alice',
  createdAt: Date.UTC(2026, 10, 20, 11),
  endsAt: Date.UTC(2026, 10, 20, 12),
  silenced: 17,
  early: false,
};

describe('what ops reads of a silence', () => {
  it.each([
    [{}, 'alice silenced the rule failures: load test'],
    [
      { fields: { ip: '1.1.1.1' } },
      'alice silenced the rule failures for events with {"ip":"1.1.1.1"}: load test',
    ],
    [{ rule: undefined, fields: { ip: ['a'] } }, 'alice silenced events with {"ip":["a"]}: load test'],
  ])('at its start, of %j', (changes, detail) => {
    expect(silenceStarted({ ...silence, ...changes })).toEqual({
      severity: 'info',
      title: 'Silence until 2026-11-20 12:00:00 UTC',
      detail,
    });
  });

  it.each([
    [0, 'no alerts were'],
    [1, '1 alert was'],
    [17, '17 alerts were'],
  ])('at its end, with %d silenced', (silenced, count) => {
    expect(silenceEnded({ ...silence, silenced })).toEqual({
      severity: 'info',
      title: `Silence ended: ${count} silenced`,
      detail: 'The silence of the rule failures is over. alice had set it: load test',
    });
  });

  it('at an early end', () => {
    expect(silenceEnded({ ...silence, early: true }).detail).toContain(
      'was removed before its time, 2026-11-20 12:00:00 UTC.',
    );
  });
});
