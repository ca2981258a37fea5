import type { Case } from '../case/case.ts';
import type { Step } from '../case/change-case.ts';
import { defined } from '../defined.ts';
import type { CaseRefusal, Matter } from '../vocabulary.ts';
import type { Asked } from './ask.ts';
import { ask, nextOf, usualMatter, waitFor } from './ask.ts';
import type { ZoneOfOffice } from './next-representative.ts';
import { askableAt } from './next-representative.ts';
import type { Offering } from './offer.ts';
import { isBusyWith } from './offer.ts';
import type { RosterEntry } from './representative.ts';

/** What an officer asks for. `representativeId`: somebody of the rosters; absent: whoever fits. */
export type OfferWish = { readonly representativeId?: string; readonly matter?: Matter; readonly urgent?: boolean };

export type OfferRefusal =
  | { readonly kind: 'refused'; readonly reason: Extract<CaseRefusal, 'nobody-to-ask' | 'already-asked'> }
  | { readonly kind: 'unknown-representative' };

const begun = ({ alert }: Case, { matter, urgent }: OfferWish, now: Date): Offering => {
  const at = now.toISOString();
  const before = alert.offering;
  // Who looks on looks for as long as before, of which the ministry hears once.
  const looksOn = before?.nextAt === undefined ? undefined : before;
  return {
    by: 'officer',
    startedAt: looksOn?.startedAt ?? at,
    since: at,
    matter: matter ?? before?.matter ?? usualMatter,
    ...(urgent === true && { urgent }),
    ...defined({ lateAt: looksOn?.lateAt }),
  };
};

const stepOf = ({ offers, offering, roster, ...told }: Asked): Step => ({
  set: { offers: [...offers], offering },
  ...told,
  ...(roster && { roster }),
});

const offerToChosen = (
  { alert }: Case,
  offering: Offering,
  entry: RosterEntry,
  now: Date,
  zoneOf: ZoneOfOffice,
): Step | OfferRefusal => {
  const { offers = [] } = alert;
  const before = offers.find(({ representativeId }) => representativeId === entry.representative.representativeId);
  if (before && isBusyWith(before)) return { kind: 'refused', reason: 'already-asked' };
  const at = askableAt(entry, offering.urgent === true, now, zoneOf);
  return stepOf(at > now ? waitFor(offers, offering, at, entry) : ask(offers, offering, entry, now));
};

/** An officer offers the case: to somebody they choose, or to whoever fits. Nobody is asked outside of their hours. */
export const offerCase = (
  current: Case,
  wish: OfferWish,
  roster: readonly RosterEntry[],
  now: Date,
  zoneOf: ZoneOfOffice,
): Step | OfferRefusal => {
  const { offers = [] } = current.alert;
  const offering = begun(current, wish, now);
  if (wish.representativeId !== undefined) {
    const entry = roster.find(({ representative }) => representative.representativeId === wish.representativeId);
    return entry ? offerToChosen(current, offering, entry, now, zoneOf) : { kind: 'unknown-representative' };
  }
  const next = nextOf(current, offering, roster, now, zoneOf);
  switch (next.kind) {
    case 'ask':
      return stepOf(ask(offers, offering, next.entry, now));
    case 'wait':
      return stepOf(waitFor(offers, offering, next.until));
    case 'nobody':
      return { kind: 'refused', reason: 'nobody-to-ask' };
  }
};
