import { Outage } from './outage.js';

describe('Outage', () => {
  let now: number;
  let lines: string[];
  let outage: Outage;

  beforeEach(() => {
    now = 0;
    lines = [];
    const logger = {
      error: (message: string) => void lines.push(`error ${message}`),
      warn: (message: string) => void lines.push(`warn ${message}`),
    };
    outage = new Outage(logger, 'it fails', 'it works again', () => now);
  });

  it('says nothing while all works', () => {
    outage.worked();
    expect(lines).toEqual([]);
  });

  it('reports once that it begins and once that it has ended, with its length up to what worked again', () => {
    for (now = 0; now < 12_000; now += 1_000) outage.failed(new Error('connect ECONNREFUSED'));
    for (; now < 20_000; now += 1_000) outage.worked();
    expect(lines).toEqual([
      'error it fails: connect ECONNREFUSED',
      'warn it works again after 12s; 12 attempts failed meanwhile',
    ]);
  });

  it('takes what fails soon after something worked for the same outage', () => {
    for (let round = 0; round < 5; round += 1) {
      outage.failed(new Error('lost'));
      now += 500;
      outage.worked();
      now += 500;
    }
    expect(lines).toEqual(['error it fails: lost']);
  });

  it('names an error without a message by its code', () => {
    outage.failed(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }));
    expect(lines).toEqual(['error it fails: ECONNREFUSED']);
  });

  it('reports the next outage again', () => {
    for (let round = 0; round < 2; round += 1) {
      outage.failed(new Error('lost'));
      now += 5_000;
      outage.worked();
    }
    expect(lines).toHaveLength(4);
  });
});
