import type { OfficeRef } from '../contracts/timeline.ts';
import type { Offices } from '../domain/offices/office-in-charge.ts';
import type { CaseWords } from '../words/case-words.ts';

/** An office as people know it; one that has left the data is known by its id alone. */
export const officeRef = ({ consulateById, desk }: Offices, id: string): OfficeRef => {
  if (id === desk.id) return { id, name: desk.ministry, city: null };
  const { name = id, city = null } = consulateById(id) ?? {};
  return { id, name, city };
};

/** An office in a word or two, as officers call each other. */
export const shortName = ({ id, name, city }: OfficeRef, { ministry }: CaseWords): string =>
  id === 'ministry' ? ministry : (city ?? name);
