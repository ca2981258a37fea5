import type { DistrictRef, OfficeRef } from '../contracts/timeline.ts';
import type { Offices } from '../domain/offices/office-in-charge.ts';
import type { TwoOffices } from '../domain/offices/two-offices.ts';
import type { CaseWords } from '../words/case-words.ts';

/** An office as people know it; one that has left the data is known by its id alone. */
export const officeRef = ({ consulateById, desk }: Offices, id: string): OfficeRef => {
  if (id === desk.id) return { id, name: desk.ministry, city: null };
  const { name = id, city = null } = consulateById(id) ?? {};
  return { id, name, city };
};

/** The office responsible for a place, and by whose word. */
export const districtRef = (offices: Offices, { responsible, source, asOf }: TwoOffices): DistrictRef => ({
  consulateId: responsible.id,
  name: officeRef(offices, responsible.id).name,
  source,
  asOf,
});

/** An office in a word or two, as officers call each other. */
export const shortName = ({ id, name, city }: OfficeRef, { ministry }: CaseWords): string =>
  id === 'ministry' ? ministry : (city ?? name);
