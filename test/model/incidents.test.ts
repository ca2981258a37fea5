import * as fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { composeAnnounceToAuthorities } from '../../shared/compose-telling.ts';
import { createWorld } from '../support/world.ts';

/*
 * Presses of several people, one after another, and what docs/adr/023 says of them a second time: authorised real presses
 * with trusted positions within 2 km and 30 minutes are one incident. On a line, so that near and far are a subtraction.
 */

const runs = Math.ceil(Number(process.env['RUNS'] ?? 15) / 3);
const minutes = 60_000;

type Press = {
  readonly kind: 'real' | 'drill' | 'unauthorised' | 'vague';
  /** Metres north of the first place. */
  readonly meters: number;
  /** Minutes that passed before it. */
  readonly after: number;
};

const presses: fc.Arbitrary<readonly Press[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('real', 'real', 'real', 'real', 'drill', 'unauthorised', 'vague'),
    meters: fc.constantFrom(0, 0, 900, 1800, 2700, 3600, 9000),
    after: fc.constantFrom(0, 0, 1, 10, 29, 31),
  }),
  { minLength: 2, maxLength: 7 },
);

type Known = { readonly index: number; readonly meters: number; readonly at: number };

/**
 * Named by whose press began it; the how many-th a press is there. `late`: nobody was near yet when it was told, and only
 * a later one found it.
 */
type Incident = { readonly of: number; readonly nth: number; readonly late: boolean };

/** By number of the press. */
type Incidents = ReadonlyMap<number, Incident>;

/** An earlier press near it has an incident, or begins one: the earliest gives its name, and each is counted. */
const refer = (told: readonly Known[]): Incidents => {
  const found = new Map<number, Incident>();
  for (const [position, press] of told.entries()) {
    const near = told
      .slice(0, position)
      .filter((other) => press.at - other.at <= 30 * minutes && Math.abs(press.meters - other.meters) <= 2000);
    const [earliest] = near;
    if (!earliest) continue;
    const of = near.flatMap(({ index }) => found.get(index)?.of ?? []).at(0) ?? earliest.index;
    for (const [before, other] of near.entries()) {
      if (!found.has(other.index)) found.set(other.index, { of, nth: before + 1, late: true });
    }
    found.set(press.index, { of, nth: near.length + 1, late: false });
  }
  return found;
};

const play = async (scenario: readonly Press[]) => {
  const world = await createWorld();
  await world.stream();
  const reader = world.of(composeAnnounceToAuthorities);
  const told: Known[] = [];
  const made: { readonly familyId: string; readonly alertId: string }[] = [];
  const subjects: string[][] = [];
  for (const [index, { kind, meters, after }] of scenario.entries()) {
    // No two in one instant: those have their order by their ids.
    world.skip(after * minutes + 1000);
    const registered = await world.register({
      registrationId: randomUUID(),
      person: { name: `Persona ${index}`, language: 'es' },
      contacts: [{ name: 'José', channel: 'sms', endpoint: `+1213555${String(index).padStart(4, '0')}` }],
      consent: { consularNotification: kind !== 'unauthorised', version: '1' },
    });
    if (registered.kind !== 'registered') throw new Error(registered.kind);
    await world.stream();
    const { familyId } = registered.family;
    const alertId = randomUUID();
    const accuracyMeters = kind === 'vague' ? 60_000 : 10;
    const position = { latitude: 34.05 + meters / 111_195, longitude: -118.24, accuracyMeters };
    const at = world.now().getTime();
    world.calls.length = 0;
    await world.press(
      { alertId, position, ...(kind === 'drill' && { drill: true }) },
      world.tokenOf(registered.deviceToken),
    );
    await world.stream();
    subjects.push(
      world.calls
        .filter(
          ({ operation, input }) => operation === 'Publish' && /ministry|consulate/.test(String(input['TopicArn'])),
        )
        .map(({ input }) => String(input['Subject'])),
    );
    made.push({ familyId, alertId });
    if (kind === 'real') told.push({ index, meters, at });
  }
  const incidents = await Promise.all(
    made.map(async ({ familyId, alertId }) => (await reader.alerts.get(familyId, alertId))?.incident),
  );
  return { expected: refer(told), incidents, subjects, idOf: made.map((ref) => reader.incidents.idOf(ref)) };
};

describe('incidents and their reference model', () => {
  it(
    'agree on which presses are one, on its name, and on what subjects say',
    async () => {
      await fc.assert(
        fc.asyncProperty(presses, async (scenario) => {
          const { expected, incidents, subjects, idOf } = await play(scenario);
          for (const [index, { kind }] of scenario.entries()) {
            const one = expected.get(index);
            expect(incidents[index]).toEqual(one && { id: idOf[one.of], nth: one.nth });
            // Each is told at once; of one that was alone then no subject says more.
            const says = subjects[index] ?? [];
            const isOffices = kind === 'real' || kind === 'vague';
            expect(says).toHaveLength(isOffices ? 2 : 0);
            const isNear = one !== undefined && !one.late;
            for (const subject of says) expect(subject.includes('alerta cerca de')).toBe(isNear);
          }
        }),
        { numRuns: runs },
      );
    },
    10 * minutes,
  );
});
