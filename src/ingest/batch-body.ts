import type { ApiOperation, SchemaObject } from '../web/api-description.js';

/** An event is Auth0’s, and may have any other property. */
const data: SchemaObject = {
  type: 'object',
  required: ['type'],
  properties: {
    type: { type: 'string', minLength: 1, description: 'Auth0’s event code, such as fp.' },
    log_id: { type: 'string', description: 'A second delivery of an event is recognised by it.' },
    date: { type: 'string', description: 'When it happened, in ISO 8601.' },
    description: { type: 'string', nullable: true },
  },
  additionalProperties: true,
};

const event: SchemaObject = {
  anyOf: [
    {
      type: 'object',
      required: ['data'],
      properties: { log_id: { type: 'string' }, data },
      additionalProperties: true,
    },
    data,
  ],
};

const batch: SchemaObject = {
  anyOf: [
    { type: 'array', items: event },
    event,
    {
      type: 'object',
      required: ['logs'],
      properties: { logs: { type: 'array', items: event } },
      additionalProperties: true,
    },
  ],
};

const failedLogin = {
  log_id: '90020261128090000000000000000000000001',
  data: {
    log_id: '90020261128090000000000000000000000001',
    date: '2026-11-28T09:00:00.000Z',
    type: 'fp',
    description: 'Wrong password',
    connection: 'Username-Password-Authentication',
    client_name: 'Shop',
    ip: '203.0.113.7',
    user_agent: 'Firefox 145.0.0 / Windows 11.0.0',
    user_id: 'auth0|656000000000000000000001',
    user_name: 'alice@example.com',
  },
};

/** What is taken. A log stream’s Content Format decides which of these it sends; its Content-Type decides nothing. */
export const batchBody: Parameters<typeof ApiOperation>[0]['requestBody'] = {
  required: true,
  content: {
    'application/json': {
      schema: batch,
      examples: {
        'json-array': { summary: 'Content Format “JSON Array”', value: [failedLogin] },
        'json-object': { summary: 'Content Format “JSON Object”', value: { logs: [failedLogin] } },
        'one-event': { summary: 'One event, bare', value: failedLogin.data },
      },
    },
    'application/x-ndjson': {
      schema: { type: 'string' },
      examples: {
        'json-lines': { summary: 'Content Format “JSON Lines”', value: `${JSON.stringify(failedLogin)}\n` },
      },
    },
  },
};
