import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ServiceUnavailableException } from '@nestjs/common';
import type { TaskLimits, TaskProcesses } from '../../app/task-processes.js';
import { loadSources } from '../load-rules.js';
import { limitExceeded, type Problem } from '../problem.js';
import { RulesLoader, type Loaded, type LoadRequest } from './rules-loader.js';
import { fromChecked, type CheckedSource } from '../yaml/checked-source.js';

/** What the process says of the rules file. */
export type LoadAnswer = {
  readonly warnings: readonly Problem[];
  readonly files: ReadonlySet<string>;
} & (
  | { readonly ok: true; readonly sources: readonly CheckedSource[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }
);

export const loadLimits: TaskLimits = { timeMs: 30_000, heapMegabytes: 384 };

/**
 * Reads, checks and tests a rules file in a process of its own, so that batches are taken in meanwhile and nothing that the
 * file holds can stop the service. What was found good is compiled here, since compiled rules can't go from one process to
 * another.
 */
export class ProcessRulesLoader extends RulesLoader {
  constructor(
    private readonly tasks: TaskProcesses,
    private readonly limits = loadLimits,
  ) {
    super();
  }

  /** @throws ServiceUnavailableException when the service stops meanwhile */
  override async load(request: LoadRequest): Promise<Loaded> {
    const outcome = await this.tasks.run<LoadAnswer>('app/load-task.js', request, this.limits);
    const { file } = request;
    switch (outcome.kind) {
      case 'answered':
        return compile(request, outcome.answer);
      case 'exceeded':
        return refused(file, limitExceeded(file, 'checking the rules', outcome.limit));
      case 'failed':
        return refused(file, checkFailed(file, outcome.why));
      case 'unwanted':
        throw new ServiceUnavailableException('The service is stopping.');
    }
  }
}

async function compile({ file, surroundings }: LoadRequest, answer: LoadAnswer): Promise<Loaded> {
  const { warnings, files } = answer;
  if (!answer.ok) return { ok: false, problems: answer.problems, warnings, files };
  const read = fromChecked(answer.sources, files);
  await nextTurn();
  const compiled = await loadSources(read, surroundings);
  if (compiled.ok) return { ok: true, rules: compiled.rules, packed: compiled.packed(), warnings, files };
  // What holds in one process holds in the other, except where a list's file has changed between the two.
  return refused(file, checkFailed(file, 'a file changed while it was read'));
}

function checkFailed(file: string, why: string): Problem {
  return {
    code: 'check-failed',
    file,
    line: 1,
    column: 1,
    message: `the rules could not be checked: ${why}`,
    hint: 'reload once more; if that fails too, the log and alert-router validate may say more',
  };
}

function refused(file: string, problem: Problem): Loaded {
  return { ok: false, problems: [problem], warnings: [], files: new Set([resolve(file)]) };
}
