import { mayOpen } from './act-on-case.ts';
import type { Alert } from './alert.ts';
import { goesOnInSecret } from './alert.ts';
import type { CaseStore, CurrentCase } from './case.ts';
import type { IncidentStore } from './incident.ts';
import type { LinkRecipient } from './links.ts';

export type CasesNearDeps = {
  readonly cases: Pick<CaseStore, 'readCurrent'>;
  readonly incidents: Pick<IncidentStore, 'members'>;
};

/** Cases that a reader of a case is pointed to: those that they may open, and no others. */
export type CasesNear = {
  /** Of the same incident, newest first. */
  readonly incident: readonly CurrentCase[];
  /** The same person's case before this one, if it goes on in secret. */
  readonly earlier?: CurrentCase;
};

/** So many others are read for a page. */
const mostShown = 50;

const ofIncident = async (
  { cases, incidents }: CasesNearDeps,
  { alertId, incident }: Alert,
): Promise<readonly CurrentCase[]> => {
  if (!incident) return [];
  const members = (await incidents.members(incident.id)).filter((member) => member.alertId !== alertId);
  const read = await Promise.all(
    members.slice(0, mostShown).map(async (member) => cases.readCurrent(member.familyId, member.alertId)),
  );
  return read.flatMap((found) => (found?.alert.incident?.id === incident.id ? [found] : []));
};

/** Reads them. A fault keeps nobody from the case itself: then there are none. */
export const casesNear = async (deps: CasesNearDeps, reader: LinkRecipient, alert: Alert): Promise<CasesNear> => {
  const { familyId, ownCase } = alert;
  const isFor = (found: CurrentCase): boolean => mayOpen(reader, found.alert);
  try {
    const [incident, earlier] = await Promise.all([
      ofIncident(deps, alert),
      ownCase?.after === undefined ? undefined : deps.cases.readCurrent(familyId, ownCase.after),
    ]);
    const isShown = earlier && goesOnInSecret(earlier.alert) && isFor(earlier);
    return { incident: incident.filter(isFor), ...(isShown && { earlier }) };
  } catch {
    return { incident: [] };
  }
};
