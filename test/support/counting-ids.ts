import { Ids } from '../../src/domain/stores.js';

/** `id-000001`, `id-000002` and so on. */
export class CountingIds extends Ids {
  private made = 0;

  override next(): string {
    this.made += 1;
    return `id-${String(this.made).padStart(6, '0')}`;
  }
}
