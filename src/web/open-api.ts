import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** Describes the API at /docs (and as JSON at /docs-json). */
export function addOpenApi(app: NestFastifyApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Auth0 alert router')
    .setDescription('Takes Auth0 log streams and posts what the rules say to Slack.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'AUTH0_LOG_STREAM_TOKEN' }, 'log-stream')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'ADMIN_TOKEN' }, 'admin')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, description));
}
