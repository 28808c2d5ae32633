import { severities, type AlertContent, type Severity } from '../alert.js';

/** Whether an alert is too important for a digest: its message is never merged with others. */
export function standsAlone({ severity, mentions }: Pick<AlertContent, 'severity' | 'mentions'>): boolean {
  return severity === 'critical' || mentions.length > 0;
}

/** How often a name occurs. Rule names are the operator's; everything else came with events. */
export interface NameCount {
  readonly name: string;
  readonly count: number;
}

/** The most frequent names of one kind, most frequent first, and how many different ones there are in all. */
export interface TopNames {
  readonly top: readonly NameCount[];
  readonly distinct: number;
}

/** Many alerts of one channel shown by one message. */
export interface Digest {
  /** How many alerts it shows; at least two. */
  readonly total: number;
  readonly severity: Severity;
  /** What the alerts of a rule's group have in common, empty where that is the rule alone; absent for other digests. */
  readonly group?: string;
  /** The times of the earliest and the latest event, in ms since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly rules: TopNames;
  /** Event type codes. */
  readonly types: TopNames;
  readonly users: TopNames;
  readonly addresses: TopNames;
  readonly applications: TopNames;
  /** The earliest alert. */
  readonly first: AlertContent;
  /** The most severe ones, `first` not among them: at most five, or all others of a digest of up to thirty. */
  readonly worst: readonly AlertContent[];
  /** Each mention once. */
  readonly mentions: readonly string[];
}

/** The alert that a digest is named after: the most severe one, and of equals the earliest. */
export function leadOf({ first, worst }: Digest): AlertContent {
  return worst.reduce((lead, alert) => (rankOf(alert) > rankOf(lead) ? alert : lead), first);
}

function rankOf({ severity }: AlertContent): number {
  return severities.indexOf(severity);
}
