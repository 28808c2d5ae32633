import { keepNewSpaceSmall } from './system/new-space.js';

keepNewSpaceSmall();
// The service is loaded only now, since loading it is what the new space would grow with.
const { serve } = await import('./serve.js');
process.exit(await serve(process.env));
