import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { composeRecordPositions } from '../../shared/compose.ts';
import { recordPositions } from '../../shared/domain/case/record-positions.ts';
import { maximumContacts } from '../../shared/domain/family/plan-contacts.ts';
import { maximumDevices } from '../../shared/domain/family/plan-family-change.ts';
import {
  casesInTurnEveryMs,
  casesToldPerDay,
  changesPerDay,
  checkInsPerDay,
  dayMs,
  drillsPerDay,
  maximumWaitingCheckIns,
  pressedAgainToldPerDay,
  toldToTrustedPerDay,
} from '../../shared/domain/limits.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import { worldOffices } from '../support/outside.ts';
import { authorised, createWelcomedWorld, downtown } from '../support/world.ts';

const guide = readFileSync('docs/operating.md', 'utf8');
const [, table = ''] = /<!-- family spend -->([^]*?)<!-- \/family spend -->/.exec(guide) ?? [];
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );

const minute = 60_000;

/**
 * One press of which nobody hears but the family, in the day that follows: its place comes later, so many of the offices
 * that are asked have nobody, no officer takes it, and the person cancels in the end. @returns how many SMS one contact got
 */
const smsOfOneCase = async (officesWithNobody: number): Promise<number> => {
  const world = await createWelcomedWorld({
    start: '2026-11-22T00:00:00.000Z',
    registers: { consent: authorised },
  });
  const nearestFirst = nearestConsulates(downtown, worldOffices, officesWithNobody);
  for (const { consulate } of nearestFirst) world.sns.removeSubscriptions(`alert-button-consulate-${consulate.id}`);
  const before = world.told('+12135550101').length;
  const alertId = await world.pressed();
  world.skip(minute);
  await recordPositions(world.of(composeRecordPositions), world.token, alertId, [
    { ...downtown, measuredAt: world.now().toISOString() },
  ]);
  await world.stream();
  await world.advance(60, 5);
  await world.advance(22.5 * 60, 30);
  await world.cancelled(alertId);
  return world.told('+12135550101').length - before;
};

describe('what one family can spend in a day', () => {
  it('is in the guide for operators as the limits have it, and as a case of which no officer hears is played', async () => {
    const played = [];
    for (const nobody of [0, 1, 2, worldOffices.length]) played.push(await smsOfOneCase(nobody));
    const { contacts, devices, recoveries } = changesPerDay;
    const turns = dayMs / casesInTurnEveryMs;
    const expected = [
      [contacts, maximumContacts + 1],
      [devices, maximumContacts],
      // A recovery makes a phone, too, and whoever was there can be revoked.
      [maximumDevices + devices + recoveries, maximumContacts],
      [recoveries, maximumContacts],
      [drillsPerDay, maximumContacts],
      // Those that waited since yesterday end today, too.
      [checkInsPerDay + maximumWaitingCheckIns, 1],
      [casesToldPerDay, Math.max(...played) * maximumContacts],
      // That it began, and that the person took it back.
      [turns, 2 * maximumContacts],
      [pressedAgainToldPerDay, maximumContacts],
      [toldToTrustedPerDay + turns, 1],
    ] as const;
    expect(rows.slice(0, -1).map(([, times, each, all]) => [times, each, all].map(Number))).toEqual(
      expected.map(([times, each]) => [times, each, times * each]),
    );
    expect(Number(rows.at(-1)?.[3])).toBe(expected.reduce((sum, [times, each]) => sum + times * each, 0));
  });
});
