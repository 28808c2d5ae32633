/** What Slack sends over a socket, and wants to see acknowledged within three seconds. */
export interface SocketEnvelope {
  readonly id: string;
  /** `interactive` for clicks. */
  readonly type: string;
  readonly payload: unknown;
  /** @throws Error where the connection has ended meanwhile */
  readonly acknowledge: () => Promise<void>;
}

/** What happens on a connection. Neither function throws. */
export interface SocketListener {
  /** Slack has said hello: envelopes may come. */
  connected(): void;
  received(envelope: SocketEnvelope): void;
}

/** How a connection, or the attempt to open one, came to its end. */
export type ConnectionEnd =
  /** It was open. Slack closes each one after some hours and says so before; `reason` is Slack's, where it gave one. */
  | { readonly kind: 'closed'; readonly reason?: string }
  /** Slack does not take the token, or the app no longer uses Socket Mode; `error` is Slack's code. */
  | { readonly kind: 'refused'; readonly error: string }
  /** None could be opened; `error` is a code alone. `waitMs`: Slack asks to be left alone for so long. */
  | { readonly kind: 'failed'; readonly error: string; readonly waitMs?: number };

/** Connects to Slack's Socket Mode. */
export abstract class SocketConnector {
  /** Opens one connection, and resolves once it has ended; the signal ends it. Never rejects. */
  abstract run(listener: SocketListener, signal: AbortSignal): Promise<ConnectionEnd>;
}
