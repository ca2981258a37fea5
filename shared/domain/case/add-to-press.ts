import * as v from 'valibot';
import { onAlert } from './case-event.ts';
import type { CaseChange, CaseStore } from './case.ts';
import type { CaseHeads } from './join-case.ts';
import { headOf } from './join-case.ts';
import type { Alert } from './alert.ts';
import type { AlertReader } from './read-alert.ts';
import type { FollowDeps } from './record-positions.ts';
import { followPress } from './record-positions.ts';
import type { FamilyReader } from '../family/family.ts';
import { DidNotHoldStillError, untilItHolds } from '../hold-still.ts';
import { positionSchema } from '../position-schema.ts';
import type { Addition } from '../press/addition.ts';

export const additionSchema = v.object({
  familyId: v.string(),
  alertId: v.string(),
  at: v.string(),
  position: v.exactOptional(positionSchema),
  note: v.exactOptional(v.string()),
}) satisfies v.GenericSchema<unknown, Addition>;

export type AddToPressDeps = FollowDeps & {
  readonly alerts: Pick<AlertReader, 'get'>;
  readonly cases: Pick<CaseStore, 'apply'>;
  readonly heads: CaseHeads;
  readonly families: FamilyReader;
};

/** The note on the press, and an entry on the timeline of its case; in every state, so that both PINs write alike. */
const noted = (deps: AddToPressDeps, press: Alert, head: Alert, note: string): CaseChange => {
  const now = deps.now();
  return {
    alert: press,
    set: { note },
    events: [
      {
        ...onAlert(head, now),
        type: 'alert.noted.v1',
        eventId: `added.${now.toISOString()}.${deps.newId()}`,
        by: { kind: 'person' },
        text: note,
        deliveries: {},
      },
    ],
    // The case may be closed and forgotten before the usual time of an event is over.
    forgetEventsAt: new Date(now.getTime() + deps.retentionMs),
  };
};

/** @throws {DidNotHoldStillError} it stays due */
const addNote = async (deps: AddToPressDeps, found: Alert, head: Alert, note: string): Promise<void> => {
  const readAgain = async () => deps.alerts.get(found.familyId, found.alertId);
  const held = await untilItHolds(found, readAgain, async (press) => {
    // By the record: it was added before, and its writer died or the stream repeats itself.
    if (press.note !== undefined) return undefined;
    const applied = await deps.cases.apply(noted(deps, press, head, note));
    return applied === 'conflict' ? applied : undefined;
  });
  if (held.kind === 'did-not-hold-still') throw new DidNotHoldStillError('The press did not hold still for its note.');
};

/**
 * Applies what a repeated press brought: the position as one that the phone sent after the press, the note as if it had
 * come with the first. Twice does no harm. Nobody is told of the note by itself: it is in the next message, and on the
 * page.
 */
export const addToPress = async (deps: AddToPressDeps, { position, note, ...addition }: Addition): Promise<void> => {
  const [press, family] = await Promise.all([
    deps.alerts.get(addition.familyId, addition.alertId),
    deps.families.get(addition.familyId),
  ]);
  const head = press && family && (await headOf(deps, press));
  if (!head) return;
  if (note !== undefined) await addNote(deps, press, head, note);
  if (!position) return;
  const point = { measuredAt: addition.at, ...position };
  await followPress(deps, press, head.alertId, { homePosition: family.person.homePosition, point });
};
