import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CaseStore } from '../domain/case/case.ts';
import type { LinkMaker } from '../domain/case/links.ts';
import { isOfferMade } from '../domain/representatives/ask.ts';
import type { RosterReader } from '../domain/representatives/representative.ts';
import { isLanguage } from '../domain/vocabulary.ts';
import { officersLanguage } from '../words/catalogues.ts';
import type { RepresentativeChannel } from './channel.ts';
import { composeOffer } from './compose-offer.ts';
import { type DeliverDeps, type DeliveryResult, type Sent, deliver } from './deliver.ts';

export type TellRepresentativeDeps = DeliverDeps & {
  readonly representatives: RepresentativeChannel;
  readonly rosters: Pick<RosterReader, 'get'>;
  readonly cases: Pick<CaseStore, 'readCurrent'>;
  readonly linkFor: LinkMaker;
};

/** Nobody is asked any more: somebody has the case, or it is over. */
const isStillAsked = async ({ cases }: TellRepresentativeDeps, event: CaseEvent): Promise<boolean> => {
  const current = await cases.readCurrent(event.familyId, event.alertId);
  const offer = current?.alert.offers?.find((one) => isOfferMade(event, one));
  return current?.alert.state !== 'closed' && offer?.state === 'offered';
};

/** Asks a representative whether they take a case, by a message that holds nothing but a link. */
export const tellRepresentative = async (
  deps: TellRepresentativeDeps,
  event: CaseEvent,
): Promise<readonly DeliveryResult[]> => {
  if (event.type !== 'representative.offered.v1') return [];
  const { familyId, alertId, eventId, drill, representativeId, rosterId } = event;
  const key = `representative:${representativeId}` as const;
  if (event.deliveries[key]?.status !== 'pending') return [];
  const send = async (): Promise<Sent> => {
    const representative = await deps.rosters.get(rosterId, representativeId);
    if (!representative) return { kind: 'refused', reason: 'no-such-representative' };
    if (!(await isStillAsked(deps, event))) return { kind: 'not-needed' };
    const recipient = { kind: 'representative', id: representativeId, officeId: rosterId } as const;
    const link = await deps.linkFor(recipient, { familyId, alertId, drill });
    const language = representative.languages.find(isLanguage) ?? officersLanguage;
    return deps.representatives.send({ representativeId }, composeOffer(language, link));
  };
  const letter = { send, reach: async () => deps.representatives.reach({ representativeId }) };
  return [await deliver(deps, { ref: { familyId, alertId, eventId }, destination: key }, () => letter)];
};
