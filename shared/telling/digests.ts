import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CurrentCase } from '../domain/case/case.ts';
import { type OfficeRecipient, officeIdOf, officeWithId } from '../domain/case/links.ts';
import { caseIdOf } from '../domain/case/open-cases.ts';
import type { Clock } from '../domain/clock.ts';
import type { EventRef } from '../domain/event-ref.ts';
import { inParallel } from '../domain/in-parallel.ts';
import { casesADigest, claimLeaseMs, digestLateMs } from '../domain/limits.ts';
import { metersToNearest } from '../domain/offices/nearest-consulates.ts';
import type { SendOutcome } from './channel.ts';
import { type DigestRow, composeDigest, digestRow } from './compose-digest.ts';
import { type DeliveryResult, conclude } from './deliver.ts';
import type { DigestEntry, DigestStore } from './digest-store.ts';
import { mayMail } from './mail-limit.ts';
import type { StoredEvent } from './stored-event.ts';
import { type Occasion, followUpOf } from './follow-up.ts';
import type { TellOfficesDeps } from './to-offices.ts';
import { recipientOf } from './office-letter.ts';

export type DigestDeps = {
  readonly digests: DigestStore;
  readonly due: { readonly read: (ref: EventRef) => Promise<StoredEvent | undefined> };
  readonly offices: TellOfficesDeps;
  readonly newId: () => string;
  readonly now: Clock;
};

/** What became of an office's digests. */
export type DigestHappening =
  | {
      readonly kind: 'digest';
      readonly officeId: string;
      readonly cases: number;
      readonly told: readonly ToldByDigest[];
    }
  | { readonly kind: 'digest-failed'; readonly officeId: string; readonly cause: unknown }
  /** Something has waited too long, whatever the reason. `seconds`: the oldest. */
  | { readonly kind: 'digest-late'; readonly officeId: string; readonly waiting: number; readonly seconds: number };

type ToldByDigest = { readonly ref: EventRef; readonly result: DeliveryResult };

/** One message that waits, with what it was about. */
type Told = { readonly entry: DigestEntry; readonly occasion: Occasion };

/** One case of a digest. `entries`: all that is done with, when the digest is out; some may have been told meanwhile. */
type Prepared = { readonly row?: DigestRow; readonly told: readonly Told[]; readonly entries: readonly DigestEntry[] };

// Enough to be done within seconds, few enough for a table that other things are read from.
const atOnce = 20;

/** What waits, by case: where somebody is forced first, then the oldest. */
const byCase = (entries: readonly DigestEntry[]): readonly (readonly DigestEntry[])[] => {
  const cases = Map.groupBy(entries, ({ ref }) => caseIdOf(ref));
  const isUrgent = (own: readonly DigestEntry[]): boolean => own.some(({ urgent }) => urgent);
  return [...cases.values()].toSorted((one, other) => Number(isUrgent(other)) - Number(isUrgent(one)));
};

/** What an entry is about, if people are still to be told of it. */
const occasionOf = async (
  { due }: DigestDeps,
  { ref, destination }: DigestEntry,
  { alert }: CurrentCase,
): Promise<Occasion | undefined> => {
  if (ref.eventId === undefined) {
    return alert.deliveries[destination]?.status === 'pending' ? { kind: 'press', alert } : undefined;
  }
  const stored = await due.read(ref);
  if (stored?.kind !== 'event' || stored.event.deliveries[destination]?.status !== 'pending') return undefined;
  return { kind: 'event', event: stored.event };
};

const eventsOf = (told: readonly Told[]): readonly CaseEvent[] =>
  told.flatMap(({ occasion }) => (occasion.kind === 'event' ? [occasion.event] : []));

/** A case that is gone, or of which all was told, has no row. */
const prepare = async (
  deps: DigestDeps,
  office: OfficeRecipient,
  entries: readonly DigestEntry[],
): Promise<Prepared> => {
  const [{ ref } = { ref: undefined }] = entries;
  const current = ref && (await deps.offices.cases.readCurrent(ref.familyId, ref.alertId));
  if (!current) return { told: [], entries };
  const found = await Promise.all(
    entries.map(async (entry) => ({ entry, occasion: await occasionOf(deps, entry, current) })),
  );
  const told = found.flatMap(({ entry, occasion }) => (occasion ? [{ entry, occasion }] : []));
  if (told.length === 0) return { told, entries };
  const { alert, family } = current;
  const link = await deps.offices.linkFor(office, alert);
  const press = told.some(({ occasion }) => occasion.kind === 'press');
  const { consulateById, desk, openConsulates } = deps.offices;
  const facts = { consulateById, desk, officeMeters: metersToNearest(openConsulates) };
  return { row: digestRow({ alert, family, press, events: eventsOf(told), link }, facts), told, entries };
};

/** Publishes one digest. @returns `undefined` if there is nothing to say any more */
const send = async (
  { offices, newId, now }: DigestDeps,
  office: OfficeRecipient,
  prepared: readonly Prepared[],
): Promise<SendOutcome | undefined> => {
  const rows = prepared.flatMap(({ row }) => row ?? []);
  const recipient = recipientOf(offices, office);
  if (!recipient) return { kind: 'refused', reason: 'no-such-office' };
  const [first] = rows;
  if (!first) return undefined;
  const publication = composeDigest(recipient, rows, { drill: first.alert.drill, digestId: newId(), now: now() });
  return offices.channel.send({ officeId: officeIdOf(office) }, { ...publication, mail: 'digest' });
};

