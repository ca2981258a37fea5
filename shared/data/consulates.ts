import type { Consulate, Desk, MinistryDesk } from '../domain/offices/consulate.ts';
import type { OpenOffices } from '../domain/offices/nearest-consulates.ts';
import type { Offices } from '../domain/offices/office-in-charge.ts';
import { slim } from './consulates-slim.ts';

/**
 * Every office, closed ones too, sorted by id: for names and topics. `slim-consulates.ts` writes
 * `consulates-slim.ts`.
 */
export const consulates: readonly Consulate[] = slim.offices;

const closed = new Set<string>(slim.closed);

/** The offices that may be chosen. */
export const openConsulates: readonly Consulate[] = consulates.filter((office) => !closed.has(office.id));

const { ministry, name, phone } = slim.desk;

/** The ministry, which has the alerts for which there is no office, and its national desk. */
export const ministryDesk: MinistryDesk = { id: 'ministry', ministry, name, phone };

const byId = new Map(consulates.map((office) => [office.id, office]));

/** Any office by its id, closed or not. */
export const consulateById = (id: string): Consulate | undefined => byId.get(id);

/** The offices where another desk is called: its phone stands wherever an office has none of its own that is verified. */
export const officesWithDesk = (desk: Desk): Offices & OpenOffices => {
  const called = (office: Consulate): Consulate =>
    office.emergencyPhone === phone ? { ...office, emergencyPhone: desk.phone } : office;
  const all = new Map(consulates.map((office) => [office.id, called(office)]));
  return {
    openConsulates: openConsulates.map(called),
    consulateById: (id) => all.get(id),
    desk: { ...ministryDesk, ...desk },
  };
};
