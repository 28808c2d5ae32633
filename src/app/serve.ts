import { readSettings, type Environment } from '../config/read-settings.js';
import { createApp } from './create-app.js';
import { Clock } from '../domain/clock.js';
import { parseDuration } from '../domain/duration.js';
import { listenError } from './listen-error.js';
import { ProcessRulesLoader } from '../rules/reload/process-rules-loader.js';
import { Shutdown } from './shutdown.js';
import type { StopSignal } from './stop-signal.js';
import { startupBanner } from './startup-banner.js';
import { StartupOutput } from './startup-output.js';
import { startupErrorLines } from './startup-error.js';
import { KnownSecrets } from './known-secrets.js';
import { TaskProcesses } from './task-processes.js';
import { startTracing } from '../tracing/start-tracing.js';
import { addOpenApi } from '../web/open-api.js';

/**
 * Runs the service until it is asked to stop, and gives the exit code. A stop during the start gives 0 at once: nothing
 * has been taken by then, and PostgreSQL takes a migration back that its connection does not end.
 *
 * @param asJson says what was started in one JSON object
 */
export async function serve(environment: Environment, stop: StopSignal, asJson = false): Promise<0 | 1> {
  const read = readSettings(environment);
  const output = new StartupOutput(environment);
  if (!read.ok) {
    output.refused(['The settings are not valid:', ...read.problems.map((problem) => `  - ${problem}`)]);
    return 1;
  }
  const { settings, madeToken } = read;
  const tasks = new TaskProcesses(environment);
  const created = await Promise.race([
    createApp(settings, environment, new ProcessRulesLoader(tasks), tasks),
    stop.received,
  ]);
  if (created === 'stop') return 0;
  if (!created.ok) {
    const secrets = KnownSecrets.of(settings, environment);
    output.refused(startupErrorLines(created.refusal).map((line) => secrets.hide(line)));
    return 1;
  }
  const { app, rules } = created;
  addOpenApi(app);
  const endTracing = await startTracing(settings, app.get(Clock));
  const shutdown = new Shutdown(app, parseDuration(settings.SHUTDOWN_GRACE) as number, endTracing);
  try {
    const listening = app.listen(settings.PORT, settings.HOST);
    if ((await Promise.race([listening, stop.received])) === 'stop') return 0;
  } catch (error) {
    const problem = listenError(error, settings);
    if (problem === undefined) throw error;
    output.refused([problem]);
    await shutdown.run();
    return 1;
  }
  const url = await app.getUrl();
  const token = madeToken ? settings.AUTH0_LOG_STREAM_TOKEN[0] : undefined;
  const ids = rules.rules.map(({ id }) => id);
  if (asJson) console.log(JSON.stringify({ url, token, rules: ids, channels: [...rules.channels.keys()] }));
  else output.started(startupBanner(url, settings, madeToken, rules));

  await stop.received;
  await shutdown.run();
  return 0;
}
