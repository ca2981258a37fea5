import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ConsulateData, checkConsulateData, loadConsulateData } from '../../shared/data/consulate-data.ts';
import { consulateById, consulates, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import { slim, slimText } from '../../shared/data/slim-consulates.ts';
import { boxOf } from '../../shared/data/states.ts';
import { cities } from '../support/places.ts';

const uspsCodes = new Map(
  (
    'Alabama AL,Alaska AK,Arizona AZ,Arkansas AR,California CA,Colorado CO,Connecticut CT,Delaware DE,' +
    'District of Columbia DC,Florida FL,Georgia GA,Hawaii HI,Idaho ID,Illinois IL,Indiana IN,Iowa IA,Kansas KS,' +
    'Kentucky KY,Louisiana LA,Maine ME,Maryland MD,Massachusetts MA,Michigan MI,Minnesota MN,Mississippi MS,' +
    'Missouri MO,Montana MT,Nebraska NE,Nevada NV,New Hampshire NH,New Jersey NJ,New Mexico NM,New York NY,' +
    'North Carolina NC,North Dakota ND,Ohio OH,Oklahoma OK,Oregon OR,Pennsylvania PA,Rhode Island RI,' +
    'South Carolina SC,South Dakota SD,Tennessee TN,Texas TX,Utah UT,Vermont VT,Virginia VA,Washington WA,' +
    'West Virginia WV,Wisconsin WI,Wyoming WY'
  )
    .split(',')
    .map((entry) => [entry.slice(0, -3), entry.slice(-2)]),
);

const data = loadConsulateData();
const desk = '+15206237874';

type Change = (copy: ConsulateData) => void;
const changed = (change: Change): ConsulateData => {
  const copy = structuredClone(data);
  change(copy);
  return copy;
};
const office = (copy: ConsulateData, id: string) => copy.offices.find((candidate) => candidate.id === id)!;

describe('the consulate data', () => {
  it('holds the 53 offices and the national desk', () => {
    expect(data.offices).toHaveLength(53);
    expect(data.officialCount).toBe(53);
    expect(ministryDesk).toEqual({
      id: 'ministry',
      ministry: 'Secretaría de Relaciones Exteriores',
      name: 'Secretaría de Relaciones Exteriores / CIAM',
      phone: desk,
    });
  });

  it.each<[string, Change, RegExp]>([
    ['a repeated id', (copy) => (office(copy, 'boise').id = 'austin'), /austin: the id stands more than once/],
    ['an id that is the ministry’s', (copy) => (office(copy, 'boise').id = 'ministry'), /this id is the national desk/],
    [
      'an id that no topic can have',
      (copy) => (office(copy, 'boise').id = 'Boise City'),
      /Boise City: id: must be lower-case words/,
    ],
    [
      'a phone without country code',
      (copy) => (office(copy, 'boise').mainPhone = '208 555 0199'),
      /boise: mainPhone: must be an E\.164 phone/,
    ],
    [
      'swapped coordinates',
      (copy) => Object.assign(office(copy, 'yuma'), { latitude: -114.6, longitude: 32.7 }),
      /yuma: latitude: /,
    ],
    [
      'a point in another state',
      (copy) => (office(copy, 'yuma').longitude = -104.6),
      /yuma: 32\.692651, -104\.6 is not in AZ/,
    ],
    [
      'a state that does not exist',
      (copy) => (office(copy, 'yuma').state = 'ZZ'),
      /yuma: state: must be the USPS code/,
    ],
    [
      'a lost office',
      (copy) => copy.offices.pop(),
      new RegExp(`officialCount is ${data.officialCount}, but ${data.officialCount - 1} offices are listed`),
    ],
    [
      'a number verified by nobody',
      (copy) => (office(copy, 'houston').verifiedOn = '2026-11-30'),
      /houston: .*verifiedBy must say who/,
    ],
    [
      'a verified number that is missing',
      (copy) => Object.assign(office(copy, 'boise'), { verifiedOn: '2026-11-30', verifiedBy: 'A' }),
      /boise: .*no emergencyPhone/,
    ],
    ['a misspelt field', (copy) => Object.assign(office(copy, 'boise'), { verfiedOn: null }), /boise: .*verfiedOn/],
    ['an unknown status', (copy) => Object.assign(office(copy, 'boise'), { status: 'moved' }), /boise: status: /],
  ])('is refused with %s', (_, change, message) => {
    expect(() => checkConsulateData(changed(change))).toThrow(message);
  });

  it('is refused with every problem in one error', () => {
    const broken = changed((copy) => {
      office(copy, 'boise').longitude = 0;
      office(copy, 'yuma').latitude = 0;
      copy.officialCount += 1;
    });
    expect(() => checkConsulateData(broken)).toThrow(/3 problem\(s\):\n- officialCount.*\n- boise: .*\n- yuma: /);
    expect(() => checkConsulateData('nothing')).toThrow(/the file: /);
    expect(() => checkConsulateData({ ...data, offices: [{}] })).toThrow(/office number 1: name: /);
  });

  it('has boxes of the states that hold every one of 1,000 US cities', () => {
    const outside = cities.filter(({ state, latitude, longitude }) => {
      const box = boxOf(uspsCodes.get(state) ?? '');
      return !box || !(longitude >= box[0] && latitude >= box[1] && longitude <= box[2] && latitude <= box[3]);
    });
    expect(outside).toEqual([]);
  });
});

describe('the slim copy that functions are bundled with', () => {
  it('is what its generator writes (else run: npx node shared/data/slim-consulates.ts)', () => {
    const written = readFileSync(new URL('../../shared/data/consulates-slim.ts', import.meta.url), 'utf8');
    expect(written).toBe(slimText(slim(data)));
    expect(consulates).toEqual(slim(data).offices);
    expect(written.length).toBeLessThan(20_000);
  });

  it('holds no unverified value', () => {
    for (const { id, unverified } of data.offices) {
      const shown = Object.values(consulateById(id)!);
      for (const value of Object.values(unverified)) expect(shown).not.toContain(value);
    }
  });

  it('keeps null what is not known', () => {
    expect(consulateById('boise')).toMatchObject({ mainPhone: null });
    expect(consulateById('austin')).toMatchObject({ mainPhone: '+15124782866' });
  });

  it('gives the desk’s phone in an emergency until somebody verified the office’s', () => {
    expect(new Set(consulates.map((each) => each.emergencyPhone))).toEqual(new Set([desk]));
    const verified = changed((copy) =>
      Object.assign(office(copy, 'houston'), { verifiedOn: '2026-11-30', verifiedBy: 'A. B.' }),
    );
    const phones = new Map(slim(checkConsulateData(verified)).offices.map((each) => [each.id, each.emergencyPhone]));
    expect(phones.get('houston')).toBe('+17138576504');
    expect(phones.get('atlanta')).toBe(desk);
  });

  it('names a closed office without letting it be chosen', () => {
    expect(openConsulates.map(({ id }) => id)).toContain('boise');
    const closed = slim(checkConsulateData(changed((copy) => (office(copy, 'boise').status = 'closed'))));
    expect(closed.closed).toEqual(['boise']);
    expect(closed.offices).toHaveLength(data.offices.length);
  });

  it('has a time zone that exists for each office, and mountain time for El Paso', () => {
    for (const { timeZone } of consulates) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
    expect(consulateById('el-paso')?.timeZone).toBe('America/Denver');
    expect(consulateById('presidio')?.timeZone).toBe('America/Chicago');
    expect(consulateById('phoenix')?.timeZone).toBe('America/Phoenix');
  });

  it('does not know an office by another name', () => {
    expect(consulateById('new-york')).toBeUndefined();
  });
});
