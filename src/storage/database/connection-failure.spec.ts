import { isConnectionFailure } from './connection-failure.js';

function failure(message: string, code?: string): Error {
  return Object.assign(new Error(message), code !== undefined && { code });
}

describe('isConnectionFailure', () => {
  it.each<readonly [error: unknown, expected: boolean]>([
    [failure('read ECONNRESET', 'ECONNRESET'), true],
    [failure('terminating connection due to administrator command', '57P01'), true],
    [failure('canceling statement due to statement timeout', '57014'), true],
    [failure('Connection terminated unexpectedly'), true],
    [failure('Query read timeout'), true],
    [failure('timeout exceeded when trying to connect'), true],
    [new AggregateError([failure('connect ECONNREFUSED ::1', 'ECONNREFUSED')]), true],
    [failure('duplicate key value violates unique constraint', '23505'), false],
    [failure('could not extend file: No space left on device', '53100'), true],
    [failure('cannot execute INSERT in a read-only transaction', '25006'), true],
    [failure('a bug'), false],
    ['text', false],
  ])('%s: %s', (error, expected) => {
    expect(isConnectionFailure(error)).toBe(expected);
  });
});
