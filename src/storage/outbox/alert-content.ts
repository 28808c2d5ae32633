import { createHash } from 'node:crypto';
import type { AlertContent, RuleTexts } from '../../domain/alert.js';

/** What the alerts of a rule say alike as it is stored, once: alerts name it by its id, a digest. */
export interface StoredTexts {
  readonly id: string;
  readonly rule: string;
  readonly texts: string;
}

export function storeTexts({ ruleId, ruleName, severity, mentions, runbook }: RuleTexts): StoredTexts {
  const texts = JSON.stringify({ ruleId, ruleName, severity, mentions, runbook } satisfies RuleTexts);
  return { id: createHash('sha256').update(texts).digest('base64url').slice(0, 22), rule: ruleId, texts };
}

/** What an alert says of its own. */
export function storeContent(whole: AlertContent): string {
  const { ruleId: _id, ruleName: _name, severity: _, mentions: _mentions, runbook: _runbook, ...own } = whole;
  return JSON.stringify(own);
}

/** @param texts null for alerts of versions that stored all of the content with each */
export function readContent({ content, texts }: { content: string; texts: string | null }): AlertContent {
  const own = JSON.parse(content) as AlertContent;
  return texts === null ? own : { ...(JSON.parse(texts) as RuleTexts), ...own };
}
