import { v7 } from 'uuid';
import { Ids } from '../domain/stores.js';

/** UUIDs of version 7: they sort by the time they were made. */
export class TimeOrderedIds extends Ids {
  override next(): string {
    return v7();
  }
}
