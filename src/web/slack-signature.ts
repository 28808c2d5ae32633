import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** How far the request's time may be from ours, in seconds; Slack's documentation names five minutes. */
const maxSkew = 300;

/** What Slack sends along to prove that a request is its own. */
export interface SignedRequest {
  /** To the byte as it came. */
  readonly body: Buffer;
  /** `X-Slack-Request-Timestamp`: seconds since the epoch. */
  readonly timestamp: string | undefined;
  /** `X-Slack-Signature`: `v0=` and the HMAC in hex. */
  readonly signature: string | undefined;
}

/** Whether headers hold what is to be a signature, and a time no more than five minutes off. It says nothing of the body. */
export function hasTimelySignature(headers: IncomingHttpHeaders, now: number): boolean {
  const { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature } = headers;
  return typeof timestamp === 'string' && typeof signature === 'string' && isTimely(timestamp, now);
}

/** Whether a request carries Slack's v0 signature and is no more than five minutes old, or early. */
export function isSignedBySlack(
  { body, timestamp, signature }: SignedRequest,
  secret: string,
  now: number,
): boolean {
  if (timestamp === undefined || signature === undefined || !isTimely(timestamp, now)) return false;
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  const expected = Buffer.from(`v0=${digest}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function isTimely(timestamp: string, now: number): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now / 1_000 - Number(timestamp)) <= maxSkew;
}
