import 'reflect-metadata';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Environment } from '../config/read-settings.js';
import type { Settings } from '../config/settings.js';
import { Clock } from '../domain/clock.js';
import type { RuleSet } from '../domain/rule-set.js';
import { Audit } from '../operations/audit.js';
import { BatchResults } from '../ingest/batch-results.js';
import { Metrics } from '../metrics/metrics.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { InProcessLoader, type RulesLoader } from '../rules/reload/rules-loader.js';
import type { StartupError } from './startup-error.js';
import { connectDatabase } from '../storage/database/connect-database.js';
import { ServiceLogger } from './service-logger.js';
import type { TaskProcesses } from './task-processes.js';
import { testGate } from './test-gate.js';
import { ProblemFilter } from '../web/problem-filter.js';
import { RefusedAuthentications } from '../web/refused-authentications.js';
import { SecureServer } from '../web/secure-server.js';

export type CreatedApp =
  | { readonly ok: true; readonly app: NestFastifyApplication; readonly rules: RuleSet }
  | { readonly ok: false; readonly refusal: StartupError };

/**
 * Builds the service up to, but not including, listening.
 *
 * @param environment what the settings were read from
 * @param loader loads the rules when they change
 * @param tasks run what may take any time; the service ends them when it stops
 */
export async function createApp(
  settings: Settings,
  environment: Environment,
  loader: RulesLoader,
  tasks: TaskProcesses,
): Promise<CreatedApp> {
  const connected = await connectDatabase(settings.DATABASE_URL);
  if (!connected.ok) return { ok: false, refusal: { kind: 'database', problem: connected.problem } };
  const server = new SecureServer(settings);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(settings, environment, connected.database, loader, tasks),
    server.adapter,
    {
      bodyParser: false,
      logger: new ServiceLogger(settings, environment),
      abortOnError: false,
    },
  );
  const rules = app.get(CurrentRules);
  const loaded = await rules.loadFirst(new InProcessLoader(testGate));
  if (!loaded.ok) {
    await app.close();
    return { ok: false, refusal: { kind: 'rules', problems: loaded.problems } };
  }
  await rules.put(loaded);

  await server.secure(
    app.get(Metrics),
    app.get(Clock),
    app.get(RefusedAuthentications),
    app.get(BatchResults),
    app.get(Audit),
  );
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
  app.useGlobalFilters(new ProblemFilter());
  return { ok: true, app, rules: loaded.rules };
}
