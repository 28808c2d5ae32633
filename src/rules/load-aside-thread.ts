import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { requireTests } from '../simulation/require-tests.js';
import { TimeOrderedIds } from '../system/time-ordered-ids.js';
import { toChecked } from './source/checked-source.js';
import type { ThreadAnswer } from './load-aside.js';
import { loadSources } from './load-rules.js';
import { readSources } from './source/read-sources.js';
import type { LoadRequest } from './rules-loader.js';

parentPort?.postMessage(await answer(workerData as LoadRequest));

async function answer({
  file,
  text,
  surroundings,
  requireTests: required,
}: LoadRequest): Promise<ThreadAnswer> {
  const posted = text !== undefined;
  const read = await readSources(file, text, !posted);
  const loaded = await loadSources(read, posted ? {} : surroundings, posted ? 'warning' : 'error');
  const tested = required ? await requireTests(loaded, new TimeOrderedIds()) : loaded;
  const { warnings, files } = tested;
  return tested.ok
    ? { ok: true, sources: toChecked(read), warnings, files }
    : { ok: false, problems: tested.problems, warnings, files };
}
