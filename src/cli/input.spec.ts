import { gzipSync } from 'node:zlib';
import { CommandLine } from '../../test/support/command-line.js';

let cli: CommandLine;

beforeEach(async () => {
  cli = await CommandLine.open();
});

afterEach(() => cli.close());

const nowhere = '--url http://127.0.0.1:9 --token x';

describe('a file of events', () => {
  const events = '{"type":"fu","log_id":"a"}\n{"type":"fp","log_id":"b"}\n';

  it.each(['@logs.gz', '-'])('may be packed by gzip (%s)', async (file) => {
    // Two archives, one after the other, are one as well.
    const packed = Buffer.concat([gzipSync(events), gzipSync('{"type":"fu","log_id":"c"}')]);
    await cli.write('logs.gz', packed);
    const stdin = file === '-' ? packed : '';
    expect(await cli.runJson(`backtest ${file} --rules @rules.yaml`, { stdin })).toMatchObject({
      events: 3,
      rules: { failures: { matched: 2 } },
    });
    const { results } = (await cli.runJson(`explain ${file} --rules @rules.yaml`, { stdin })) as {
      results: readonly unknown[];
    };
    expect(results).toHaveLength(3);
  });

  it('that is an archive cut short is an error of the call', async () => {
    await cli.write('logs.gz', gzipSync(events.repeat(1_000)).subarray(0, -20));
    for (const command of ['backtest @logs.gz --rules @rules.yaml', 'explain @logs.gz --rules @rules.yaml']) {
      const { code, out, err } = await cli.run(command);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/logs\.gz is gzip that is damaged or cut short/);
    }
  });

  it.each([
    ['a table', 'Log ID,Type\n1,fp\n', 'looks like a table (CSV)'],
    ['a page', '<html>403</html>', 'looks like HTML'],
    ['a refusal', '{"statusCode":401,"error":"Unauthorized","message":"Expired token"}', '401 Unauthorized'],
    ['an empty list', '[]', 'is an empty list'],
    ['nothing', '', 'is empty'],
    ['an empty archive', gzipSync(''), 'is empty'],
  ])('that holds %s instead is an error of the call', async (_what, stdin, look) => {
    for (const command of [
      'backtest - --rules @rules.yaml',
      `send - ${nowhere}`,
      'explain - --rules @rules.yaml',
    ]) {
      for (const json of ['', ' --json']) {
        const { code, out, err } = await cli.run(command + json, { stdin });
        expect([command, code, out]).toEqual([command, 2, '']);
        expect(err).toContain(look);
      }
    }
  });

  it('says what else it holds', async () => {
    const { code, err } = await cli.run('backtest - --rules @rules.yaml', { stdin: `${events}no JSON\n` });
    expect([code, err]).toEqual([0, '1 elements or lines are no events, and were skipped']);
  });
});
