import type { SampleData } from '../../domain/windows/window-info.js';
import { waiting } from '../../domain/windows/missing-window.js';
import { Timeline } from '../../domain/windows/timeline.js';
import {
  WindowStates,
  type KeyState,
  type RuleVersion,
  type StoredKey,
  type StoredWindow,
  type WindowChanges,
} from '../../domain/windows/window-states.js';
import { DueQueue } from './due-queue.js';
import { InMemorySamples } from './samples.js';

/** How many events all keys together remember, where a key itself counts as {@link keySize}: some 300 MB. */
const defaultMaxSize = 1_000_000;
/** What a key takes besides its events, as a number of events. */
const keySize = 2;

interface HeldKey {
  readonly key: StoredKey;
  readonly timeline: Timeline;
}

interface HeldWindow extends StoredWindow {
  readonly hash: string;
  keys: number;
  readonly due: DueQueue;
}

/**
 * What windows remember in a process that decides for itself: timelines stay where they are, and are changed in place.
 * Nothing can be rolled back. Its memory is bounded: when there is too much, the keys used least recently are forgotten.
 */
export class InMemoryWindowStates extends WindowStates {
  /** How many keys were forgotten because all keys together took too much memory. */
  forgotten = 0;
  private readonly byRule = new Map<string, HeldWindow>();
  private readonly byId = new Map<string, HeldWindow>();
  /** The one used last comes last. */
  private readonly held = new Map<string, HeldKey>();
  private readonly data = new InMemorySamples();
  private started = 0;
  private size = 0;

  constructor(private readonly maxSize = defaultMaxSize) {
    super();
  }

  override load(rules: readonly RuleVersion[], now: number): Promise<void> {
    const inForce = new Set(rules.map(({ id, hash }) => JSON.stringify([id, hash])));
    for (const [rule, window] of this.byRule) {
      if (!inForce.has(JSON.stringify([rule, window.hash]))) this.end(rule, window);
    }
    for (const rule of rules) this.windowOf(rule, now);
    return Promise.resolve();
  }

  override windows(rules: readonly RuleVersion[], now: number): Promise<ReadonlyMap<string, StoredWindow>> {
    return Promise.resolve(new Map(rules.map((rule) => [rule.id, this.windowOf(rule, now)])));
  }

  override open(keys: readonly StoredKey[]): Promise<ReadonlyMap<string, KeyState>> {
    const opened = new Map<string, KeyState>();
    for (const key of keys) {
      const known = this.held.get(key.id);
      const timeline = known?.timeline ?? new Timeline([], []);
      this.held.delete(key.id);
      this.held.set(key.id, { key, timeline });
      opened.set(key.id, { timeline, isNew: known === undefined });
      if (known === undefined) this.created(key);
    }
    return Promise.resolve(opened);
  }

  override samples(logIds: readonly string[]): Promise<ReadonlyMap<string, SampleData>> {
    return Promise.resolve(this.data.read(logIds));
  }

  override save({ keys, events, samples }: WindowChanges): Promise<void> {
    for (const { fired: _, ...key } of keys) {
      const { timeline } = this.held.get(key.id) as HeldKey;
      this.held.set(key.id, { key, timeline });
    }
    for (const { keyId, added, removed } of events) {
      this.size += added.length - removed.length;
      const { key } = this.held.get(keyId) as HeldKey;
      for (const { dueAt } of added)
        if (dueAt !== undefined) this.byId.get(key.windowId)?.due.add(keyId, dueAt);
    }
    for (const sample of samples) this.data.keep(sample);
    this.makeRoom();
    return Promise.resolve();
  }

  override dueKeys(windowIds: readonly string[], now: number, limit: number): Promise<readonly StoredKey[]> {
    const found: StoredKey[] = [];
    for (const id of windowIds) {
      const due = this.byId.get(id)?.due.due(now, limit - found.length, (key) => this.isDue(key, now)) ?? [];
      found.push(...due.map((key) => (this.held.get(key) as HeldKey).key));
    }
    return Promise.resolve(found);
  }

  override evict(windowId: string, maxKeys: number): Promise<{ keys: number; evicted: number }> {
    const keys = this.byId.get(windowId)?.keys ?? 0;
    let evicted = 0;
    for (const one of this.held.values()) {
      if (keys - evicted <= maxKeys) break;
      if (one.key.windowId !== windowId) continue;
      this.remove(one);
      evicted += 1;
    }
    return Promise.resolve({ keys, evicted });
  }

  /** Forgets the keys that have expired by `now`, and the data of events that no window needs any more. */
  prune(now: number): void {
    const open = new Set<string>();
    for (const one of this.held.values()) {
      if (one.key.expiresAt !== null && one.key.expiresAt < now) this.remove(one);
      // The data of an event that waits to be followed stays: its alert may come late.
      else for (const { logId, dueAt } of one.timeline.entries) if (dueAt !== undefined) open.add(logId);
    }
    this.data.prune(now, open);
  }

  private windowOf({ id: rule, hash }: RuleVersion, now: number): HeldWindow {
    const known = this.byRule.get(rule);
    if (known?.hash === hash) return known;
    if (known !== undefined) this.end(rule, known);
    this.started += 1;
    const window = { id: `${rule}/${this.started}`, loadedAt: now, hash, keys: 0, due: new DueQueue() };
    this.byRule.set(rule, window);
    this.byId.set(window.id, window);
    return window;
  }

  private end(rule: string, window: HeldWindow): void {
    for (const one of this.held.values()) if (one.key.windowId === window.id) this.remove(one);
    this.byRule.delete(rule);
    this.byId.delete(window.id);
  }

  private isDue(keyId: string, now: number): boolean {
    const timeline = this.held.get(keyId)?.timeline;
    return (
      timeline !== undefined && waiting(timeline).some(({ dueAt }) => dueAt !== undefined && dueAt <= now)
    );
  }

  private created({ windowId }: StoredKey): void {
    const window = this.byId.get(windowId);
    if (window !== undefined) window.keys += 1;
    this.size += keySize;
  }

  private remove({ key, timeline }: HeldKey): void {
    this.held.delete(key.id);
    this.size -= keySize + timeline.entries.length;
    const window = this.byId.get(key.windowId);
    if (window !== undefined) window.keys -= 1;
  }

  private makeRoom(): void {
    for (const one of this.held.values()) {
      if (this.size <= this.maxSize || this.held.size === 1) return;
      this.remove(one);
      this.forgotten += 1;
    }
  }
}
