import { describe, expect, it } from 'vitest';
import { flawIn, knownPosition, placeOf, searchFactsOf } from '../../shared/domain/case/alert-position.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';

const officeMeters = () => 1000;
const person = aFamily().person;
const home = { latitude: 36.74, longitude: -119.79 };
const atHome = aFamily({ person: { ...person, homePosition: home } });
const pressed = { latitude: 34.05, longitude: -118.24, accuracyMeters: 20 };
const vague = { ...pressed, accuracyMeters: 1_000_000 };
const at = (position: typeof pressed) => ({ ...position, at: 'x', measuredAt: '2026-11-22T20:05:00.000Z' });

describe('the place of an alert', () => {
  it('is where it was pressed, else at home, else nowhere', () => {
    const { position: _none, ...nowhere } = anAlert();
    expect(placeOf(anAlert({ position: pressed }), atHome, officeMeters)).toEqual(pressed);
    expect(placeOf(anAlert({ position: vague }), atHome, officeMeters)).toEqual(home);
    expect(placeOf(anAlert({ position: vague }), aFamily(), officeMeters)).toEqual(vague);
    expect(placeOf(nowhere, atHome, officeMeters)).toEqual(home);
    expect(placeOf(nowhere, aFamily(), officeMeters)).toBeUndefined();
  });

  it('is judged by the time of the press, or of its arrival if the phone told none', () => {
    const old = { ...pressed, measuredAt: '2026-11-22T18:00:00.000Z' };
    const flawOf = (pressedAt?: string) =>
      flawIn(
        { raisedAt: '2026-11-22T20:00:00.000Z', ...(pressedAt !== undefined && { pressedAt }) },
        atHome,
        officeMeters,
      );
    expect(flawOf()(old)).toBe('old');
    expect(flawOf('2026-11-22T18:10:00.000Z')(old)).toBeUndefined();
  });

  it('is searched with consent, home and the time of the press', () => {
    const alert = anAlert({ position: pressed, consularNotification: true });
    expect(searchFactsOf(alert, atHome)).toEqual({
      consularNotification: true,
      position: pressed,
      homePosition: home,
      pressedAt: alert.raisedAt,
    });
    const pressedAt = '2026-11-22T19:59:00.000Z';
    expect(searchFactsOf({ ...alert, pressedAt }, atHome).pressedAt).toBe(pressedAt);
  });
});

describe('where the phone is', () => {
  const known = (last: typeof pressed | undefined, position: typeof pressed | undefined) => {
    const { position: _none, ...alert } = anAlert();
    const found = { ...alert, ...(last && { lastPosition: at(last) }), ...(position && { position }) };
    return knownPosition(found, atHome, officeMeters);
  };

  it('is the newest position', () => {
    const newest = { ...pressed, latitude: 34.1 };
    expect(known(newest, pressed)).toMatchObject({ position: newest, flaw: undefined });
    expect(known(undefined, pressed)).toMatchObject({ position: pressed, flaw: undefined });
  });

  it('is that of the press while the newest is not trusted, and the newest with its flaw if neither is', () => {
    expect(known(vague, pressed)).toMatchObject({ position: pressed, flaw: undefined });
    expect(known({ ...vague, latitude: 34.1 }, vague)).toMatchObject({
      position: { latitude: 34.1 },
      flaw: 'inaccurate',
    });
  });

  it('is not known without a position, or by one that is none', () => {
    expect(known(undefined, undefined)).toBeUndefined();
    expect(known({ ...pressed, latitude: 0, longitude: 0 }, undefined)).toBeUndefined();
  });
});
