/** How urgent a rule's author says its alerts are, mildest first. */
export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/**
 * A piece of rendered template text. A plain string was written by the operator in the rules file and may carry
 * a channel's formatting; `{ value }` came out of an event, was written by whoever caused it, and is never trusted.
 */
export type Span = string | { readonly value: string };

/** Rendered template text, in order. Joining the spans gives what a person reads. */
export type RichText = readonly Span[];

/** A rendered Block Kit tree: the template's own structure, with every string replaced by its {@link RichText}. */
export type BlockNode =
  | { readonly spans: RichText }
  | { readonly literal: number | boolean | null }
  | { readonly items: readonly BlockNode[] }
  | { readonly entries: ReadonlyArray<readonly [name: string, node: BlockNode]> };

export interface AlertField {
  readonly name: string;
  readonly value: RichText;
}

/** Suppressed alerts of the same rule and key that no message has mentioned yet. */
export interface Suppressed {
  readonly count: number;
  /** When the first of them was raised, in ms since the epoch. */
  readonly since: number;
}

/** What an alert says, rendered when it was raised and independent of the channel that will show it. */
export interface AlertContent {
  readonly ruleId: string;
  readonly ruleName: string;
  readonly severity: Severity;
  readonly title: RichText;
  readonly text?: RichText;
  /** Fields whose value rendered to nothing are left out. */
  readonly fields: readonly AlertField[];
  /** When the template gives Block Kit blocks, these replace the title, text and fields in Slack. */
  readonly blocks?: readonly BlockNode[];
  /** Written by the operator, for example `<!here>` or `<@U012ABCDEF>`. */
  readonly mentions: readonly string[];
  readonly runbook?: string;
  /** What the rule's throttle suppressed before this alert. */
  readonly suppressed?: Suppressed;
  /** The event's own time, in ms since the epoch. */
  readonly at: number;
  /** How long after the event the alert was raised, in ms, where that is more than ten minutes. */
  readonly lateMs?: number;
  /** The event in Auth0's dashboard. */
  readonly link?: string;
}

/** What all alerts of one version of a rule say alike. */
export type RuleTexts = Pick<AlertContent, 'ruleId' | 'ruleName' | 'severity' | 'mentions' | 'runbook'>;

/** The text as a person reads it. */
export function plainText(text: RichText): string {
  return text.map((span) => (typeof span === 'string' ? span : span.value)).join('');
}
