#!/usr/bin/env node
import 'reflect-metadata';
import { processIo } from './cli/cli-io.js';
import { runCli } from './cli/run-cli.js';

// Set rather than called: what is still on its way into a pipe goes out first.
process.exitCode = await runCli(process.argv.slice(2), processIo());
