/** Whether somebody looks at a message of alerts, and whether it is done. */
export const deliveryStates = ['open', 'acknowledged', 'resolved'] as const;
export type DeliveryStateName = (typeof deliveryStates)[number];

/** What a resolved message turned out to be. */
export const resolutions = ['true-positive', 'false-positive', 'expected'] as const;
export type Resolution = (typeof resolutions)[number];

/** Where a message stands, and who brought it there; a message that nobody has touched is open, by nobody. */
export interface DeliveryState {
  readonly state: DeliveryStateName;
  readonly by?: string;
  /** In ms since the epoch. */
  readonly at?: number;
  /** Of a resolved message. */
  readonly resolution?: Resolution;
  readonly note?: string;
}

/** How somebody changed it: over the API, which the command line uses too, or by a button in Slack. */
export const changedBy = ['api', 'slack'] as const;
export type ChangedBy = (typeof changedBy)[number];

/** A change that was made to a message. */
export interface StateHistoryEntry {
  /** In ms since the epoch. */
  readonly at: number;
  readonly by: string;
  readonly from: DeliveryStateName;
  readonly to: DeliveryStateName;
  /** Of a message that was resolved. */
  readonly resolution?: Resolution;
  readonly note?: string;
  readonly via: ChangedBy;
}

/** What somebody wants of a message. */
export type StateChange =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'resolve'; readonly as: Resolution; readonly note?: string }
  | { readonly kind: 'reopen' };

/** What comes of it, with the state that the message has afterwards. */
export type Transition =
  | { readonly kind: 'changed'; readonly state: DeliveryState & { readonly by: string; readonly at: number } }
  /** Somebody had done the same before, and it stays theirs. */
  | { readonly kind: 'unchanged'; readonly state: DeliveryState }
  /** Somebody has resolved it, which only a reopening undoes. */
  | { readonly kind: 'conflict'; readonly state: DeliveryState };

/**
 * Decides what a change does to a message. Nothing but a reopening takes back what somebody else did: whoever comes
 * second is shown what the first one did.
 *
 * @param now in ms since the epoch
 */
export function transition(current: DeliveryState, change: StateChange, by: string, now: number): Transition {
  switch (change.kind) {
    case 'acknowledge':
      if (current.state === 'acknowledged') return { kind: 'unchanged', state: current };
      if (current.state === 'resolved') return { kind: 'conflict', state: current };
      return { kind: 'changed', state: { state: 'acknowledged', by, at: now } };
    case 'resolve': {
      if (current.state === 'resolved')
        return { kind: current.resolution === change.as ? 'unchanged' : 'conflict', state: current };
      const note = change.note === undefined ? {} : { note: change.note };
      return { kind: 'changed', state: { state: 'resolved', by, at: now, resolution: change.as, ...note } };
    }
    case 'reopen':
      if (current.state === 'open') return { kind: 'unchanged', state: current };
      return { kind: 'changed', state: { state: 'open', by, at: now } };
  }
}

/** `Acknowledged by Ann`, `Resolved as false positive by Ann: a scanner`, `Open`. The names in it are not trusted. */
export function stateText({ state, by, resolution, note }: DeliveryState): string {
  const author = by === undefined ? '' : ` by ${by}`;
  switch (state) {
    case 'open':
      return by === undefined ? 'Open' : `Reopened${author}`;
    case 'acknowledged':
      return `Acknowledged${author}`;
    case 'resolved': {
      const as = resolution === undefined ? '' : ` as ${resolutionText(resolution)}`;
      return `Resolved${as}${author}${note === undefined ? '' : `: ${note}`}`;
    }
  }
}

/** As people read it. */
export function resolutionText(resolution: Resolution): string {
  switch (resolution) {
    case 'true-positive':
      return 'true positive';
    case 'false-positive':
      return 'false positive';
    case 'expected':
      return 'expected';
  }
}
