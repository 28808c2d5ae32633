import { availableParallelism } from 'node:os';

/** Unit specs sit beside their source; e2e and storage tests live under test/. All of them run as ESM. */
// oxlint-disable-next-line import/no-default-export
export default {
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/tools'],
  testRegex: '\\.(spec|e2e-spec)\\.ts$',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true, diagnostics: false }] },
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  setupFiles: ['<rootDir>/test/support/environment.ts', '<rootDir>/test/support/random-seed.ts'],
  // The end-to-end specs mostly wait, for messages to be due or for processes to start.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testTimeout: 60_000,
};
