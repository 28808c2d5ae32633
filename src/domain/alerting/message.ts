import type { AlertContent, Severity } from '../alert.js';
import type { Digest } from './digest.js';
import type { FollowUp } from './follow-up.js';

/** The router's own warning to its operators, in words of its own. `detail` may quote untrusted text. */
export interface Notice {
  readonly severity: Severity;
  readonly title: string;
  readonly detail: string;
  /** When it was raised, in ms since the epoch. */
  readonly at: number;
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
    }
  /** Several events. */
  | { readonly kind: 'digest'; readonly digest: Digest }
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
