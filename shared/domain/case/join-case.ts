import type { Alert } from './alert.ts';
import { isHiddenFromDevices, isUntaken, toldOffices } from './alert.ts';
import type { Claims, DeliveryKey } from './deliveries.ts';
import { authorityKeys, pendingTo } from './deliveries.ts';
import { onAlert } from './case-event.ts';
import type { CaseChange, CaseStore } from './case.ts';
import type { Clock } from '../clock.ts';
import { defined } from '../defined.ts';
import { untilItHolds } from '../hold-still.ts';
import { casesToldPerDay, joinsForMs, mostPressesJoined, pressedAgainEveryMs } from '../limits.ts';
import type { AlertReader } from './read-alert.ts';
import type { ToldToday } from './told-today.ts';
import { changed, heardOf } from './told-today.ts';
import type { AlertState } from '../vocabulary.ts';

/**
 * A family's cases. `newest`: id of the press that began the newest; `heard`: what the family heard of the cases of a day;
 * `forgotten`: days of which nobody asks any more.
 */
export type FamilyCases = {
  readonly newest?: string;
  readonly heard?: ToldToday;
  readonly forgotten?: readonly string[];
};

/** Which case a family's presses belong to. */
export type CaseHeads = {
  /** As they are for a press. Strongly consistent. */
  read(press: Pick<Alert, 'familyId' | 'raisedAt'>): Promise<FamilyCases>;
  /**
   * Makes a press that is not decided yet the beginning of a case of its own, and of the family's newest, if its cases are
   * as they were read. In the same write, `heard` is what the family hears of the day's cases, and its topics are claimed.
   */
  begin(
    press: Alert,
    before: FamilyCases,
    after: { readonly heard: ToldToday; readonly claims?: Claims },
  ): Promise<'applied' | 'conflict'>;
  /** The same whatever the family's newest case is, which stays. Harmless if the press is decided. */
  beginAlone(press: Alert): Promise<void>;
};

export type JoinCaseDeps = {
  readonly heads: CaseHeads;
  readonly alerts: Pick<AlertReader, 'get'>;
  readonly cases: Pick<CaseStore, 'apply'>;
  readonly now: Clock;
};

/**
 * What a press is: a case of its own, or one more press of the case of `head`. `gone`: its family was erased. `heard`: what
 * the family heard of the day by now, as far as it was read; `claimed`: topics that are claimed with the decision.
 */
export type Placed =
  | {
      readonly kind: 'own';
      readonly press: Alert;
      readonly heard?: ToldToday;
      readonly claimed?: readonly DeliveryKey[];
    }
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

const decided = (press: Alert, heard?: ToldToday): Placed | undefined => {
  if (press.joined) return { kind: 'joined', press, head: press.joined.headAlertId };
  const isOwn = press.ownCase !== undefined || isTold(press) || !mayBelong(press);
  return isOwn ? { kind: 'own', press, ...defined({ heard }) } : undefined;
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

/** A read costs less than two transactions that meet. */
const othersAreLookedFor = 2;

/** The claims of whoever handles a press, where its family is to be told at once. */
type Claiming = () => Promise<Claims | undefined>;

/**
 * What a case that begins is counted as. One of the day's first is told at once, so that its claim needs no write of its own;
 * any other waits for whoever tells the family.
 */
const beginning = async ({ now }: JoinCaseDeps, press: Alert, { heard }: FamilyCases, claiming: Claiming) => {
  const { hearing, after } = heardOf(
    heard,
    { id: press.alertId, at: press.raisedAt, isOver: false, takesTurn: false },
    { now: now(), most: casesToldPerDay },
  );
  const claims = hearing === 'full' ? await claiming() : undefined;
  return { heard: after ?? changed(heard), ...defined({ claims }) };
};

const decide = async (
  deps: JoinCaseDeps,
  { press, cases }: { readonly press: Alert; readonly cases: FamilyCases },
  claiming: Claiming,
): Promise<Placed | 'conflict'> => {
  const { newest } = cases;
  const head = newest === undefined ? undefined : await headIn(deps, press.familyId, newest);
  if (!head || !joins(press, head)) {
    const { heard, claims } = await beginning(deps, press, cases, claiming);
    const begun = await deps.heads.begin(press, cases, { heard, ...defined({ claims }) });
    if (begun === 'conflict') return begun;
    const own = { ...press, ownCase: defined({ after: newest }) };
    return { kind: 'own', press: own, heard, ...defined({ claimed: claims?.keys }) };
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
 * @param options.claiming what is claimed in the same write, if the press begins a case and is told at once
 * @param options.leaveToOthers twice so long somebody else may decide, who is about to; `meanwhile` is called if nothing is there
 * that the press could join
 */
export const placePress = async (
  deps: JoinCaseDeps,
  seen: Alert,
  {
    claiming = async () => undefined,
    leaveToOthers,
  }: {
    readonly claiming?: Claiming;
    readonly leaveToOthers?: { readonly ms: number; readonly meanwhile: () => void };
  } = {},
): Promise<Placed> => {
  const known = decided(seen);
  if (known) return known;
  // Both at once: nearly every press is not decided yet.
  const read = async () => {
    const [press, cases] = await Promise.all([deps.alerts.get(seen.familyId, seen.alertId), deps.heads.read(seen)]);
    return press && { press, cases };
  };
  let first = await read();
  for (let looks = 0; looks < othersAreLookedFor; looks += 1) {
    if (!leaveToOthers || !first || decided(first.press)) break;
    const waiting = new Promise((resolve) => setTimeout(resolve, leaveToOthers.ms));
    if (first.cases.newest === undefined) leaveToOthers.meanwhile();
    await waiting;
    first = await read();
  }
  const held = await untilItHolds<NonNullable<Awaited<ReturnType<typeof read>>>, Placed>(
    first,
    read,
    async (current) => decided(current.press, current.cases.heard) ?? decide(deps, current, claiming),
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
