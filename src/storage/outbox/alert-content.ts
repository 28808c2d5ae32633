import { createHash } from 'node:crypto';
import type { AlertContent } from '../../domain/alert.js';

/** What all alerts of one version of a rule say alike. It is stored once, and alerts name it. */
type RuleTexts = Pick<AlertContent, 'ruleId' | 'ruleName' | 'severity' | 'mentions' | 'runbook'>;

/** The content of an alert as it is stored; `texts` belong to the rule and are found by `textsId`. */
export interface StoredContent {
  readonly content: string;
  readonly texts: string;
  readonly textsId: string;
}

export function storeContent(whole: AlertContent): StoredContent {
  const { ruleId, ruleName, severity, mentions, runbook, ...own } = whole;
  const texts = JSON.stringify({ ruleId, ruleName, severity, mentions, runbook } satisfies RuleTexts);
  return {
    content: JSON.stringify(own),
    texts,
    textsId: createHash('sha256').update(texts).digest('base64url').slice(0, 22),
  };
}

/** @param texts null for alerts of versions that stored all of the content with each */
export function readContent({ content, texts }: { content: string; texts: string | null }): AlertContent {
  const own = JSON.parse(content) as AlertContent;
  return texts === null ? own : { ...(JSON.parse(texts) as RuleTexts), ...own };
}
