/** What is known of an event before json-rules-engine has looked at it. */
export type Verdict = 'no' | 'maybe' | 'yes';
