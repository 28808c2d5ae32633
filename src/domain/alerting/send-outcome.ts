/**
 * What became of one attempt to post a message. Everything but `accepted` says what the outbox must do next,
 * and `error` says why in the channel's own words (Slack's error code where there is one, never a URL or a token).
 */
export type SendOutcome =
  /** `ts`: the message's ID within its channel, where the channel gives it. */
  | { readonly kind: 'accepted'; readonly ts?: string }
  /** Try again after a backoff. `possiblyPosted`: the request had been sent, so the channel may already show it. */
  | {
      readonly kind: 'retry';
      readonly error: string;
      readonly possiblyPosted: boolean;
      readonly slowly?: true;
    }
  /** The channel asked for a pause of `ms`; costs no attempt. */
  | { readonly kind: 'hold'; readonly error: string; readonly ms: number }
  /** No message can be posted to this channel until its configuration is fixed. */
  | { readonly kind: 'channel-refused'; readonly error: string }
  /** No message can be posted with this token until its configuration is fixed. */
  | { readonly kind: 'token-refused'; readonly error: string }
  /** This message will never be accepted in this form. `unknown`: Slack does not document the answer. */
  | { readonly kind: 'message-refused'; readonly error: string; readonly unknown?: true }
  /** The thread can't take replies, or the message can't be updated; the same may go to the channel itself. */
  | { readonly kind: 'thread-refused'; readonly error: string };
