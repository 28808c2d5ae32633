// Writes dist/api-docs, which the service serves below /docs: the OpenAPI document of the built program as JSON and
// YAML, and a page made from it. The last step of `npm run build`; by itself `npm run docs:api`.
import 'reflect-metadata';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import * as swagger from 'nestjs-swagger';
import { stringify } from 'yaml';
import { AppModule } from '../dist/app/app.module.js';
import { readSettings } from '../dist/config/read-settings.js';
import { openDatabase } from '../dist/storage/database/open-database.js';
import { describeApi } from '../dist/web/api-description.js';
import { docsPaths } from '../dist/web/docs-description.js';
import { commentsIn } from './api-docs/comments.mjs';
import { pageOf } from './api-docs/page.mjs';

const folder = new URL('../dist/api-docs/', import.meta.url);
const document = await describedApi();
await mkdir(folder, { recursive: true });
await writeFile(new URL('openapi.json', folder), JSON.stringify(document));
await writeFile(new URL('openapi.yaml', folder), stringify(document, { aliasDuplicateObjects: false }));
await writeFile(new URL('index.html', folder), pageOf(document));
await copyFile(new URL('api-docs/style.css', import.meta.url), new URL('style.css', folder));

async function describedApi() {
  describeApi(swagger, commentsIn(fileURLToPath(new URL('../src', import.meta.url))));
  // A preview knows every module and route and makes no provider, so that no rules file is needed and nothing is stored.
  const database = { db: openDatabase('sqlite::memory:') };
  const module = AppModule.with(readSettings({}).settings, {}, database, {}, {});
  const app = await NestFactory.create(module, new FastifyAdapter(), {
    preview: true,
    logger: ['error'],
    abortOnError: false,
  });
  const description = new swagger.DocumentBuilder()
    .setTitle('Auth0 alert router')
    .setDescription('Takes Auth0 log streams and posts what the rules say to Slack.')
    .setVersion('1')
    .addSecurity('log-stream', {
      type: 'http',
      scheme: 'bearer',
      description: 'A token of AUTH0_LOG_STREAM_TOKEN, with or without “Bearer” before it',
    })
    .addSecurity('admin', { type: 'http', scheme: 'bearer', description: 'A token of ADMIN_TOKEN' })
    .addSecurity('metrics', { type: 'http', scheme: 'bearer', description: 'METRICS_TOKEN, if it is set' })
    .addSecurity('slack-signature', {
      type: 'apiKey',
      in: 'header',
      name: 'X-Slack-Signature',
      description: 'v0= and the HMAC of the time and the body with SLACK_SIGNING_SECRET, as Slack makes it',
    })
    .build();
  return completed(swagger.SwaggerModule.createDocument(app, description));
}

/** Adds what Nest does not know: the routes of the documents themselves, and that bodies may hold nothing else. */
function completed(described) {
  Object.assign(described.paths, docsPaths());
  const { schemas } = described.components;
  for (const operation of Object.values(described.paths).flatMap((methods) => Object.values(methods))) {
    const body = operation.requestBody?.content?.['application/json']?.schema?.$ref;
    if (body !== undefined) schemas[body.split('/').at(-1)].additionalProperties = false;
  }
  // What the parameters that BodyAsSent checks are declared as.
  delete schemas.Object;
  return described;
}
