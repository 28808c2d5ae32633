import 'reflect-metadata';
import { dashboardLink } from '../domain/alerting/render-alert.js';
import { loadPostedRules, loadSources, type LoadResult } from '../rules/load-rules.js';
import { unpackRules } from '../rules/reload/packed-rules.js';
import { answerTask } from '../app/answer-task.js';
import { TimeOrderedIds } from '../app/time-ordered-ids.js';
import { explainEvents } from './explain-events.js';
import type { ExplainAnswer, ExplainRequest } from './explainer.js';

/** In characters. */
const longestAnswer = 20_000_000;

answerTask(explain);

async function explain(request: ExplainRequest): Promise<ExplainAnswer> {
  const loaded = await load(request);
  if (!loaded.ok) return { kind: 'faulty-rules', problems: loaded.problems };
  const { now, until, dashboard } = request;
  const events = JSON.parse(request.events) as unknown[];
  try {
    const link = dashboardLink(dashboard);
    const explained = await explainEvents(events, loaded.rules, new TimeOrderedIds(), link, now, until);
    const json = JSON.stringify(explained);
    return json.length <= longestAnswer ? { kind: 'explained', json } : { kind: 'too-much' };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: error.message.includes('call stack') ? 'too-deep' : 'too-much' };
  }
}

function load({ rules, file, hosts }: ExplainRequest): Promise<LoadResult> {
  return typeof rules === 'string'
    ? loadPostedRules(file, rules, { hosts })
    : loadSources(unpackRules(rules), {}, 'warning');
}
