import { readFileSync } from 'node:fs';
import { eventsPerBatch } from './batches.js';
import { bodyOf, EventText } from './event-text.js';

interface Recorded {
  readonly data: Readonly<Record<string, unknown>> & { readonly type: string };
}

/**
 * Credential stuffing from a botnet: failed logins, each with a user and an address that no other has, half of them of
 * users that do not exist. The events are shaped as Auth0 writes them, about 900 bytes each. The pieces of software
 * that tried are few, so that all have one of three TLS fingerprints.
 */
export class StuffingBatches {
  private readonly texts: readonly EventText[];
  private sent = 0;

  constructor() {
    const recorded = JSON.parse(
      readFileSync('test/fixtures/recorded-batch.json', 'utf8'),
    ) as readonly Recorded[];
    const wrongPassword = recorded.find(({ data }) => data.type === 'fp')?.data;
    this.texts = [0, 1, 2, 3, 4, 5].map(
      (variant) =>
        new EventText({
          ...wrongPassword,
          type: variant % 2 === 0 ? 'fu' : 'fp',
          security_context: {
            ja3: `b7e0d1c2a3f495867182736455463${variant % 3}`,
            ja4: `t13d17${variant % 3}5h2_5b57614c22b0`,
          },
        }),
    );
  }

  next(): Buffer {
    const at = Date.now();
    const events = Array.from({ length: eventsPerBatch }, (_, index) => {
      const number = this.sent + index;
      return (this.texts[number % this.texts.length] as EventText).with({
        id: `90020261120090005052048588${String(number).padStart(34, '0')}`,
        user: `user${number}`,
        ip: `${10 + ((number >> 16) & 63)}.${(number >> 8) & 255}.${number & 255}.7`,
        at,
      });
    });
    this.sent += eventsPerBatch;
    return bodyOf(events);
  }
}
