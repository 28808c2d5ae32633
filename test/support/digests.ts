import type { Digest } from '../../src/domain/alerting/digest.js';
import { alertContent } from './alerts.js';

const from = Date.UTC(2026, 0, 15, 11, 48);

/** A digest of 9997 alerts in twelve minutes, with something of each kind. */
export function digestOf(changes: Partial<Digest> = {}): Digest {
  return {
    total: 9_997,
    severity: 'critical',
    from,
    to: Date.UTC(2026, 0, 15, 12),
    rules: {
      top: [
        { name: 'Failures', count: 9_000 },
        { name: 'Brute force', count: 997 },
      ],
      distinct: 2,
    },
    types: {
      top: [
        { name: 'fp', count: 9_000 },
        { name: 'brand_new', count: 997 },
      ],
      distinct: 2,
    },
    users: { top: [{ name: 'ann@example.com', count: 500 }], distinct: 13 },
    addresses: { top: [{ name: '203.0.113.9', count: 9_997 }], distinct: 1 },
    applications: { top: [], distinct: 0 },
    first: alertContent('Failed login of ann', { at: from, link: 'https://manage.auth0.com/1?a&b' }),
    worst: [alertContent('Brute force', { severity: 'critical', at: from + 1_000 })],
    mentions: ['<!here>', '<@U1>'],
    ...changes,
  };
}
