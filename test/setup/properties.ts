/**
 * Where property tests begin to look. On a build machine (CI) at the same place every time, so that the same code gives
 * the same answer twice and a change is judged for what it changed; anywhere else at a new place each time, so that
 * whoever runs the tests looks further. `PROPERTY_SEED=N` goes back to where a failure was found.
 */
import fc from 'fast-check';

const BUILD_SEED = 20_261_126;

const seedOf = ({ PROPERTY_SEED: given, CI: isBuild }: NodeJS.ProcessEnv): number | undefined => {
  if (given !== undefined) return Number(given);
  return isBuild === undefined ? undefined : BUILD_SEED;
};

const seed = seedOf(process.env);
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
