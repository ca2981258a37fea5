import { createDistricts } from '../domain/offices/districts.ts';
import data from './districts.json' with { type: 'json' };

/**
 * The district in which a position lies, by the counties that the offices' own data states. `districts.json` comes
 * from `build-districts.ts`; a test holds it to the counties themselves. Not on the press path: 80 KB.
 */
export const districtAt = createDistricts(data);
