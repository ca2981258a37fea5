import { type Alert, goesOnInSecret } from '../domain/case/alert.ts';
import { knownPosition } from '../domain/case/alert-position.ts';
import type { AlertReader } from '../domain/case/read-alert.ts';
import type { Clock } from '../domain/clock.ts';
import { defined } from '../domain/defined.ts';
import { forcedEventOf } from '../domain/family/duress-signal.ts';
import type { Consulate, MinistryDesk } from '../domain/offices/consulate.ts';
import { metersToNearest } from '../domain/offices/nearest-consulates.ts';
import { type TwoOffices, sharedBy } from '../domain/offices/two-offices.ts';
import { caseMessageFacts } from './case-message.ts';
import { composeCaseEventForAuthority } from './compose-case-event-for-authority.ts';
import { composeRaisedForAuthority } from './compose-raised-for-authority.ts';
import type { Write } from './office-letter.ts';
import { type RaisedForAuthorityFacts, withKnownPosition } from './raised-message.ts';

export type PressWriterDeps = {
  readonly now: Clock;
  readonly alerts: Pick<AlertReader, 'get'>;
  readonly openConsulates: readonly Consulate[];
  readonly consulateById: (id: string) => Consulate | undefined;
  readonly desk: MinistryDesk;
};

/** The case before a press, if it goes on in secret. What cannot be read keeps nobody from hearing of the press. */
export const earlierUnderDuress = async (
  { alerts }: PressWriterDeps,
  { familyId, ownCase }: Alert,
): Promise<Pick<RaisedForAuthorityFacts, 'earlierUnderDuress'>> => {
  if (ownCase?.after === undefined) return {};
  try {
    const earlier = await alerts.get(familyId, ownCase.after);
    return earlier && goesOnInSecret(earlier) ? { earlierUnderDuress: earlier } : {};
  } catch {
    return {};
  }
};

export type PressFacts = Pick<
  RaisedForAuthorityFacts,
  'alert' | 'family' | 'assigned' | 'earlierUnderDuress' | 'nearby'
>;

/** What is written of a press to each whom it is told, with the office that is on the record. */
export const pressWriter = (
  deps: PressWriterDeps,
  { alert, ...facts }: PressFacts,
  twoOffices: TwoOffices | undefined,
): Write => {
  const { consulateById, desk } = deps;
  const consulate = consulateById(facts.assigned.id);
  const officeMeters = metersToNearest(deps.openConsulates);
  // The message that others get in the case that they have.
  if (alert.origin?.kind === 'duress-change') {
    const current = { alert: { ...alert, consulate: facts.assigned }, family: facts.family };
    return (recipient, link) => {
      const known = { consulateById, officeMeters, desk, now: deps.now(), link };
      return composeCaseEventForAuthority(recipient, caseMessageFacts(current, forcedEventOf(alert), known));
    };
  }
  // Of the press alone: where the phone went since is told by messages of its own.
  const { lastPosition: _later, twoOffices: _since, ...pressed } = alert;
  const known = knownPosition(pressed, facts.family, officeMeters);
  const told = { ...pressed, ...defined({ twoOffices: sharedBy(facts.assigned, twoOffices) }) };
  return (recipient, link) =>
    composeRaisedForAuthority(recipient, {
      ...facts,
      ...withKnownPosition(told, known),
      ...(consulate && { consulate }),
      consulateById,
      desk,
      link,
      now: deps.now(),
    });
};
