import { defined } from '../defined.ts';
import { type AssignedConsulate, type Consulate, ministryOwns } from './consulate.ts';
import { type Districts, responsibleBeside } from './responsible-office.ts';
import type { TwoOffices } from './two-offices.ts';
import { type RankedConsulate, metersToNearest, nearestConsulates } from './nearest-consulates.ts';
import { locationBudgetMs } from '../limits.ts';
import { decidingPlace, type Position } from '../position.ts';

export type ConsulateSearch = {
  readonly position: Position;
  readonly exclude: ReadonlySet<string>;
  /** Our own distance to the nearest office: a hint for the radius, never part of the answer. */
  readonly expectedDistanceMeters: number;
  readonly signal: AbortSignal;
};

/** Amazon Location. It may throw, name an office that we do not know, know none (`undefined`), or never answer. */
export type ConsulateLocator = {
  nearest(search: ConsulateSearch): Promise<{ readonly consulateId: string } | undefined>;
};

/** Why our own distance decided. */
type FallbackReason = 'slow' | 'throttled' | 'refused' | 'empty' | 'unknown-office';

type Disagreement = { readonly ours: string; readonly extraMeters: number };

export type ChosenConsulate =
  | { readonly kind: 'not-authorised' }
  | {
      readonly kind: 'chosen';
      readonly assigned: AssignedConsulate;
      /** Where it is not the nearest. */
      readonly twoOffices?: TwoOffices;
      /** The nearest is told alone. */
      readonly districtFailed?: true;
      readonly fallbackReason?: FallbackReason;
      readonly disagreement?: Disagreement;
    };

export type ChooseConsulateDeps = Districts & {
  readonly locator: ConsulateLocator;
  readonly offices: readonly Consulate[];
  readonly timeoutMs?: number;
};

export type ChooseConsulateFacts = {
  readonly consularNotification: boolean;
  readonly position?: Position | undefined;
  readonly homePosition?: Position | undefined;
  /** When the button was pressed, else when the press was received: an old position is not trusted. ISO 8601 UTC. */
  readonly pressedAt: string;
  /** Of a case that goes on from these: the nearest of the others has it, whoever is responsible. */
  readonly exclude?: readonly string[];
};

type LocatorAnswer = { readonly id: string } | { readonly fallbackReason: FallbackReason };

const reasonOf = (fault: unknown): FallbackReason => {
  const name = fault instanceof Error ? fault.name : '';
  if (/throttl|too ?many/i.test(name)) return 'throttled';
  return /timeout|abort/i.test(name) ? 'slow' : 'refused';
};

const askLocator = async (
  locator: ConsulateLocator,
  search: Omit<ConsulateSearch, 'signal'>,
  timeoutMs: number,
): Promise<LocatorAnswer> => {
  const controller = new AbortController();
  const ask = async (): Promise<LocatorAnswer> => {
    try {
      const found = await locator.nearest({ ...search, signal: controller.signal });
      return found ? { id: found.consulateId } : { fallbackReason: 'empty' };
    } catch (fault) {
      return { fallbackReason: reasonOf(fault) };
    }
  };
  // The signal alone is not enough: a locator that ignores it must not hold up the alert.
  const { promise: tooLate, resolve } = Promise.withResolvers<LocatorAnswer>();
  const timer = setTimeout(() => {
    resolve({ fallbackReason: 'slow' });
    controller.abort();
  }, timeoutMs);
  try {
    return await Promise.race([ask(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
};

const decide = (
  answer: LocatorAnswer,
  ranked: readonly RankedConsulate[],
  nearest: RankedConsulate,
): {
  readonly office: RankedConsulate;
  readonly fallbackReason?: FallbackReason;
  readonly disagreement?: Disagreement;
} => {
  if ('fallbackReason' in answer) return { office: nearest, fallbackReason: answer.fallbackReason };
  const office = ranked.find(({ consulate }) => consulate.id === answer.id);
  if (!office) return { office: nearest, fallbackReason: 'unknown-office' };
  if (office === nearest) return { office };
  const extraMeters = office.distanceMeters - nearest.distanceMeters;
  return { office, disagreement: { ours: nearest.consulate.id, extraMeters } };
};

/** What the offices are ranked by, with the nearest first. */
type Ranked = {
  readonly from: Position;
  readonly isHome: boolean;
  readonly ranked: readonly RankedConsulate[];
  readonly nearest: RankedConsulate;
};

const rank = (offices: readonly Consulate[], facts: ChooseConsulateFacts): ChosenConsulate | Ranked => {
  if (!facts.consularNotification) return { kind: 'not-authorised' };
  const place = decidingPlace(facts.position, { ...facts, officeMeters: metersToNearest(offices) });
  if (place.by === 'nothing') return { kind: 'chosen', assigned: ministryOwns };
  const exclude = new Set(facts.exclude);
  const ranked = nearestConsulates(place.position, offices).filter(({ consulate }) => !exclude.has(consulate.id));
  const [nearest] = ranked;
  if (!nearest) return { kind: 'chosen', assigned: ministryOwns };
  return { from: place.position, isHome: place.by === 'home', ranked, nearest };
};

const conclude = (
  { districtAt }: Districts,
  facts: ChooseConsulateFacts,
  { from, isHome, ranked, nearest }: Ranked,
  answer: LocatorAnswer,
): ChosenConsulate => {
  const { office, ...report } = decide(answer, ranked, nearest);
  const asked = report.fallbackReason === undefined ? 'location' : 'great-circle';
  const found: AssignedConsulate = {
    id: office.consulate.id,
    distanceMeters: Math.round(office.distanceMeters),
    basis: isHome ? 'home' : asked,
  };
  const { twoOffices, failed } = facts.exclude ? {} : responsibleBeside(from, found, ranked, districtAt);
  return {
    kind: 'chosen',
    assigned: twoOffices?.responsible ?? found,
    ...defined({ twoOffices, districtFailed: failed }),
    ...report,
  };
};

/** What {@link chooseConsulate} would come to without the locator, at once: for whoever need not wait for it. */
export const chooseByDistance = (
  deps: Districts & { readonly offices: readonly Consulate[] },
  facts: ChooseConsulateFacts,
): ChosenConsulate => {
  const found = rank(deps.offices, facts);
  return 'kind' in found ? found : conclude(deps, facts, found, { fallbackReason: 'empty' });
};

/**
 * The locator decides if it answers in time with an office of ours, else our own distance over the same data. Without a
 * place, or when every office is excluded, the ministry's desk owns the alert. Where another office than the nearest is
 * responsible, that one is in charge, and the nearest stands beside it. Never rejects; takes at most `timeoutMs`.
 */
export const chooseConsulate = async (
  { locator, timeoutMs = locationBudgetMs, ...deps }: ChooseConsulateDeps,
  facts: ChooseConsulateFacts,
): Promise<ChosenConsulate> => {
  const found = rank(deps.offices, facts);
  if ('kind' in found) return found;
  const search = {
    position: found.from,
    exclude: new Set(facts.exclude),
    expectedDistanceMeters: found.nearest.distanceMeters,
  };
  return conclude(deps, facts, found, await askLocator(locator, search, timeoutMs));
};
