import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { raiseAlertRequest } from '../../shared/contracts/alerts.ts';
import { parsePress } from '../../shared/domain/press/press.ts';

const alertId = '3F2504E0-4F89-41D3-9A0C-0305E82C3301';
const now = new Date('2026-11-22T20:00:00.000Z');
const press = (body: object) => {
  const parsed = parsePress({ alertId, ...body }, now);
  if (parsed.kind !== 'press') throw new Error('refused');
  return parsed.press;
};

describe('the body of a press', () => {
  it('needs nothing but an id, which comes back in lower case', () => {
    expect(press({})).toEqual({ alertId: alertId.toLowerCase(), drill: false, droppedFields: [] });
  });

  it.each([undefined, null, 'text', [], {}, { alertId: 5 }, { alertId: 'not-a-uuid' }, { alertId: `${alertId} ` }])(
    'is refused without a usable id: %j',
    (body) => {
      expect(parsePress(body, now)).toMatchObject({ kind: 'invalid', field: 'alertId' });
    },
  );

  it('drops each optional field that does not parse, and names it', () => {
    const body = {
      position: { latitude: 91, longitude: 0 },
      pressedAt: 'yesterday',
      drill: 'yes',
      battery: 101,
      note: 7,
    };
    expect(press(body)).toEqual({
      alertId: alertId.toLowerCase(),
      drill: false,
      droppedFields: ['position', 'pressedAt', 'drill', 'battery', 'note'],
    });
  });

  it('keeps a position whose accuracy is nonsense', () => {
    const position = { latitude: 34, longitude: -118, accuracyMeters: -1, measuredAt: 'x' };
    expect(press({ position })).toMatchObject({
      position: { latitude: 34, longitude: -118 },
      droppedFields: ['position.accuracyMeters', 'position.measuredAt'],
    });
  });

  it('takes null for absent, and ignores unknown fields', () => {
    expect(press({ position: null, battery: null, shoeSize: 42 }).droppedFields).toEqual([]);
  });

  it('cuts a note at 500 code points, never in the middle of one', () => {
    expect(press({ note: '😀'.repeat(600) }).note).toBe('😀'.repeat(500));
  });

  it('writes times in UTC, and drops those that only a wrong clock can have', () => {
    expect(press({ pressedAt: '2026-11-22T12:30:00-07:00' }).pressedAt).toBe('2026-11-22T19:30:00.000Z');
    expect(press({ pressedAt: '1970-01-01T00:00:00Z' }).droppedFields).toEqual(['pressedAt']);
    expect(press({ pressedAt: '2026-11-22T21:00:00Z' }).droppedFields).toEqual(['pressedAt']);
  });

  it('never throws and never refuses whatever stands beside a good id', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.jsonValue(),
        fc.jsonValue(),
        (extra, position, note) => {
          expect(parsePress({ ...extra, position, note, alertId }, now).kind).toBe('press');
        },
      ),
    );
  });

  it('keeps all of what the published contract calls valid', () => {
    const valid = fc.record(
      {
        alertId: fc.uuid(),
        position: fc.record({
          latitude: fc.double({ min: -90, max: 90, noNaN: true }),
          longitude: fc.double({ min: -180, max: 180, noNaN: true }),
          accuracyMeters: fc.double({ min: 0, max: 1e6, noNaN: true }),
        }),
        drill: fc.boolean(),
        battery: fc.integer({ min: 0, max: 100 }),
        note: fc.string(),
      },
      { requiredKeys: ['alertId'] },
    );
    fc.assert(
      fc.property(valid, (body) => {
        expect(raiseAlertRequest.safeParse(body).success).toBe(true);
        expect(parsePress(body, now)).toMatchObject({ kind: 'press', press: { droppedFields: [] } });
      }),
    );
  });
});
