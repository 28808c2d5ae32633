import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Environment } from '../config/read-settings.js';
import { packageFolder } from './package-folder.js';
import type { TaskReply } from './answer-task.js';

/** How far a task may go before it is ended. */
export interface TaskLimits {
  /** From the start of its process to its answer. */
  readonly timeMs: number;
  /** What its JavaScript objects may take. */
  readonly heapMegabytes: number;
}

export type TaskOutcome<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** It was ended because it went beyond its limit. */
  | { readonly kind: 'exceeded'; readonly limit: 'time' | 'memory' }
  /** Its process could not be started, or ended without an answer, or its work threw. */
  | { readonly kind: 'failed'; readonly why: string }
  /** It was stopped because the answer is no longer needed: the signal was aborted, or the service stops. */
  | { readonly kind: 'unwanted' };

/** What Node may need of the environment to run at all; everything else in it may be a secret, and stays here. */
const keptVariables = ['LD_LIBRARY_PATH', 'TMPDIR', 'SystemRoot'];
/** How much of what a process prints last is kept, in characters. */
const keptOutput = 2_000;

/**
 * Runs work that may take any time and memory in a process of its own, so that it can be ended. A worker thread is
 * not enough: with Node 20 one that uses up its memory ends the whole process.
 */
export class TaskProcesses implements OnModuleDestroy {
  private readonly running = new Set<ChildProcess>();
  private stopped = false;
  private readonly endAll = (): void => {
    for (const child of this.running) child.kill('SIGKILL');
  };

  /** @param code the folder of the compiled service, which holds the tasks */
  constructor(
    private readonly environment: Environment,
    private readonly code = new URL('dist/', packageFolder()),
  ) {
    // However this process ends, its tasks do not go on.
    process.once('exit', this.endAll);
  }

  /**
   * @param file one that calls `answerTask`, relative to the folder of the compiled service
   * @param request what a structured clone can hold
   */
  async run<Answer>(
    file: string,
    request: object,
    limits: TaskLimits,
    signal?: AbortSignal,
  ): Promise<TaskOutcome<Answer>> {
    if (this.stopped || signal?.aborted === true) return { kind: 'unwanted' };
    let child: ChildProcess;
    try {
      child = this.start(file, limits.heapMegabytes);
    } catch (error) {
      return { kind: 'failed', why: `its process could not be started: ${String(error)}` };
    }
    this.running.add(child);
    const over = new AbortController();
    try {
      const outcome = await outcomeOf<Answer>(child, request, limits.timeMs, signal, over.signal);
      return this.stopped ? { kind: 'unwanted' } : outcome;
    } finally {
      over.abort();
      this.running.delete(child);
      child.kill('SIGKILL');
    }
  }

  /** Ends every task, as the first step of a stop. None can be started afterwards. */
  onModuleDestroy(): void {
    this.stopped = true;
    this.endAll();
    process.off('exit', this.endAll);
  }

  private start(file: string, heapMegabytes: number): ChildProcess {
    const kept = keptVariables.map((name) => [name, this.environment[name]] as const);
    return fork(fileURLToPath(new URL(file, this.code)), [], {
      env: Object.fromEntries(kept.filter(([, value]) => value !== undefined)),
      execArgv: [`--max-old-space-size=${heapMegabytes}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
  }
}

/** @param over aborted when the outcome is known */
function outcomeOf<Answer>(
  child: ChildProcess,
  request: object,
  timeMs: number,
  signal: AbortSignal | undefined,
  over: AbortSignal,
): Promise<TaskOutcome<Answer>> {
  return new Promise((resolve) => {
    const failed = (why: string): void => resolve({ kind: 'failed', why });
    let printed = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-keptOutput);
    });
    child.on('error', (error) => failed(String(error)));
    child.once('close', (code: number | null, killedBy: string | null) => {
      if (killedBy === 'SIGABRT' || /out of memory|Fatal JavaScript/.test(printed))
        resolve({ kind: 'exceeded', limit: 'memory' });
      else failed(`its process ended with ${killedBy ?? code}: ${printed.trim()}`);
    });
    child.once('message', (message) => {
      const reply = message as TaskReply<Answer>;
      if (reply.ok) resolve({ kind: 'answered', answer: reply.answer });
      else failed(reply.why);
    });
    const timer = setTimeout(() => resolve({ kind: 'exceeded', limit: 'time' }), timeMs);
    over.addEventListener('abort', () => clearTimeout(timer));
    signal?.addEventListener('abort', () => resolve({ kind: 'unwanted' }), { signal: over });
    child.send(request, (error) => {
      if (error !== null) failed(`it could not be asked: ${String(error)}`);
    });
  });
}
