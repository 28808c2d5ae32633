import type { AlertContent, Severity } from '../alert.js';
import type { DeliveryState } from './delivery-state.js';
import type { Digest } from './digest.js';
import type { FollowUp } from './follow-up.js';

/** The router's own warning to its operators, in words of its own. `detail` may quote untrusted text. */
export interface Notice {
  readonly severity: Severity;
  readonly title: string;
  readonly detail: string;
  /** When it was raised, in ms since the epoch. */
  readonly at: number;
  /** Shown as one line, without a heading: what somebody did, below the message that it is about. */
  readonly brief?: true;
}

/** What people have done about a message of alerts, and what they can do. */
export interface Handling {
  /** Names the message to whoever asks for something below it. */
  readonly delivery: string;
  readonly state: DeliveryState;
  /** What Silence is about; absent where the message is of several rules' events. */
  readonly silence?: SilenceScope;
  /** What was silenced last from below the message. */
  readonly silenced?: Silenced;
}

/** That somebody silenced something from below a message. */
export interface Silenced {
  readonly by: string;
  /** What, in words. */
  readonly about: string;
  /** In ms since the epoch. */
  readonly until: number;
}

/** Whose alerts may be silenced from below a message. The values are not trusted. */
export interface SilenceScope {
  readonly rule: string;
  readonly user?: string;
  readonly address?: string;
}

/** One message for one channel, before any channel's own formatting. */
export type Message =
  /** One event; several alerts when several rules matched it. Never empty. */
  | {
      readonly kind: 'alert';
      readonly alerts: readonly AlertContent[];
      /** How many alerts like this its thread has, when there are some. */
      readonly repeats?: number;
      /** What its alerts' cooldowns have brought since, in the order in which they ended. */
      readonly followUps?: readonly FollowUp[];
      readonly handling?: Handling;
    }
  /** Several events. */
  | { readonly kind: 'digest'; readonly digest: Digest; readonly handling?: Handling }
  | { readonly kind: 'notice'; readonly notice: Notice }
  /** More events of a window's key after its alert, in a channel that can't edit the alert's message. */
  | { readonly kind: 'follow-up'; readonly followUp: FollowUp };

/** The same message without mentions. */
export function withoutMentions(message: Message): Message {
  switch (message.kind) {
    case 'alert':
      return { ...message, alerts: message.alerts.map((alert) => ({ ...alert, mentions: [] })) };
    case 'digest':
      return { ...message, digest: { ...message.digest, mentions: [] } };
    case 'notice':
    case 'follow-up':
      return message;
  }
}
