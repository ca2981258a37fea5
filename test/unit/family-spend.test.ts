import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { maximumContacts } from '../../shared/domain/family/plan-contacts.ts';
import { maximumDevices } from '../../shared/domain/family/plan-family-change.ts';
import { changesPerDay, checkInsPerDay, drillsPerDay, mostPressesJoined } from '../../shared/domain/limits.ts';

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

describe('what one family can spend in a day', () => {
  it('is in the guide for operators as the limits have it', () => {
    const { contacts, devices, recoveries } = changesPerDay;
    const expected = [
      [contacts, maximumContacts + 1],
      [devices, maximumContacts],
      // A recovery makes a phone, too, and whoever was there can be revoked.
      [maximumDevices + devices + recoveries, maximumContacts],
      [recoveries, maximumContacts],
      [drillsPerDay, maximumContacts],
      [checkInsPerDay, maximumContacts + 1],
    ] as const;
    expect(rows.slice(0, -1).map(([, times, each, all]) => [times, each, all].map(Number))).toEqual(
      expected.map(([times, each]) => [times, each, times * each]),
    );
    expect(Number(rows.at(-1)?.[3])).toBe(expected.reduce((sum, [times, each]) => sum + times * each, 0));
    expect(guide).toContain(`takes ${mostPressesJoined} further presses`);
    expect(guide).toContain(`10 SMS for every ${mostPressesJoined + 1} presses`);
  });
});
