import { problem, type Auth0Reply } from './reply.js';

/** Counts requests in periods that begin when the last one is over, and says in headers how many are left. */
export class RateLimit {
  private used = 0;
  private endsAt = 0;

  constructor(
    private readonly perPeriod: number,
    private readonly periodMs: number,
  ) {}

  take(): { readonly headers: Readonly<Record<string, string>>; readonly refusal?: Auth0Reply } {
    const now = Date.now();
    if (now >= this.endsAt) {
      this.used = 0;
      this.endsAt = now + this.periodMs;
    }
    this.used += 1;
    const headers = {
      'x-ratelimit-limit': String(this.perPeriod),
      'x-ratelimit-remaining': String(Math.max(0, this.perPeriod - this.used)),
      'x-ratelimit-reset': String(Math.ceil(this.endsAt / 1_000)),
    };
    if (this.used <= this.perPeriod) return { headers };
    const reply = problem(429, 'Too Many Requests', 'Global limit has been reached', 'too_many_requests');
    return { headers, refusal: { ...reply, headers } };
  }
}
