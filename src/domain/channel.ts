/** Where a channel's messages go. A `webhook` target always has a URL: an empty one becomes `console` on loading. */
export type ChannelTarget =
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'bot'; readonly slackChannel: string; readonly thread: boolean }
  | { readonly kind: 'console' };

export interface Channel {
  readonly name: string;
  readonly target: ChannelTarget;
}
