import { StopSignal } from './app/stop-signal.js';

const stop = new StopSignal();
// The service is loaded only now, so that a signal that comes meanwhile is not missed.
const { serve } = await import('./app/serve.js');
process.exit(await serve(process.env, stop));
