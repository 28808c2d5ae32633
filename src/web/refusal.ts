/** What a token, or Slack's signature, opens. */
export type Guarded = 'logs' | 'admin' | 'metrics' | 'docs' | 'slack';

/** `limited`: the address had failed too often, and its token was not looked at. */
export type RefusalReason = 'wrong' | 'limited';

/** What there was too much of. */
export type Pressure = 'event-loop' | 'heap';
