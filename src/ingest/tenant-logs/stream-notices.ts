import type { Notice } from '../../domain/alerting/message.js';
import type { WatchedStream } from './own-stream.js';

type NewNotice = Omit<Notice, 'at'>;

/** What is wrong with the router's own log stream. */
export type StreamProblem =
  /** It is paused or suspended, as its status says. */
  | { readonly kind: 'not-active'; readonly status: string; readonly name: string }
  /** No log stream posts to this router. */
  | { readonly kind: 'no-stream' }
  /** The streams can't be looked at until somebody grants the right to. */
  | { readonly kind: 'not-seen'; readonly error: string };

export function streamProblemText(problem: StreamProblem, publicUrl: string): string {
  switch (problem.kind) {
    case 'not-active':
      return `The log stream ${quoted(problem.name)}, which posts to this router, is ${problem.status}.`;
    case 'no-stream':
      return `No log stream of the tenant posts to ${publicUrl}/api/logs.`;
    case 'not-seen':
      return `Whether the log stream that posts to this router is active can't be seen: ${problem.error}`;
  }
}

export function streamProblem(problem: StreamProblem, publicUrl: string): NewNotice {
  const text = streamProblemText(problem, publicUrl);
  switch (problem.kind) {
    case 'not-active':
      return {
        severity: 'high',
        title: `The log stream is ${problem.status}`,
        detail: `${text} Auth0 sends no events until it is active again: see Monitoring > Streams in Auth0's dashboard.`,
      };
    case 'no-stream':
      return {
        severity: 'high',
        title: 'No log stream posts to this router',
        detail: `${text} It was deleted, or posts elsewhere, or PUBLIC_URL is not where Auth0 reaches the router.`,
      };
    case 'not-seen':
      return {
        severity: 'medium',
        title: "The log stream can't be watched",
        detail: `${text} Grant the application the scope read:log_streams for the Management API, or unset PUBLIC_URL.`,
      };
  }
}

export function streamWell(before: StreamProblem): NewNotice {
  return before.kind === 'not-seen'
    ? { severity: 'info', title: 'The log stream is watched again', detail: 'It is active.' }
    : {
        severity: 'info',
        title: 'The log stream is active again',
        detail: 'Auth0 sends events again.',
      };
}

/** Undefined where neither the filters nor the hiding of personal data are other than before. */
export function streamChanged(before: WatchedStream, after: WatchedStream): NewNotice | undefined {
  const changes: string[] = [];
  const [had, has] = [filtersText(before), filtersText(after)];
  if (had !== has)
    changes.push(`It sends ${has}; before, ${had}. Rules for other events no longer see them.`);
  if (before.pii !== after.pii)
    changes.push(
      `Personal data: ${after.pii || 'not hidden'}; before, ${before.pii || 'not hidden'}. Where a field is masked, rules can't tell users apart by it, and windows by it count all of them as one.`,
    );
  if (changes.length === 0) return undefined;
  return {
    severity: 'medium',
    title: 'The settings of the log stream were changed',
    detail: `The log stream ${quoted(after.name)} posts to this router. ${changes.join(' ')}`,
  };
}

function filtersText({ filters }: WatchedStream): string {
  return filters.length === 0 ? 'every event' : `only ${filters.join(', ')}`;
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
