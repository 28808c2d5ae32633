import type { SlackHosts } from '../config/slack-hosts.js';
import type { PackedRules } from '../rules/reload/packed-rules.js';
import type { Problem } from '../rules/problem.js';
import type { TaskLimits, TaskOutcome, TaskProcesses } from '../app/task-processes.js';

/** What is to be explained, as its process gets it. */
export interface ExplainRequest {
  /** A posted text, or the rules in force. */
  readonly rules: string | PackedRules;
  /** What a posted text counts as. */
  readonly file: string;
  /** Where a posted text may post to. */
  readonly hosts: SlackHosts;
  /** A list, as JSON. */
  readonly events: string;
  /** Where the clock stands at first and at last, in ms since the epoch. */
  readonly now: number;
  readonly until?: number;
  /** The address of Auth0's dashboard. */
  readonly dashboard: string;
}

export type ExplainAnswer =
  /** An `Explanation`. */
  | { readonly kind: 'explained'; readonly json: string }
  | { readonly kind: 'faulty-rules'; readonly problems: readonly Problem[] }
  | { readonly kind: 'too-deep' }
  /** The explanation is too long to be sent. */
  | { readonly kind: 'too-much' };

export type ExplainOutcome = TaskOutcome<ExplainAnswer> | { readonly kind: 'busy' };

export const explainLimits: TaskLimits = { timeMs: 15_000, heapMegabytes: 192 };
/** How many explain at a time, and how many wait for one of them to end. */
const atATime = 2;
const mayWait = 4;

/** Explains events in processes of their own, a few at a time. */
export class Explainer {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly tasks: TaskProcesses,
    private readonly limits = explainLimits,
  ) {}

  async explain(request: ExplainRequest, signal: AbortSignal): Promise<ExplainOutcome> {
    if (this.running === atATime) {
      if (this.waiting.length === mayWait) return { kind: 'busy' };
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      return await this.tasks.run<ExplainAnswer>('replay/explain-task.js', request, this.limits, signal);
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
