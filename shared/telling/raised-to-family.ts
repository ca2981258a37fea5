import type { Alert } from '../domain/case/alert.ts';
import { placeOf, positionFactsOf } from '../domain/case/alert-position.ts';
import type { LinkMaker } from '../domain/case/links.ts';
import { shownAlert } from '../domain/case/shown-case.ts';
import { defined } from '../domain/defined.ts';
import { type Family, languageOfTopic } from '../domain/family/family.ts';
import type { Consulate, Desk, MinistryDesk } from '../domain/offices/consulate.ts';
import { distanceMeters } from '../domain/offices/distance.ts';
import { type Position, decidingPlace } from '../domain/position.ts';
import type { FamilyTopic } from './channel.ts';
import type { OfficeReach } from './check-offices.ts';
import { composeRaisedForFamily } from './compose-raised-for-family.ts';
import type { Publication } from './publication.ts';

export type RaisedToFamilyDeps = {
  readonly linkFor: LinkMaker;
  readonly consulateById: (id: string) => Consulate | undefined;
  readonly nearestConsulate: (position: Position) => Consulate | undefined;
  /** The one that is in charge of a press there. */
  readonly officeOfPlace: (position: Position) => Consulate | undefined;
  readonly desk: MinistryDesk;
  readonly legalHelp?: Desk;
};

export const metersBy =
  ({ nearestConsulate }: RaisedToFamilyDeps) =>
  (position: Position): number => {
    const nearest = nearestConsulate(position);
    return nearest ? distanceMeters(position, nearest) : Infinity;
  };

/**
 * The office to name, and whose clock to write by: the one that the press is brought to, else the responsible one, else
 * the nearest by our own distance. The family's message never waits for Amazon Location, and when it is late it does not
 * show who has the case by then (G7).
 */
export const officeForInformation = (deps: RaisedToFamilyDeps, alert: Alert, family: Family): Consulate | undefined => {
  if (alert.raisedTo) return deps.consulateById(alert.raisedTo.id);
  const place = placeOf(alert, family, metersBy(deps));
  return place && deps.officeOfPlace(place);
};

/** Whether the last check found nobody at the office and at the ministry. What could not be read is no reason to say so. */
const isHeardByNobody = (
  { consularNotification, drill }: Alert,
  office: Consulate | undefined,
  found: OfficeReach | undefined,
): boolean => {
  if (!consularNotification || drill) return false;
  const ids = ['ministry', ...(office ? [office.id] : [])];
  return ids.every((id) => found?.offices[id]?.confirmed === 0);
};

/** Where the home decides, the family reads of no position: one that is not trusted is for officers alone. */
const forFamily = (deps: RaisedToFamilyDeps, alert: Alert, { person: { homePosition } }: Family): Alert => {
  const { position, ...rest } = alert;
  const place = decidingPlace(position, positionFactsOf(alert, homePosition, metersBy(deps)));
  return place.by === 'home' ? rest : alert;
};

/** The link that a message to a topic carries: it opens in the language of the message. */
export const linkOf = async (
  { linkFor }: RaisedToFamilyDeps,
  alert: Alert,
  { key, family }: FamilyTopic,
): Promise<string> =>
  linkFor({ kind: 'family', ...(key !== 'family' && { language: languageOfTopic(family, key) }) }, alert);

/** What a topic of the family is told of a press. @param offices who would hear, by the last check; absent: unknown */
export const writeRaised = async (
  deps: RaisedToFamilyDeps,
  alert: Alert,
  topic: FamilyTopic,
  offices: OfficeReach | undefined,
): Promise<Publication> => {
  const { family, key } = topic;
  const seen = shownAlert(alert);
  const consulate = officeForInformation(deps, seen, family);
  return composeRaisedForFamily({
    alert: forFamily(deps, seen, family),
    family,
    language: languageOfTopic(family, key),
    link: await linkOf(deps, alert, topic),
    desk: deps.desk,
    nobodyHears: isHeardByNobody(seen, consulate, offices),
    ...defined({ legalHelp: deps.legalHelp }),
    ...(consulate && { consulate }),
  });
};
