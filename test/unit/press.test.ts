import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { raiseAlertRequest } from '../../shared/contracts/alerts.ts';
import { parsePress, parsePressText } from '../../shared/domain/press/press.ts';
import { anyCodePoint } from '../support/any-code-point.ts';

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

  it.each([undefined, null, 'text', [], {}, { alertId: 5 }])('is refused without a usable id: %j', (body) => {
    expect(parsePress(body, now)).toMatchObject({
      kind: 'invalid',
      field: 'alertId',
      detail: expect.stringContaining('UUID'),
    });
  });

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

  it('keeps the time of an old fix, and drops one ahead of ours', () => {
    const place = { latitude: 34, longitude: -118 };
    const old = { ...place, measuredAt: '2019-01-01T00:00:00.000Z' };
    expect(press({ position: old })).toMatchObject({ position: old, droppedFields: [] });
    const ahead = { ...place, measuredAt: '2026-11-22T20:06:00.000Z' };
    const { position, droppedFields } = press({ position: ahead });
    expect([position, droppedFields]).toEqual([place, ['position.measuredAt']]);
  });

  it.each<[string, object, object]>([
    [
      'a number as text',
      { battery: '80', position: { latitude: '34,05', longitude: '-118.24' } },
      { battery: 80, position: { latitude: 34.05, longitude: -118.24 } },
    ],
    ['seconds since 1970', { pressedAt: 1_795_377_000 }, { pressedAt: '2026-11-22T19:50:00.000Z' }],
    ['a clock that GPS set back', { pressedAt: '2007-04-08T19:50:00Z' }, { pressedAt: '2026-11-22T19:50:00.000Z' }],
  ])('is read with %s', (_, sent, read) => {
    expect(press(sent)).toMatchObject({ ...read, droppedFields: [] });
  });

  it('drops what the table cannot hold', () => {
    const sent = { battery: 4.9e-324, position: { latitude: 34, longitude: -118, accuracyMeters: 4.9e-324 } };
    expect(press(sent)).toMatchObject({
      position: { latitude: 34, longitude: -118 },
      droppedFields: ['position.accuracyMeters', 'battery'],
    });
    expect(press({ position: { latitude: 4.9e-324, longitude: -118 } }).droppedFields).toEqual(['position']);
  });

  it('reads a share of one as percent, as browsers and iPhones write the battery', () => {
    expect([0.85, '0.5', 0.004, 0, 1, 85, 85.5].map((battery) => press({ battery }).battery)).toEqual([
      85, 50, 0, 0, 1, 85, 85.5,
    ]);
    for (const battery of [-1, '50m', '50°']) expect(press({ battery }).droppedFields).toEqual(['battery']);
    expect(press({ battery: '50 %' }).battery).toBe(50);
  });

  it('takes null for absent, and ignores unknown fields', () => {
    expect(press({ position: null, battery: null, shoeSize: 42 }).droppedFields).toEqual([]);
  });

  it('cuts a note at 500 code points, never in the middle of one', () => {
    expect(press({ note: '😀'.repeat(600) }).note).toBe('😀'.repeat(500));
  });

  it('keeps no note that is empty', () => {
    expect(press({ note: '' })).not.toHaveProperty('note');
  });

  it('leaves no blank at the end of a note where it was cut', () => {
    expect(press({ note: `${'a'.repeat(499)} b` }).note).toBe('a'.repeat(499));
  });

  it('takes a time five minutes ahead or thirty days old, and none beyond', () => {
    const at = (ms: number): string => new Date(now.getTime() + ms).toISOString();
    const thirtyDays = 30 * 24 * 60 * 60_000;
    for (const taken of [at(5 * 60_000), at(-thirtyDays)]) expect(press({ pressedAt: taken }).pressedAt).toBe(taken);
    for (const dropped of [at(5 * 60_000 + 1), at(-thirtyDays - 1)])
      expect(press({ pressedAt: dropped }).droppedFields).toEqual(['pressedAt']);
  });

  it('writes times in UTC, and drops those that only a wrong clock can have', () => {
    const { pressedAt, utcOffsetMinutes } = press({ pressedAt: '2026-11-22T12:30:00-07:00' });
    expect([pressedAt, utcOffsetMinutes]).toEqual(['2026-11-22T19:30:00.000Z', -420]);
    expect(press({ pressedAt: '2026-11-22T19:30:00Z' })).not.toHaveProperty('utcOffsetMinutes');
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
    const measurable = (range: fc.DoubleConstraints) =>
      fc.double({ ...range, noNaN: true }).map((number) => (Math.abs(number) < 1e-130 ? 0 : number));
    const valid = fc.record(
      {
        alertId: fc.uuid(),
        position: fc.record({
          latitude: measurable({ min: -90, max: 90 }),
          longitude: measurable({ min: -180, max: 180 }),
          accuracyMeters: measurable({ min: 0, max: 1e6 }),
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

describe('the text of a press', () => {
  const read = (text: string) => {
    const outcome = parsePressText(text, now);
    if (outcome.kind !== 'press') throw new Error('refused');
    return outcome.press;
  };
  const bare = { alertId: alertId.toLowerCase(), drill: false };
  const place = { latitude: 34.052, longitude: -118.24 };

  it('is JSON as a rule', () => {
    expect(read(JSON.stringify({ alertId, battery: 80 }))).toEqual({ ...bare, battery: 80, droppedFields: [] });
  });

  it.each<[string, string, object]>([
    ['NaN', `{"alertId":"${alertId}","position":{"latitude":NaN,"longitude":NaN},"battery":80}`, {}],
    [
      'NaN beside a place',
      `{"position":{"latitude":34.052,"longitude":-118.24,"accuracyMeters":NaN},"alertId":"${alertId}"}`,
      { position: place },
    ],
    [
      'a line break in the note',
      `{"alertId":"${alertId}","note":"se los\nllevan","position":{"latitude":34.052,"longitude":-118.24}}`,
      { position: place },
    ],
    [
      'a comma too many',
      `{"alertId":"${alertId}","position":{"latitude":34.052,"longitude":-118.24,},}`,
      { position: place },
    ],
    ['half a body', `{"alertId":"${alertId}","position":{"latitude":34.052,"longi`, {}],
    ['a decimal comma', `{"alertId":"${alertId}","latitude":34,052,"longitude":-118,24}`, { position: place }],
    ['Arabic digits', `{"alertId":"${alertId}","latitude":٣٤٫٠٥٢,"longitude":-١١٨٫٢٤}`, { position: place }],
    ['a form', `alertId=${alertId}&latitude=34.052&longitude=-118.24`, { position: place }],
    [
      'a form of nested fields',
      `alertId=${alertId}&position[latitude]=34.052&position[longitude]=-118.24`,
      { position: place },
    ],
    [
      'a form in percents',
      `alertId=${alertId}&position%5Blatitude%5D=34.052&position%5Blongitude%5D=%2D118.24`,
      { position: place },
    ],
    [
      'JSON as a field of a form',
      `data=${encodeURIComponent(JSON.stringify({ alertId, position: place }))}`,
      { position: place },
    ],
    [
      'the parts of a form',
      ['alertId', alertId, 'latitude', '34.052', 'longitude', '-118.24']
        .map((part, index) => (index % 2 ? part : `--x\r\nContent-Disposition: form-data; name="${part}"\r\n`))
        .join('\r\n'),
      { position: place },
    ],
    [
      'the parts of a form with headers, as Android’s libraries write them',
      ['alertId', alertId, 'latitude', '34.052', 'longitude', '-118.24']
        .map((part, index) =>
          index % 2
            ? part
            : `--x\r\nContent-Disposition: form-data; name="${part}"\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n`,
        )
        .join('\r\n'),
      { position: place },
    ],
    [
      'XML',
      `<alertId>${alertId}</alertId><latitude>34.052</latitude><longitude>-118.24</longitude>`,
      { position: place },
    ],
    [
      'a program’s own notation',
      `{'alertId': '${alertId}', 'position': {'latitude': 34.052, 'longitude': -118.24}, 'drill': False}`,
      { position: place },
    ],
    [
      'coordinates out of range',
      `{"alertId":"${alertId}","latitude":134.052,"longitude":-118.24,}`,
      { droppedFields: ['body', 'position'] },
    ],
    ['a drill', `{"alertId":"${alertId}","drill" : true,}`, { drill: true }],
    ['an id in braces', `{"alertId":"{${alertId}}",}`, {}],
    [
      'typographic quotes',
      `{“alertId”: “${alertId}”, “latitude”: “34.052”, “longitude”: “-118.24”}`,
      { position: place },
    ],
    [
      'its name in other letters',
      `{"alert_id":"${alertId}","latitude":34.052,"longitude":-118.24}`,
      { position: place },
    ],
    [
      'a list around it',
      `[{"alertId":"${alertId}","position":{"latitude":34.052,"longitude":-118.24}}]`,
      { position: place },
    ],
    [
      'JSON within JSON',
      JSON.stringify(JSON.stringify({ alertId, position: place, drill: true })),
      { position: place, drill: false },
    ],
    ['two bodies', `{"alertId":"${alertId}"}{"alertId":"${alertId}"}`, {}],
    [
      'UTF-16',
      Buffer.from(`\uFEFF${JSON.stringify({ alertId, position: place })}`, 'utf16le').toString('utf8'),
      { position: place },
    ],
    ['depth without end', `${'{"a":'.repeat(3000)}{"alertId":"${alertId}"}`, {}],
  ])('may have %s in it: the rest is searched', (_, text, found) => {
    expect(read(text)).toEqual({ ...bare, droppedFields: ['body'], ...found });
  });

  it.each([
    `{"alertId":"${alertId}","note":"dice \\"drill\\":true" ,}`,
    `{"alertId":"${alertId}","note":"drill:true",}`,
    `{"alertId":"${alertId}","drill":"true",}`,
    `{"alertId":"${alertId}","note":"%2C%22drill%22:true",}`,
    `alertId=${alertId}&note=%20%22drill%22%3Atrue%20dice`,
    `--x\r\nContent-Disposition: form-data; name="alertId"\r\n\r\n${alertId}\r\n--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nmira "drill":true dice`,
    `{"alertId":"${alertId}","drill":trueish,}`,
    `{"alertId":"${alertId}","is-drill":true,}`,
  ])('is no drill unless it says so as JSON does: %s', (text) => {
    expect(read(text).drill).toBe(false);
  });

  it.each(['', '{', '{"alertId":}', `{"alertId":"${alertId}0",}`, `{"id":"${alertId}",}`, '\u0000'])(
    'is refused without a usable id: %j',
    (text) => {
      expect(parsePressText(text, now)).toMatchObject({ kind: 'invalid', field: 'alertId' });
    },
  );

  it('is never refused while its id can be read, however it is cut or spoilt', () => {
    const start = `{"alertId":"${alertId}"`;
    const rest = fc.oneof(fc.string({ unit: anyCodePoint }), fc.string(), fc.json());
    fc.assert(
      fc.property(rest, (text) => {
        const outcome = parsePressText(`${start} ${text}`, now);
        expect(outcome).toMatchObject({ kind: 'press', press: { alertId: bare.alertId } });
      }),
    );
  });

  it('has the last of two equal names, as JSON reads them, and never another id than its own', () => {
    expect(read(`{"alertId":"x","alertId":"${alertId}"}`)).toMatchObject(bare);
    const wrong = { alertId: 'x', last: { alertId } };
    expect(parsePressText(JSON.stringify(wrong), now)).toMatchObject({ kind: 'invalid', code: 'wrong-format' });
    expect(parsePressText(JSON.stringify({ otherAlertId: alertId }), now)).toMatchObject({ kind: 'invalid' });
  });

  it('has no position by one coordinate alone', () => {
    const outcome = parsePressText(`{"alertId":"${alertId}","latitude":29.7,`, now);
    expect(outcome).toMatchObject({ kind: 'press', press: { droppedFields: ['body'] } });
    expect(outcome).not.toHaveProperty('press.position');
  });

  it('takes no time to search, however long it is', { retry: 2 }, () => {
    const filling = [
      '"latitude":',
      '9',
      '\\',
      'alertId"',
      'abcd-',
      '{',
      '"alertId":"',
      '-',
      ' ',
      '"drill" : ',
      '\n',
      '\na:b',
      '%7B',
    ];
    const timeOf = (text: string): number => {
      const started = performance.now();
      parsePressText(text, now);
      return performance.now() - started;
    };
    for (const fill of filling) {
      for (const name of ['', 'latitude', 'alertId']) {
        const [short, long] = [4000, 16_000].map((length) => timeOf(name + fill.repeat(length / fill.length)));
        // Four times as long, and what this machine does meanwhile. Where each start searches to the end, it is sixteen times.
        expect(long, `${name}${fill}`).toBeLessThan(8 * short! + 20);
      }
    }
  });
});
