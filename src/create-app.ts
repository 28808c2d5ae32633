import 'reflect-metadata';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module.js';
import type { Settings } from './config/settings.js';
import type { RuleSet } from './domain/rule-set.js';
import { CurrentRules } from './rules/current-rules.js';
import type { RulesLoader } from './rules/rules-loader.js';
import type { StartRefusal } from './start-refusal.js';
import { connectDatabase } from './storage/connect-database.js';
import { ServiceLogger } from './system/service-logger.js';
import type { TaskProcesses } from './system/task-processes.js';
import { addAuthentication } from './web/authentication.js';
import { addBodyParsers } from './web/body-parsers.js';
import { ProblemFilter } from './web/problem-filter.js';

export type CreatedApp =
  | { readonly ok: true; readonly app: NestFastifyApplication; readonly rules: RuleSet }
  | { readonly ok: false; readonly refusal: StartRefusal };

/**
 * Builds the service up to, but not including, listening.
 *
 * @param loader loads the rules when they change
 * @param tasks run what may take any time; the service ends them when it stops
 */
export async function createApp(
  settings: Settings,
  loader: RulesLoader,
  tasks: TaskProcesses,
): Promise<CreatedApp> {
  const connected = await connectDatabase(settings.DATABASE_URL);
  if (!connected.ok) return { ok: false, refusal: { kind: 'database', problem: connected.problem } };
  const adapter = new FastifyAdapter({ bodyLimit: settings.MAX_BODY, forceCloseConnections: 'idle' });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(settings, connected.database, loader, tasks),
    adapter,
    {
      bodyParser: false,
      logger: new ServiceLogger(settings),
      abortOnError: false,
    },
  );
  const rules = app.get(CurrentRules);
  const loaded = await rules.loadFirst();
  if (!loaded.ok) {
    await app.close();
    return { ok: false, refusal: { kind: 'rules', problems: loaded.problems } };
  }
  rules.put(loaded);

  const server = adapter.getInstance<FastifyInstance>();
  addBodyParsers(server);
  await addAuthentication(server, settings);
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
  app.useGlobalFilters(new ProblemFilter());
  return { ok: true, app, rules: loaded.rules };
}
