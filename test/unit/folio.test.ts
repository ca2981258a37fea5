import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { folioOf, folioToSay } from '../../shared/domain/case/folio.ts';
import { press } from '../support/message-facts.ts';

describe('a folio', () => {
  it('is four signs that nobody confuses, and the same for the same case', () => {
    const ids = Array.from({ length: 1000 }, () => [randomUUID(), randomUUID()] as const);
    const folios = ids.map(([familyId, alertId]) => folioOf(familyId, alertId));
    expect(folios.filter((folio) => !/^[2-9A-HJKMNP-Z]{4}$/.test(folio))).toEqual([]);
    expect(new Set(folios.join('')).size).toBe(31);
    expect(ids.map(([familyId, alertId]) => folioOf(familyId, alertId))).toEqual(folios);
  });

  it('differs from case to case, of one family too: of a thousand presses only a few share one', () => {
    const familyId = randomUUID();
    const folios = Array.from({ length: 1000 }, (_, index) => folioOf(familyId, `alert-${index}`));
    expect(new Set(folios).size).toBeGreaterThan(990);
  });

  it('is never printed anew: families have it on paper', () => {
    expect(folioOf('7d0e9f52-6a0b-4a52-9a0c-0d7a5c1f2b10', '3f1c9a44-5d3e-4b65-8f3b-1f2a90c7d611')).toBe('BDZS');
  });

  it('is said to nobody without authorisation', () => {
    expect(folioToSay({ ...press, consularNotification: false })).toBeUndefined();
    expect(folioToSay({ ...press, consularNotification: true })).toBe(folioOf(press.familyId, press.alertId));
  });
});
