import type { KeyPart } from '../key.js';

/** What every kind has. Durations are ms. */
interface Keyed {
  /** The values that events are distinguished by; none: one key for all events. */
  readonly by: readonly KeyPart[];
  /** How far apart in event time two alerts of one key are at least: `throttle.every`, else `within`. */
  readonly cooldownMs: number;
  /** `false`: an alert is not followed up when more events of its key arrive during the cooldown. */
  readonly follow?: false;
}

interface Sliding extends Keyed {
  /** An event and another this much later are still in one window. */
  readonly withinMs: number;
}

/** The `count`th event within the time. */
export interface CountWindow extends Sliding {
  readonly kind: 'count';
  readonly count: number;
}

/** `count` different values of the field within the time. */
export interface DistinctWindow extends Sliding {
  readonly kind: 'distinct';
  readonly field: readonly string[];
  readonly count: number;
}

/** So many events of each step within the time, all of a step before the next one's unless `ordered` is false. */
export interface SequenceWindow extends Sliding {
  readonly kind: 'sequence';
  /** How many events each step takes; an event serves one step only. */
  readonly steps: readonly number[];
  readonly ordered: boolean;
}

/** An event of step {@link opens} that none of step {@link closes} follows within the time. */
export interface MissingWindow extends Sliding {
  readonly kind: 'missing';
}

/** A value of the field that the key has not had before. */
export interface NewWindow extends Keyed {
  readonly kind: 'new';
  readonly field: readonly string[];
  /** For how long after the rule's first load values are learnt and nothing alerts. */
  readonly learnMs: number;
}

/** A rule's `window`, compiled. */
export type Window = CountWindow | DistinctWindow | SequenceWindow | MissingWindow | NewWindow;

/** The kinds that an event completes. */
export type SlidingWindow = CountWindow | DistinctWindow | SequenceWindow;

/** The steps of a `missing` window: the rule's own match, and the match that is to follow it. */
export const opens = 0;
export const closes = 1;

/** A rule as the correlator sees it. A rule of another hash starts afresh. */
export interface WindowRule<W extends Window = Window> {
  readonly id: string;
  readonly hash: string;
  readonly window: W;
}

/**
 * What an event did in a window.
 *
 * @typeParam Completed what is known of a completed window at that stage
 */
export type WindowOutcome<Completed> =
  /** It completed the window, and the rule alerts. `alertAt`: the event time of the alert, in ms since the epoch. */
  | ({ readonly kind: 'completed'; readonly alertAt: number } & Completed)
  | { readonly kind: 'not-reached' }
  /** It falls into the cooldown that the alert at `alertAt` began. */
  | { readonly kind: 'cooldown'; readonly alertAt: number }
  /** It lacks a value that the window looks at. */
  | { readonly kind: 'no-part' };
