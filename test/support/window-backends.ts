import type { SeenEvents } from '../../src/domain/stores.js';
import type { WindowStates } from '../../src/domain/windows/window-states.js';
import { InMemoryStores } from '../../src/replay/in-memory/stores.js';
import { SeenEventsStore } from '../../src/storage/events/seen-events-store.js';
import { pruneWindows } from '../../src/storage/pruning/prune-windows.js';
import { KeyCache } from '../../src/storage/windows/key-cache.js';
import { WindowStore } from '../../src/storage/windows/window-store.js';
import { databases } from './databases.js';

/** Where windows are kept. */
export interface WindowBackend {
  transaction<T>(work: (windows: WindowStates, seenEvents: SeenEvents) => Promise<T>): Promise<T>;
  prune(now: number): Promise<void>;
  /** Forgets what a process knows besides what it has stored. */
  restart(): void;
  /** Closes the connection and opens the same database again. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** What the windows' property is held to, each new and empty whenever it is opened. */
export const windowBackends: readonly { readonly name: string; open(): Promise<WindowBackend> }[] = [
  { name: 'in memory', open: () => Promise.resolve(inMemory()) },
  ...databases.map(({ name, open }) => ({
    name: `on ${name}`,
    async open(): Promise<WindowBackend> {
      const database = await open();
      let cache = new KeyCache();
      return {
        transaction: (work) =>
          database.db
            .transaction()
            .execute((tx) => work(new WindowStore(tx, cache), new SeenEventsStore(tx))),
        async prune(now) {
          await pruneWindows(database.db, now);
        },
        restart() {
          cache = new KeyCache();
        },
        reopen: () => database.reopen(),
        close: () => database.close(),
      };
    },
  })),
];

/** What it stores stays with its process, so that nothing is lost by a restart here. */
function inMemory(): WindowBackend {
  const { windows, seenEvents } = new InMemoryStores();
  return {
    transaction: (work) => work(windows, seenEvents),
    prune: (now) => Promise.resolve(windows.prune(now)),
    restart: () => undefined,
    reopen: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
