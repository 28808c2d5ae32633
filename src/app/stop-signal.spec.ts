import { EventEmitter } from 'node:events';
import { StopSignal, type StoppableProcess } from './stop-signal.js';

class StoppedProcess extends EventEmitter implements StoppableProcess {
  readonly exits: number[] = [];

  exit(code: number): void {
    this.exits.push(code);
  }
}

describe('StopSignal', () => {
  let now: number;
  let process: StoppedProcess;
  let signal: StopSignal;

  beforeEach(() => {
    now = 0;
    process = new StoppedProcess();
    signal = new StopSignal(process, () => now);
  });

  it.each(['SIGTERM', 'SIGINT'])('hears %s and lets the stop go on in order', async (name) => {
    process.emit(name);
    expect(await signal.received).toBe('stop');
    expect(process.exits).toEqual([]);
  });

  it('takes two within a second for one', () => {
    process.emit('SIGINT');
    now = 999;
    process.emit('SIGINT');
    expect(process.exits).toEqual([]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('ends at once at a later %s, with %d', (name, code) => {
    process.emit('SIGTERM');
    now = 1_000;
    process.emit(name);
    expect(process.exits).toEqual([code]);
  });
});
