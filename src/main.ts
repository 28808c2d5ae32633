import { StopSignal } from './stop-signal.js';
import { keepNewSpaceSmall } from './system/new-space.js';

const stop = new StopSignal();
keepNewSpaceSmall();
// The service is loaded only now, since loading it is what the new space would grow with.
const { serve } = await import('./serve.js');
process.exit(await serve(process.env, stop));
