import type { Alert } from './alert.ts';
import { isHiddenFromDevices, isUntaken, toldOffices } from './alert.ts';
import { authorityKeys, pendingTo } from './deliveries.ts';
import { onAlert } from './case-event.ts';
import type { CaseChange, CaseStore } from './case.ts';
import type { Clock } from '../clock.ts';
import { defined } from '../defined.ts';
import { untilItHolds } from '../hold-still.ts';
import { joinsForMs, mostPressesJoined, pressedAgainEveryMs } from '../limits.ts';
import type { AlertReader } from './read-alert.ts';
import type { AlertState } from '../vocabulary.ts';

/** Which case a family's presses belong to. */
export type CaseHeads = {
  /** Id of the press that began the family's newest case. Strongly consistent. */
  newest(familyId: string): Promise<string | undefined>;
  /**
   * Makes a press that is not decided yet the beginning of a case of its own, and of the family's newest, if that is
   * still `newest`.
   */
  begin(press: Alert, newest: string | undefined): Promise<'applied' | 'conflict'>;
  /** The same whatever the family's newest case is, which stays. Harmless if the press is decided. */
  beginAlone(press: Alert): Promise<void>;
};

export type JoinCaseDeps = {
  readonly heads: CaseHeads;
  readonly alerts: Pick<AlertReader, 'get'>;
  readonly cases: Pick<CaseStore, 'apply'>;
  readonly now: Clock;
};

/** What a press is: a case of its own, or one more press of the case of `head`. `gone`: its family was erased. */
export type Placed =
  | { readonly kind: 'own'; readonly press: Alert }
  | { readonly kind: 'joined'; readonly press: Alert; readonly head: string }
  | { readonly kind: 'gone' };

/** Nothing but a person's real press with a phone that may see it ever joins, or is joined. */
const mayBelong = (press: Alert): boolean => !press.drill && !press.origin && !isHiddenFromDevices(press);

const joinable: ReadonlySet<AlertState> = new Set(['raised', 'acknowledged', 'locating']);

/** Whether a press is one more of a case: that is open as the phone sees it, young, and as much authorised. */
const joins = (press: Alert, head: Alert): boolean =>
  joinable.has(head.state) &&
  head.deviceView === undefined &&
  mayBelong(head) &&
  head.consularNotification === press.consularNotification &&
  Date.parse(press.raisedAt) - Date.parse(head.raisedAt) < joinsForMs &&
  (head.pressedAgain?.length ?? 0) < mostPressesJoined;

// An alert of before this was decided has no mark, and was told in full.
const isTold = ({ deliveries }: Alert): boolean =>
  Object.values(deliveries).some((delivery) => delivery && delivery.status !== 'pending');

const decided = (press: Alert): Placed | undefined => {
  if (press.joined) return { kind: 'joined', press, head: press.joined.headAlertId };
  return press.ownCase || isTold(press) || !mayBelong(press) ? { kind: 'own', press } : undefined;
};

/** Whether the family and officers hear of one more press now: at most once in 10 minutes. */
const tellsNow = ({ pressedAgainToldAt }: Alert, now: Date): boolean =>
  pressedAgainToldAt === undefined || now.getTime() - Date.parse(pressedAgainToldAt) >= pressedAgainEveryMs;

/** Since when nobody has the case once a press has joined it, if not since the press that began it. */
const untakenFrom = (press: Alert, head: Alert): string | undefined => {
  // Whoever took it may not be there any more, and has to hear of it.
  if (!isUntaken(head)) return press.raisedAt;
  // No step that is due is put off, nor by the later of two presses being handled first.
  return head.untakenSince ?? (press.raisedAt < head.raisedAt ? press.raisedAt : undefined);
};

/** The change of the case by which a press joins it. */
const joining = (press: Alert, head: Alert, now: Date): CaseChange => {
  const at = now.toISOString();
  const tells = tellsNow(head, now);
  const authorities = head.consularNotification ? authorityKeys(toldOffices(head)) : [];
  const { pressedAt, battery, note } = press;
  return {
    alert: head,
    set: {
      pressedAgain: [...(head.pressedAgain ?? []), { alertId: press.alertId, at: press.raisedAt }],
      ...(tells && { pressedAgainToldAt: at }),
      ...defined({ untakenSince: untakenFrom(press, head) }),
    },
    events: [
      {
        ...onAlert(head, now),
        type: 'alert.pressed-again.v1',
        // Follows from its cause, so that one press makes one event.
        eventId: `pressed-again.${press.alertId}`,
        by: { kind: 'person' },
        pressId: press.alertId,
        ...defined({ pressedAt, battery, note }),
        deliveries: tells ? pendingTo(['family', ...authorities]) : {},
      },
    ],
    presses: [
      {
        alertId: press.alertId,
        joins: true,
        // Told with the case, and never by itself.
        set: { joined: { headAlertId: head.alertId }, deliveries: {} },
      },
    ],
  };
};

/** An earlier case that cannot be read keeps nobody from hearing of this press. */
const headIn = async ({ alerts }: JoinCaseDeps, familyId: string, alertId: string): Promise<Alert | undefined> => {
  try {
    return await alerts.get(familyId, alertId);
  } catch {
    return undefined;
  }
};

const decide = async (
  deps: JoinCaseDeps,
  { press, newest }: { readonly press: Alert; readonly newest: string | undefined },
): Promise<Placed | 'conflict'> => {
  const head = newest === undefined ? undefined : await headIn(deps, press.familyId, newest);
  if (!head || !joins(press, head)) {
    const begun = await deps.heads.begin(press, newest);
    return begun === 'conflict' ? begun : { kind: 'own', press: { ...press, ownCase: defined({ after: newest }) } };
  }
  const joined = await deps.cases.apply(joining(press, head, deps.now()));
  return joined === 'conflict' ? joined : { kind: 'joined', press, head: head.alertId };
};

/**
 * Decides once whether a press begins a case or is one more press of the family's newest: whoever handles it first does,
 * before anybody is told, and the press itself remembers (ADR 023). If the family's cases change all the time, it begins
 * a case: rather told in full than late.
 *
 * @param seen as the stream or a read has it; it may be older than the decision
 */
export const placePress = async (deps: JoinCaseDeps, seen: Alert): Promise<Placed> => {
  const known = decided(seen);
  if (known) return known;
  // Both at once: nearly every press is not decided yet.
  const read = async () => {
    const [press, newest] = await Promise.all([
      deps.alerts.get(seen.familyId, seen.alertId),
      deps.heads.newest(seen.familyId),
    ]);
    return press && { press, newest };
  };
  const held = await untilItHolds<NonNullable<Awaited<ReturnType<typeof read>>>, Placed>(
    await read(),
    read,
    async (current) => decided(current.press) ?? decide(deps, current),
  );
  switch (held.kind) {
    case 'settled':
      return held.result;
    case 'gone':
      return { kind: 'gone' };
    case 'did-not-hold-still': {
      await deps.heads.beginAlone(held.last.press);
      const press = await deps.alerts.get(seen.familyId, seen.alertId);
      return (press && decided(press)) ?? { kind: 'gone' };
    }
  }
};

/**
 * The press that began the case of a press, decided first if nobody has: what is done with one press is done with the
 * case. `undefined`: it is gone.
 */
export const headOf = async (deps: JoinCaseDeps, press: Alert): Promise<Alert | undefined> => {
  const placed = await placePress(deps, press);
  if (placed.kind === 'gone') return undefined;
  return placed.kind === 'own' ? placed.press : deps.alerts.get(press.familyId, placed.head);
};
