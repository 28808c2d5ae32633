import type { Template } from '../../domain/alerting/template.js';
import type { Fault, Place } from '../problem.js';
import type { DeclaredNames } from '../yaml/declared-names.js';
import { liquid } from './compile-template.js';

/** Compiles an entry of `channels`: the name of a channel, or a Liquid text that makes one of an alert. */
export function compileChannelName(
  name: string,
  at: Place,
  names: DeclaredNames,
  report: (fault: Fault) => void,
): string | Template {
  if (/\{[{%]/.test(name)) return liquid(name, at, report);
  const fault = names.unknown('channels', name, at);
  if (fault !== undefined) report(fault);
  return name;
}