/** Ends each delivery that the digest made, one whatever becomes of the others; one that cannot be ended stays. */
const settle = async (
  { digests, offices }: DigestDeps,
  officeId: string,
  prepared: readonly Prepared[],
  outcome: SendOutcome,
): Promise<readonly ToldByDigest[]> => {
  const ending = officeId === 'ministry' ? {} : { officeId };
  const unended = new Set<DigestEntry>();
  const told = await inParallel(
    prepared.flatMap((one) => one.told),
    atOnce,
    async ({ entry, occasion }): Promise<ToldByDigest> => {
      const { ref, destination } = entry;
      const letter = { ...ending, whenUnreachable: async () => followUpOf(offices, occasion, officeId) };
      try {
        return { ref, result: await conclude(offices, { ref, destination }, letter, outcome) };
      } catch (cause) {
        unended.add(entry);
        return { ref, result: { destination, kind: 'failed', cause } };
      }
    },
  );
  await digests.remove(
    officeId,
    prepared.flatMap(({ entries }) => entries).filter((entry) => !unended.has(entry)),
  );
  return told;
};

type Work = {
  readonly officeId: string;
  readonly claimId: string;
  /** Cases that wait, in order; taken from as digests go out. */
  waiting: readonly (readonly DigestEntry[])[];
  readonly happened: DigestHappening[];
};

/** One case that cannot be written keeps no other from being told: it stays, and is late. */
const prepareAll = async (deps: DigestDeps, work: Work, cases: Work['waiting']): Promise<readonly Prepared[]> => {
  const office = officeWithId(work.officeId);
  return inParallel(cases, atOnce, async (entries) =>
    prepare(deps, office, entries).catch((cause: unknown): Prepared => {
      work.happened.push({ kind: 'digest-failed', officeId: work.officeId, cause });
      return { told: [], entries: [] };
    }),
  );
};

/** Digests of real cases, or of drills, until all is told or the topic has had enough; the rest is the next round's. */
const tellAll = async (deps: DigestDeps, work: Work): Promise<void> => {
  const { officeId, claimId } = work;
  let most = casesADigest;
  let mayGo = false;
  while (work.waiting.length > 0) {
    mayGo ||= (await mayMail(deps.offices.mailLimit, [{ officeId }], ['digest'], deps.now())).has(officeId);
    const isOurs = mayGo && (await deps.digests.claim(officeId, { now: deps.now(), leaseMs: claimLeaseMs, claimId }));
    if (!isOurs) return;
    const cases = work.waiting.slice(0, most);
    const prepared = await prepareAll(deps, work, cases);
    const outcome = await send(deps, officeWithId(officeId), prepared);
    if (outcome?.kind === 'refused' && cases.length > 1) {
      // Too long, or one that SNS will not take: half of it goes.
      most = Math.ceil(cases.length / 2);
      continue;
    }
    const told = outcome ? await settle(deps, officeId, prepared, outcome) : [];
    if (!outcome)
      await deps.digests.remove(
        officeId,
        prepared.flatMap(({ entries }) => entries),
      );
    work.waiting = work.waiting.slice(cases.length);
    mayGo = outcome === undefined;
    if (outcome) work.happened.push({ kind: 'digest', officeId, cases: prepared.length, told });
  }
};

/** How long the oldest has waited. */
const waitedMs = (entries: readonly DigestEntry[], now: Date): number =>
  Math.max(0, ...entries.map(({ gatheredAt }) => now.getTime() - Date.parse(gatheredAt)));

const tellOffice = async (deps: DigestDeps, officeId: string): Promise<readonly DigestHappening[]> => {
  const claimId = deps.newId();
  const happened: DigestHappening[] = [];
  if (!(await deps.digests.claim(officeId, { now: deps.now(), leaseMs: claimLeaseMs, claimId }))) return happened;
  try {
    const entries = await deps.digests.entries(officeId);
    for (const drill of [false, true]) {
      const waiting = byCase(entries.filter((entry) => entry.drill === drill));
      await tellAll(deps, { officeId, claimId, waiting, happened });
    }
  } catch (cause) {
    happened.push({ kind: 'digest-failed', officeId, cause });
  }
  const left = await deps.digests.entries(officeId);
  const waited = waitedMs(left, deps.now());
  if (waited > digestLateMs)
    happened.push({ kind: 'digest-late', officeId, waiting: left.length, seconds: waited / 1000 });
  await deps.digests.release(officeId, claimId);
  return happened;
};

/**
 * Tells people of each office what was too much for mails of its own: one digest for all of it, within a minute. A digest
 * that cannot go out leaves what it would have told pending, and the next round tries again; after a crash between its
 * publishing and its record it is sent again.
 */
export const tellDigests = async (deps: DigestDeps): Promise<readonly DigestHappening[]> => {
  const offices = await deps.digests.offices(deps.now());
  const happened = await inParallel(offices, atOnce, async (officeId) =>
    tellOffice(deps, officeId).catch((cause: unknown): readonly DigestHappening[] => [
      { kind: 'digest-failed', officeId, cause },
    ]),
  );
  return happened.flat();
};
