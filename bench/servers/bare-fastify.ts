import fastify from 'fastify';

/** A route that parses its body and answers. */
const app = fastify({ bodyLimit: 5 * 1024 * 1024 });
app.post('/api/logs', async (_request, reply) => reply.code(204).send());
console.log(`Listening on ${await app.listen({ port: 0, host: '127.0.0.1' })} `);
