import { Ids } from '../domain/stores.js';

/** Ids of one process: numbers, which sort as text in the order they were made. */
export class SequentialIds extends Ids {
  private made = 0;

  override next(): string {
    this.made += 1;
    return String(this.made).padStart(15, '0');
  }
}
