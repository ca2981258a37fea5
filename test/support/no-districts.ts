import type { Districts } from '../../shared/domain/offices/responsible-office.ts';

/** As if no office stated its counties: the nearest has each case. */
export const noDistricts: Districts = { districtAt: () => undefined };
