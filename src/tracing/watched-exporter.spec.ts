import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { WatchedExporter } from './watched-exporter.js';

/** What is said of the result of an export, which is passed on as it is. */
function saidOf(result: ExportResult): string[] {
  const said: string[] = [];
  const inner = { export: (_spans: unknown, done: (given: ExportResult) => void) => done(result) };
  const exporter = new WatchedExporter({ ...inner, shutdown: () => Promise.resolve() }, (why) =>
    said.push(why),
  );
  exporter.export([], (given) => expect(given).toBe(result));
  return said;
}

const failure = (message: string, code?: unknown): ExportResult => ({
  code: ExportResultCode.FAILED,
  error: Object.assign(new Error(message), code !== undefined && { code }),
});

describe('WatchedExporter', () => {
  it('says nothing of spans that were sent', () => {
    expect(saidOf({ code: ExportResultCode.SUCCESS })).toEqual([]);
  });

  it.each([
    ['503 Service Unavailable', failure('Service Unavailable', 503)],
    ['connect ECONNREFUSED 127.0.0.1:4318', failure('connect ECONNREFUSED 127.0.0.1:4318', 'ECONNREFUSED')],
    ['ECONNREFUSED', failure('', 'ECONNREFUSED')],
    ['Request timed out', failure('Request timed out')],
    ['unknown', { code: ExportResultCode.FAILED }],
  ])('says why others were not: %s', (why, result) => {
    expect(saidOf(result)).toEqual([why]);
  });
});
