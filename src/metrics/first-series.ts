import type { NextStep } from '../domain/alerting/retry-policy.js';
import type { IngestResult } from '../domain/ingest-result.js';
import type { ProtectedArea, Pressure, RefusalReason } from '../web/problem-details.js';

/** The values of labels whose series begin at 0, so that the first count of each shows as an increase. */
export const firstSeries = {
  batches: keys<IngestResult['kind']>({
    matched: true,
    unmatched: true,
    unreadable: true,
    'unsupported-encoding': true,
    corrupt: true,
    'too-large': true,
    'not-stored': true,
  }),
  areas: keys<ProtectedArea>({ logs: true, admin: true, metrics: true, docs: true, slack: true }),
  refusals: keys<RefusalReason>({ wrong: true, limited: true }),
  pressures: keys<Pressure>({ 'event-loop': true, heap: true }),
  unknownPaths: ['api', 'elsewhere'],
  steps: keys<NextStep['kind']>({
    delivered: true,
    retry: true,
    'resend-plain': true,
    'hold-channel': true,
    'pause-channel': true,
    dead: true,
  }),
} as const;

/** All members of a closed list; a new one is a type error until it is named. */
function keys<Key extends string>(all: Readonly<Record<Key, true>>): readonly Key[] {
  return Object.keys(all) as Key[];
}
