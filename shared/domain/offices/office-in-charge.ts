import type { AssignedConsulate, Consulate, Desk, MinistryDesk } from './consulate.ts';

/** The offices by id, closed ones too, and the ministry's desk. */
export type Offices = {
  readonly consulateById: (id: string) => Consulate | undefined;
  readonly desk: MinistryDesk;
  /** Whom a family is given to call where the person authorised no consular contact; absent: nobody. */
  readonly legalHelp?: Desk;
};

/** The office in charge as people see it; where the ministry owns the case, the ministry with the desk's phone. */
export type OfficeInCharge = {
  readonly id: string;
  readonly name: string;
  readonly city: string | null;
  /** E.164. */
  readonly emergencyPhone: string;
  readonly distanceMeters: number | null;
  readonly basis: AssignedConsulate['basis'];
};

/** One that has left the data is known by its id alone, and the desk answers for it. */
export const assignedOffice = (
  { id, distanceMeters, basis }: AssignedConsulate,
  { consulateById, desk }: Offices,
): OfficeInCharge => {
  if (id === desk.id) {
    return { id, name: desk.ministry, city: null, emergencyPhone: desk.phone, distanceMeters, basis };
  }
  const { name = id, city = null, emergencyPhone = desk.phone } = consulateById(id) ?? {};
  return { id, name, city, emergencyPhone, distanceMeters, basis };
};

/** @returns `null` without authorisation, and until an office is chosen */
export const officeInCharge = (
  { consulate }: { readonly consulate?: AssignedConsulate },
  offices: Offices,
): OfficeInCharge | null => (consulate ? assignedOffice(consulate, offices) : null);
