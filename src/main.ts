import { StopSignal } from './app/stop-signal.js';
import { keepNewSpaceSmall } from './app/heap-settings.js';

const stop = new StopSignal();
keepNewSpaceSmall();
// The service is loaded only now, since loading it is what the new space would grow with.
const { serve } = await import('./app/serve.js');
process.exit(await serve(process.env, stop));
