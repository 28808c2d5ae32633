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
