import { once } from 'node:events';
import { readSettings, type Environment } from './config/read-settings.js';
import { createApp } from './create-app.js';
import { parseDuration } from './domain/duration.js';
import { ProcessRulesLoader } from './rules/process-rules-loader.js';
import { Shutdown } from './shutdown.js';
import { startLines } from './start-lines.js';
import { refusalLines } from './start-refusal.js';
import { KnownSecrets } from './system/known-secrets.js';
import { letNewSpaceGrow } from './system/new-space.js';
import { TaskProcesses } from './system/task-processes.js';
import { addOpenApi } from './web/open-api.js';

/**
 * Runs the service until SIGTERM or SIGINT, and gives the exit code.
 *
 * @param asJson says what was started in one JSON object
 */
export async function serve(environment: Environment, asJson = false): Promise<0 | 1> {
  const read = readSettings(environment);
  if (!read.ok) {
    console.error(
      ['The settings are not valid:', ...read.problems.map((problem) => `  - ${problem}`)].join('\n'),
    );
    return 1;
  }
  const { settings, madeToken } = read;
  const tasks = new TaskProcesses();
  const created = await createApp(settings, new ProcessRulesLoader(tasks), tasks);
  if (!created.ok) {
    console.error(KnownSecrets.of(settings, environment).hide(refusalLines(created.refusal).join('\n')));
    return 1;
  }
  const { app, rules } = created;
  addOpenApi(app);
  const shutdown = new Shutdown(app, parseDuration(settings.SHUTDOWN_GRACE) as number);
  // Whoever reads that it listens may stop it at once.
  const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await app.listen(settings.PORT, settings.HOST);
  letNewSpaceGrow();
  const url = await app.getUrl();
  const token = madeToken ? settings.AUTH0_LOG_STREAM_TOKEN[0] : undefined;
  const ids = rules.rules.map(({ id }) => id);
  console.log(
    asJson
      ? JSON.stringify({ url, token, rules: ids, channels: [...rules.channels.keys()] })
      : startLines(url, settings, madeToken, rules).join('\n'),
  );

  await stopped;
  await shutdown.run();
  return 0;
}
