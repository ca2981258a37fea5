import type { AssignedConsulate, Basis, Consulate, MinistryDesk } from './consulate.ts';

/** The offices by id, closed ones too, and the ministry's desk. */
export type Offices = {
  readonly consulateById: (id: string) => Consulate | undefined;
  readonly desk: MinistryDesk;
};

/** The office in charge as people see it: the desk where the ministry owns the case. */
export type OfficeInCharge = {
  readonly id: string;
  readonly name: string;
  readonly city: string | null;
  /** E.164. */
  readonly emergencyPhone: string;
  readonly distanceMeters: number | null;
  readonly basis: Basis;
};

/**
 * One that has left the data is known by its id alone, and the desk answers for it.
 * @returns `null` without authorisation, and until an office is chosen
 */
export const officeInCharge = (
  assigned: AssignedConsulate | undefined,
  { consulateById, desk }: Offices,
): OfficeInCharge | null => {
  if (!assigned) return null;
  const { id, distanceMeters, basis } = assigned;
  if (id === desk.id) {
    return { id, name: desk.name, city: null, emergencyPhone: desk.phone, distanceMeters, basis };
  }
  const { name = id, city = null, emergencyPhone = desk.phone } = consulateById(id) ?? {};
  return { id, name, city, emergencyPhone, distanceMeters, basis };
};
