import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the part of V8's heap where objects are made at its first size, 1 MB a half. The modules that a start loads stay,
 * which V8 takes for a reason to grow that part to 32 MB; it gives them back when the process has been idle for minutes.
 */
export function keepNewSpaceSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Lets it grow under load, as V8 does by default. */
export function letNewSpaceGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
