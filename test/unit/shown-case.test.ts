import { describe, expect, it } from 'vitest';
import { hidesOffices } from '../../shared/domain/case/shown-case.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';

describe('a consent that is withdrawn with the duress PIN', () => {
  it('hides the offices of presses from that moment on, and of none before', () => {
    const family = aFamily();
    const withdrawnAt = (at: string) => ({
      ...family,
      shown: { ...family, consent: { ...family.consent, consularNotification: false, at } },
    });
    const press = anAlert({ raisedAt: '2026-11-22T20:00:00.000Z' });
    expect(hidesOffices(press, withdrawnAt('2026-11-22T19:59:59.999Z'))).toBe(true);
    expect(hidesOffices(press, withdrawnAt('2026-11-22T20:00:00.000Z'))).toBe(true);
    expect(hidesOffices(press, withdrawnAt('2026-11-22T20:00:00.001Z'))).toBe(false);
    expect(hidesOffices(press, family)).toBe(false);
  });
});
