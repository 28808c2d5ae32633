import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { addOpenApi } from './open-api.js';
import { routerOptions } from './paths.js';

@Module({})
class EmptyModule {}

describe('the description of the API', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(
      EmptyModule,
      new FastifyAdapter({ routerOptions }),
      {
        logger: false,
      },
    );
    addOpenApi(app, new URL('absent/', import.meta.url));
    await app.listen(0, '127.0.0.1');
  });

  afterAll(() => app.close());

  it.each(['docs', 'docs/style.css', 'docs-json', 'docs-yaml'])(
    'says at /%s what builds it, where it has not been built',
    async (path) => {
      const answer = await fetch(`${await app.getUrl()}/${path}`);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(await answer.json()).toMatchObject({
        detail: expect.stringContaining('beside `npm run dev` it takes `npm run docs:api`'),
      });
    },
  );

  it.each(['docs/', 'docs//', 'DOCS/'])(
    'has the page, whose links are relative, at /docs alone: /%s',
    async (path) => {
      const answer = await fetch(`${await app.getUrl()}/${path}`, { redirect: 'manual' });
      expect(answer.status).toBe(302);
      const location = new URL(answer.headers.get('location') ?? '', answer.url);
      expect(location.pathname).toBe('/docs');
    },
  );
});
