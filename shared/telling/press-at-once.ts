import type { Alert } from '../domain/case/alert.ts';
import type { CaseStore } from '../domain/case/case.ts';
import { type DeliveryKey, officeOf } from '../domain/case/deliveries.ts';
import { officeWithId } from '../domain/case/links.ts';
import type { EscalateDeps } from '../domain/case/pass-on.ts';
import { defined } from '../domain/defined.ts';
import type { Family } from '../domain/family/family.ts';
import { claimLeaseMs } from '../domain/limits.ts';
import type { ChosenConsulate } from '../domain/offices/choose-consulate.ts';
import { type OfficeReach, reachedByCheck } from './check-offices.ts';
import type { DeliverDeps, DeliveryResult, OfficesOfPress, PressDeliveryStore } from './deliver.ts';
import { deliver } from './deliver.ts';
import { type Occasion, followUpOf } from './follow-up.ts';
import { mayMail } from './mail-limit.ts';
import { type NearbyDeps, lookNearby, placeIn } from './nearby.ts';
import { type LetterDeps, aboutPress, countedAs, letterTo } from './office-letter.ts';
import type { PressStart } from './press-start.ts';
import { type PressFacts, type PressWriterDeps, earlierUnderDuress, pressWriter } from './press-writer.ts';
import { settlingTogether } from './settle-together.ts';

export type AtOnceDeps = DeliverDeps &
  EscalateDeps &
  LetterDeps &
  NearbyDeps &
  PressWriterDeps & {
    readonly cases: Pick<CaseStore, 'readCurrent' | 'apply'>;
    readonly deliveries: PressDeliveryStore;
    readonly start: PressStart;
  };

/** A press that nobody has handled. `expected`: its offices by our own distance; `search`: what Amazon Location says. */
export type FreshPress = {
  /** As the stream has it, and as it was decided to begin a case. */
  readonly alert: Alert;
  readonly decided: Alert;
  readonly family: Family;
  readonly expected: OfficesOfPress;
  readonly search: Promise<ChosenConsulate>;
  /** What the watchman's last check found of offices; `undefined`: unknown. */
  readonly reach: OfficeReach | undefined;
};

const idsOf = ({ chosen, twoOffices }: OfficesOfPress): readonly string[] => [
  chosen.id,
  ...(twoOffices ? [twoOffices.nearest.id] : []),
];

const keysOf = ({ twoOffices }: OfficesOfPress): readonly DeliveryKey[] => [
  'consulate',
  ...(twoOffices ? [`consulate:${twoOffices.nearest.id}` as const] : []),
];

const isSame = (one: OfficesOfPress, other: OfficesOfPress): boolean => idsOf(one).join() === idsOf(other).join();

type Links = ReadonlyMap<string, string>;

/** The offices by Amazon Location, and what their messages need. */
type Brought = { readonly offices: OfficesOfPress; readonly links: Links };

/**
 * Where Location names another office than was expected, the press is brought there instead, unless somebody has done
 * anything about the case: they were told of the office that is recorded.
 */
const bringTo = async (
  deps: AtOnceDeps,
  claimed: Alert,
  { expected, search }: FreshPress,
  links: Links,
): Promise<Brought> => {
  const answer = await search;
  if (answer.kind !== 'chosen') return { offices: expected, links };
  const found: OfficesOfPress = { chosen: answer.assigned, ...defined({ twoOffices: answer.twoOffices }) };
  if (isSame(found, expected)) return { offices: found, links };
  const ref = { familyId: claimed.familyId, alertId: claimed.alertId };
  const from = { ...expected, ...defined({ revision: claimed.revision }) };
  const lease = { now: deps.now(), leaseMs: claimLeaseMs };
  if (!(await deps.deliveries.changeOffices(ref, from, found, lease))) return { offices: expected, links };
  const more = await deps.start.write(
    claimed,
    idsOf(found).filter((id) => !links.has(id)),
  );
  await deps.start.unlist(
    claimed,
    idsOf(expected).filter((id) => !idsOf(found).includes(id)),
  );
  return { offices: found, links: new Map([...links, ...more]) };
};

/** What is known while a press is told: `latest` are its offices by then. */
type Telling = {
  readonly deps: AtOnceDeps;
  readonly press: FreshPress;
  readonly claimed: Alert;
  readonly links: Links;
  /** To which of the offices that were expected a mail of its own may go. */
  readonly mails: Promise<ReadonlySet<string>>;
  readonly knowing: Promise<Pick<PressFacts, 'earlierUnderDuress' | 'nearby'>>;
  readonly together: ReturnType<typeof settlingTogether>;
  readonly latest: () => OfficesOfPress;
};

const mayMailTo = async ({ deps, press, links, mails }: Telling, officeId: string): Promise<boolean> => {
  if (links.has(officeId)) return (await mails).has(officeId);
  const counted = countedAs({ kind: 'press', alert: press.alert });
  return (await mayMail(deps.mailLimit, [{ officeId }], counted, deps.now())).has(officeId);
};

