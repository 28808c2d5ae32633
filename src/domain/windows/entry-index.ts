import { placeOf, type Entry } from './entry.js';

/** What an event is found by: its value, each of its steps, or what else its window asks for. */
export type IndexTerms = (entry: Entry) => readonly (string | number)[];

/** The events of a timeline by what their window asks for, in the order of the timeline. */
export class EntryIndex {
  private readonly lists = new Map<string | number, Entry[]>();

  constructor(
    readonly termsOf: IndexTerms,
    entries: readonly Entry[],
  ) {
    for (const entry of entries) {
      for (const term of termsOf(entry)) this.listFor(term).push(entry);
    }
  }

  get terms(): Iterable<string | number> {
    return this.lists.keys();
  }

  list(term: string | number): readonly Entry[] {
    return this.lists.get(term) ?? [];
  }

  insert(entry: Entry): void {
    for (const term of this.termsOf(entry)) {
      const list = this.listFor(term);
      list.splice(placeOf(list, entry), 0, entry);
    }
  }

  remove(entry: Entry): void {
    for (const term of this.termsOf(entry)) {
      const list = this.listFor(term);
      list.splice(placeOf(list, entry), 1);
      if (list.length === 0) this.lists.delete(term);
    }
  }

  private listFor(term: string | number): Entry[] {
    const known = this.lists.get(term);
    if (known !== undefined) return known;
    const made: Entry[] = [];
    this.lists.set(term, made);
    return made;
  }
}
