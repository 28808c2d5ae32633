import { configureGlobal } from 'fast-check';

/** Where everything random in tests begins: FC_SEED, which the run's set-up fixes. */
export const randomSeed = Number(process.env['FC_SEED']);

configureGlobal({ seed: randomSeed });
