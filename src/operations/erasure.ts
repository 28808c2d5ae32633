import { Inject, Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import type { PersonField } from '../domain/redaction.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { retryConflicts } from '../storage/database/retry-conflicts.js';
import { returnFreeSpace } from '../storage/database/free-space.js';
import type { Database } from '../storage/database/schema.js';
import { eraseHistory } from '../storage/erasure/erase-history.js';
import { eraseSilences, eraseWindows } from '../storage/erasure/erase-windows.js';
import { personOf } from '../storage/erasure/person.js';

/** What became of what was stored about a person. */
export interface Erased {
  /** Alerts that are gone. */
  readonly alerts: number;
  /** Messages that are gone, or show less than before. */
  readonly deliveries: number;
  /** Alerts that still wait to be sent, and stay until then. */
  readonly waiting: number;
  /** Silences in force that name the person. */
  readonly silences: number;
}

/** Forgets people, as the law of many countries has them ask for. */
@Injectable()
export class Erasure {
  constructor(
    @Inject(Kysely) private readonly db: Kysely<Database>,
    private readonly rules: CurrentRules,
  ) {}

  /** What is deleted is deleted in small steps. Doing it again does no harm. */
  async erase(field: PersonField, value: string): Promise<Erased> {
    const person = personOf(field, value, this.rules.current.redactor);
    const history = await eraseHistory(this.db, person);
    await retryConflicts(() => eraseWindows(this.db, person));
    const silences = await eraseSilences(this.db, person);
    while (await returnFreeSpace(this.db, 0));
    return { ...history, silences };
  }
}
