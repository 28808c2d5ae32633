/**
 * Loaded with `--import` before a program: its clock is ahead of this machine's by as many ms as the file says that the
 * variable CLOCK_AHEAD_FILE names. A clock that can't be set, such as `performance.now()`, stays as it is.
 */
import { readFileSync } from 'node:fs';

const file = process.env['CLOCK_AHEAD_FILE'];
const RealDate = Date;
const now = () => RealDate.now() + Number(readFileSync(file, 'utf8'));

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
