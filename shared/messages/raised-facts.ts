import type { AuthorityRaisedFacts, AuthorityRecipient } from '../domain/announce-to-authorities.ts';
import type { MinistryDesk } from '../domain/consulate.ts';
import { officers } from './officers.ts';

/** What an office's and the ministry's message about a press is made of. */
export type RaisedForAuthorityFacts = AuthorityRaisedFacts & {
  readonly desk: MinistryDesk;
  readonly now: Date;
  /** Absolute URL of the recipient's page of the case. */
  readonly link?: string;
};

/** Id of a recipient as it stands in messages: the office's, or `ministry`. */
export const recipientId = (recipient: AuthorityRecipient): string =>
  recipient.kind === 'consulate' ? recipient.consulate.id : 'ministry';

/** The office in charge as people and systems read it. One that has left the data is known by its id alone. */
export const officeInCharge = ({ assigned, consulate, desk }: RaisedForAuthorityFacts) => {
  const { id, distanceMeters, basis } = assigned;
  if (assigned.id === 'ministry') {
    return {
      id,
      name: desk.name,
      shortName: officers.ministryOffice,
      city: null,
      state: null,
      emergencyPhone: desk.phone,
      distanceMeters,
      basis,
    };
  }
  return {
    id,
    name: consulate?.name ?? id,
    shortName: consulate?.city ?? id,
    city: consulate?.city ?? null,
    state: consulate?.state ?? null,
    emergencyPhone: consulate?.emergencyPhone ?? desk.phone,
    distanceMeters,
    basis,
  };
};

/** A distance as an officer reads it. */
export const writeDistance = (meters: number): string =>
  meters < 1000 ? `${Math.round(meters)} m` : `${(meters / 1000).toFixed(meters < 100_000 ? 1 : 0)} km`;
