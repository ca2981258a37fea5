import { describe, expect, it } from 'vitest';
import { authorised, createWelcomedWorld, downtown } from '../support/world.ts';

/* The real watchman, stream and adapters, every five minutes; what is counted is what mailboxes received. */

const start = '2026-11-22T20:00:00.000Z';

/** Told again after 5, 15, 30 and 60 minutes, then every two hours: the 5th minute brings the next office, the 15th the ministry. */
const officesHear = [0, 5, 15, 30, 60, ...Array.from({ length: 11 }, (_, index) => 180 + index * 120)];
/** The press, the next office, the ministry, two and twelve hours, nine in the morning of the place. */
const familyHears = [0, 5, 15, 120, 720, 21 * 60];

describe('24 hours in which nobody takes a case', () => {
  it('are at most 20 messages to the ministry and 6 to the family, and none is missing that was due', async () => {
    const world = await createWelcomedWorld({ start, registers: { consent: authorised } });
    const before = world.sns.inbox().length;
    const pressedAt = world.now().getTime();
    await world.pressed({ position: downtown });
    await world.advance(24 * 60, 5);

    const received = world.sns.inbox().slice(before);
    const minutesAt = (endpoint: string): readonly number[] =>
      received
        .filter((message) => message.endpoint === endpoint)
        .map(({ at }) => Math.floor((Date.parse(at) - pressedAt) / 60_000));
    const ministry = minutesAt('alert-button-ministry@offices.example');
    expect(ministry).toEqual(officesHear);
    expect(ministry.length).toBeLessThanOrEqual(20);
    expect(minutesAt('alert-button-consulate-los-angeles@offices.example')).toEqual(officesHear);
    for (const endpoint of ['+12135550101', 'lupe@family.example']) {
      expect(minutesAt(endpoint)).toEqual(familyHears);
    }
    expect(familyHears.length).toBeLessThanOrEqual(6);
  });
});

describe('the morning of a press without a place', () => {
  it('is nine by the clock of the home, not by that of its office', async () => {
    const yuma = { latitude: 32.69, longitude: -114.63 };
    const world = await createWelcomedWorld({
      start,
      registers: {
        person: { name: 'Ana', language: 'es', homePosition: yuma },
        consent: authorised,
      },
    });
    await world.pressed();
    // 8:30 in Yuma, an hour later than at its office in San Diego.
    world.skip((19 * 60 + 30) * 60_000);
    await world.advance(2);
    const before = world.sns.inbox().length;
    await world.advance(100);
    const toFamily = world.sns
      .inbox()
      .slice(before)
      .filter(({ endpoint }) => endpoint === '+12135550101');
    expect(toFamily.map(({ at }) => at.slice(0, 16))).toEqual(['2026-11-23T16:00']);
  });
});
