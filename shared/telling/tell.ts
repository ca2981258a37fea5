import { addToPress } from '../domain/case/add-to-press.ts';
import type { ChosenConsulate } from '../domain/offices/choose-consulate.ts';
import type { Addition } from '../domain/press/addition.ts';
import { allEnded } from '../domain/in-parallel.ts';
import type { DeliveryResult } from './deliver.ts';
import { type FamilyChangeDeps, tellOfFamilyChange } from './family-changes.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import { type TellRepresentativeDeps, tellRepresentative } from './to-representative.ts';
import type { StoredEvent } from './stored-event.ts';
import { tellFamilyOfEvent, tellFamilyOfPress, welcomeFamily } from './to-family.ts';
import { tellTrustedOfEvent, tellTrustedOfPress, welcomeTrusted } from './to-trusted.ts';
import { type TellOfficesDeps, tellOfficesOfEvent, tellOfficesOfPress } from './to-offices.ts';

export type TellOfficialsDeps = TellOfficesDeps & TellRepresentativeDeps;

/** What telling of one event came to, and the search for an office, if there was one. */
export type Told = { readonly results: readonly DeliveryResult[]; readonly search?: ChosenConsulate };

const both = async (...telling: readonly Promise<readonly DeliveryResult[]>[]): Promise<readonly DeliveryResult[]> =>
  (await allEnded(telling)).flat();

/** Tells the family, and the trusted contact, whatever of an event it is still to be told. */
export const tellFamily = async (deps: FamilyChangeDeps, stored: StoredEvent): Promise<readonly DeliveryResult[]> => {
  switch (stored.kind) {
    case 'registration':
      return both(
        welcomeFamily(deps, stored.family, stored.deliveries),
        welcomeTrusted(deps, stored.family, stored.deliveries),
      );
    case 'alert':
      return both(tellFamilyOfPress(deps, stored.alert), tellTrustedOfPress(deps, stored.alert));
    case 'event':
      return both(tellFamilyOfEvent(deps, stored.event), tellTrustedOfEvent(deps, stored.event));
    case 'family-event':
      return tellOfFamilyChange(deps, stored.event);
    case 'addition':
      // Offices' side applies it.
      return [];
    case 'check-in':
      // Nobody is told of a promise; the watchman minds it.
      return [];
  }
};

/** @returns a fault as a failed result, so that it is tried again */
const applyAddition = async (deps: TellOfficesDeps, addition: Addition): Promise<readonly DeliveryResult[]> => {
  try {
    await addToPress(deps, addition);
    return [];
  } catch (cause) {
    return [{ destination: 'consulate', kind: 'failed', cause }];
  }
};

/** A representative is told apart from offices: neither waits for the other. */
const tellOfficialsOfEvent = async (deps: TellOfficialsDeps, event: CaseEvent): Promise<Told> => {
  const [offices, asked] = await allEnded([tellOfficesOfEvent(deps, event), tellRepresentative(deps, event)]);
  return { ...offices, results: [...offices.results, ...asked] };
};

/** Tells offices, the ministry and representatives whatever of an event they are still to be told. */
export const tellOffices = async (deps: TellOfficialsDeps, stored: StoredEvent): Promise<Told> => {
  switch (stored.kind) {
    case 'alert':
      return tellOfficesOfPress(deps, stored.alert);
    case 'event':
      return tellOfficialsOfEvent(deps, stored.event);
    case 'addition':
      return { results: await applyAddition(deps, stored.addition) };
    case 'registration':
    case 'family-event':
    case 'check-in':
      return { results: [] };
  }
};
