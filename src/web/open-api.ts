import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { describeApi } from './api-description.js';
import { ProblemFilter } from './problem-filter.js';

@Module({})
class DocumentationModule {}

/**
 * Describes the API at /docs (and as JSON at /docs-json, as YAML at /docs-yaml). The pages are served by a second
 * application, which is made when the first of them is asked for.
 */
export function addOpenApi(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  let documentation: Promise<FastifyInstance> | undefined;
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    documentation ??= createDocumentation(app);
    const pages = await documentation;
    reply.hijack();
    pages.routing(request.raw, reply.raw);
  };
  for (const path of ['/docs', '/docs/*', '/docs-json', '/docs-yaml']) server.get(path, answer);
}

async function createDocumentation(app: NestFastifyApplication): Promise<FastifyInstance> {
  const swagger = await import('@nestjs/swagger');
  describeApi(swagger);
  const description = new swagger.DocumentBuilder()
    .setTitle('Auth0 alert router')
    .setDescription('Takes Auth0 log streams and posts what the rules say to Slack.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'AUTH0_LOG_STREAM_TOKEN' }, 'log-stream')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'ADMIN_TOKEN' }, 'admin')
    .build();
  const document = swagger.SwaggerModule.createDocument(app, description);
  const pages = await NestFactory.create<NestFastifyApplication>(DocumentationModule, new FastifyAdapter());
  pages.useGlobalFilters(new ProblemFilter());
  swagger.SwaggerModule.setup('docs', pages, document);
  await pages.init();
  const server = pages.getHttpAdapter().getInstance();
  await server.ready();
  return server;
}
