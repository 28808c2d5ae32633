import 'reflect-metadata';
import { requireTests } from '../simulation/require-tests.js';
import { answerTask } from '../system/answer-task.js';
import { TimeOrderedIds } from '../system/time-ordered-ids.js';
import { loadSources } from './load-rules.js';
import type { LoadAnswer } from './process-rules-loader.js';
import type { LoadRequest } from './rules-loader.js';
import { toChecked } from './source/checked-source.js';
import { readSources } from './source/read-sources.js';

answerTask(load);

async function load({ file, surroundings, requireTests: required }: LoadRequest): Promise<LoadAnswer> {
  const read = await readSources(file);
  const loaded = await loadSources(read, surroundings);
  const tested = required ? await requireTests(loaded, new TimeOrderedIds()) : loaded;
  const { warnings, files } = tested;
  return tested.ok
    ? { ok: true, sources: toChecked(read), warnings, files }
    : { ok: false, problems: tested.problems, warnings, files };
}