const tell = async (telling: Telling, key: DeliveryKey, officeId: string, link: string): Promise<DeliveryResult> => {
  const { deps, press, knowing, together, latest } = telling;
  const { alert, family } = press;
  const ref = { familyId: alert.familyId, alertId: alert.alertId };
  const occasion: Occasion = { kind: 'press', alert };
  const [known, alone] = await Promise.all([knowing, mayMailTo(telling, officeId)]);
  const reached = press.reach && reachedByCheck(press.reach, officeId, deps.now());
  const about = { ...aboutPress(alert, known), prepared: { link, alone, ...defined({ reached }) } };
  const letter = letterTo(deps, officeWithId(officeId), about, (...to) => {
    const { chosen, twoOffices } = latest();
    return pressWriter(deps, { alert, family, ...known, assigned: chosen }, twoOffices)(...to);
  });
  const whenUnreachable = async () => {
    // It goes on by the basis that Location gave.
    await deps.deliveries.settlePress(ref, new Map(), latest());
    return followUpOf(deps, occasion, officeId);
  };
  // If nobody listens at the nearest, the responsible office has the case all the same.
  const whole = key === 'consulate' ? { ...letter, whenUnreachable } : letter;
  const address = { ref, destination: key, isClaimed: true };
  const result = await deliver({ ...deps, deliveries: together.store }, address, () => whole);
  if (result.kind !== 'sent') together.without(key);
  return result;
};

/** Tells each, once all is there that the messages need. */
const tellAll = async (
  given: Pick<Telling, 'deps' | 'press' | 'claimed' | 'links' | 'mails'>,
): Promise<DeliveryResult[]> => {
  const { deps, press, claimed, links } = given;
  const { alert, decided, family, expected } = press;
  let latest = expected;
  const together = settlingTogether(['ministry', ...keysOf(expected)], {
    store: deps.deliveries,
    ref: { familyId: alert.familyId, alertId: alert.alertId },
    offices: () => (JSON.stringify(latest) === JSON.stringify(expected) ? undefined : latest),
    // Its entries in lists may have come after those of the closing. One that is left costs its reader a look.
    whenSettled: async ({ state, revision }) => {
      if (state !== 'closed' || claimed.state === 'closed') return;
      const listed = ['ministry', ...idsOf(latest)];
      await deps.start.unlist({ ...claimed, ...defined({ revision }) }, listed).catch(() => undefined);
    },
  });
  const knowing = Promise.all([
    earlierUnderDuress(deps, decided),
    lookNearby(deps, alert, family, { isLeft: true }),
  ]).then(([earlier, nearby]) => ({ ...earlier, ...defined({ nearby }) }));
  const telling: Telling = { ...given, knowing, together, latest: () => latest };
  const tellOffices = async (): Promise<DeliveryResult[]> => {
    try {
      const brought = await bringTo(deps, claimed, press, links);
      latest = brought.offices;
      const keys = keysOf(latest);
      together.waitFor(['ministry', ...keys]);
      return await Promise.all(
        keys.map(async (key) => {
          const officeId = officeOf(key) ?? latest.chosen.id;
          return tell(telling, key, officeId, brought.links.get(officeId) ?? '');
        }),
      );
    } catch (cause) {
      // What was claimed comes back with its lease.
      together.waitFor(['ministry']);
      return [{ destination: 'consulate', kind: 'failed', cause }];
    }
  };
  const ministry = tell(telling, 'ministry', 'ministry', links.get('ministry') ?? '');
  return [...(await tellOffices()), await ministry];
};

/**
 * Tells office and ministry of a press that nobody has handled, with as few calls as there can be: all is claimed in one
 * write and recorded in one, and what the messages need is written in one. The office is the one that our own distance
 * expects, recorded before anybody is told, so that a repeat writes to the same; Amazon Location, which the ministry does
 * not wait for, decides in the end, and names the same in nearly all cases.
 * @returns `undefined`: somebody has handled it, or the table did not take all at once
 */
export const tellAtOnce = async (deps: AtOnceDeps, press: FreshPress): Promise<DeliveryResult[] | undefined> => {
  const { alert, family, expected } = press;
  const ref = { familyId: alert.familyId, alertId: alert.alertId };
  const lease = { now: deps.now(), leaseMs: claimLeaseMs };
  const claimed = await deps.deliveries.claimPress(ref, expected, lease).catch(() => undefined);
  if (!claimed) return undefined;
  const offices = ['ministry', ...idsOf(expected)];
  const topics = offices.map((officeId) => ({ officeId }));
  const mails = mayMail(deps.mailLimit, topics, countedAs({ kind: 'press', alert }), deps.now());
  try {
    const links = await deps.start.write(claimed, offices, placeIn(deps, alert, family));
    return await tellAll({ deps, press, claimed, links, mails });
  } catch (cause) {
    const keys = ['ministry', ...keysOf(expected)] as const;
    // What cannot be given back comes back with its lease.
    await Promise.allSettled(keys.map(async (key) => deps.deliveries.release(ref, key)));
    return keys.map((destination) => ({ destination, kind: 'failed', cause }));
  }
};
