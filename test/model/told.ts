import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import { nameOf } from './play-search.ts';
import type { Expected, Rules, State } from './reference.ts';
import type { Destination, Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';
import { destinations } from './trouble.ts';

/* How far the messages about a case have come in the world, and what is broken meanwhile. */

export type Told = {
  readonly event: string;
  /** Of the event's deliveries; the press names its office only by `consulate`. */
  readonly key: string;
  /** Nobody yet while the office of a press is not chosen. */
  readonly to: Destination | undefined;
  readonly status: string;
};

/** Deliveries of the press and of each later event, as they are. */
export const deliveriesOf = (world: Stage): Told[] => {
  const alert = world.alert();
  const ofPress = Object.entries(alert?.deliveries ?? {}).map(([key, delivery]) => ({
    event: 'raised',
    key,
    to: (key === 'consulate' ? (delivery?.id ?? alert?.raisedTo?.id) : nameOf(key)) as Destination | undefined,
    status: delivery?.status ?? '',
  }));
  const later = world.events().flatMap(({ eventId, deliveries }) =>
    Object.entries(deliveries).map(([key, delivery]) => ({
      event: eventId,
      key,
      to: nameOf(key) as Destination,
      status: delivery?.status ?? '',
    })),
  );
  return [...ofPress, ...later];
};

export const refOf = ({ event, key }: Told): string => `${event} to ${key}`;

export const sorted = (values: Iterable<string>): string[] => [...values].toSorted();

/** To whom a message may go twice: what became of it is not known. */
const repeatable = ({ faults }: Stage): ReadonlySet<Destination> => {
  const lost = [...faults.publishing].flatMap(([to, mode]) => (mode === 'answer-lost' ? [to] : []));
  return new Set(faults.writes > 0 ? destinations : lost);
};

export type Trouble = { readonly broken: boolean; readonly repeatable: ReadonlySet<Destination> };

export const troubleOf = (world: Stage): Trouble => ({ broken: isBroken(world), repeatable: repeatable(world) });

export const isBroken = ({ faults }: Stage): boolean =>
  faults.publishing.size > 0 || !faults.counting || !faults.stream || faults.writes > 0;

/** What the watchman tells of a case that waits. */
export const isMinding = (event: CaseEvent): boolean =>
  minding.has(event.type) || (event.type === 'alert.escalated.v1' && event.reason !== 'office-unreachable');

export const minding: ReadonlySet<string> = new Set([
  'alert.silent.v1',
  'alert.unattended.v1',
  'alert.lapsed.v1',
  'alert.hand-over-unanswered.v1',
  'alert.hand-over-ended.v1',
]);

/** What is played, as far as it has come. */
export type Game = {
  readonly world: Stage;
  readonly rules: Rules;
  readonly scenario: Scenario;
  /** Every event that the timeline must have by now. */
  readonly expected: readonly Expected[];
  readonly state: State;
};
