import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  buildDistricts,
  countyTable,
  districtsText,
  readCounties,
  statedCounties,
  store,
} from '../../shared/data/build-districts.ts';
import { loadConsulateData } from '../../shared/data/consulate-data.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import { districtAt } from '../../shared/data/districts.ts';
import { areasOf } from '../../shared/data/topology.ts';
import { createDistricts, territory } from '../../shared/domain/offices/districts.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import { countyOracle } from '../support/county-oracle.ts';
import { cities, positionCount, seededRandom } from '../support/places.ts';

const { offices } = loadConsulateData();
const counties = readCounties();
const stated = statedCounties(offices, areasOf(counties, 'counties'));
const file = readFileSync(new URL('../../shared/data/districts.json', import.meta.url), 'utf8');
const docs = readFileSync(new URL('../../docs/data-sources.md', import.meta.url), 'utf8');

describe('which counties are stated', () => {
  const county = (fips: string) => ({ state: 'TX', name: 'A county', fips });
  const office = (id: string, asOf: string | null, fips: readonly string[], wholeStates: readonly string[] = []) => {
    const jurisdiction = {
      status: 'partial' as const,
      wholeStates: [...wholeStates],
      counties: fips.map(county),
      text: null,
      asOf,
    };
    return { ...offices[0]!, id, jurisdiction };
  };
  const all = ['48001', '48002', '29001'].map((id) => ({ id }));

  it('takes whole states and single counties', () => {
    expect(statedCounties([office('one', '2020', ['48001'], ['MO'])], all)).toEqual(
      new Map([
        ['48001', 'one'],
        ['29001', 'one'],
      ]),
    );
  });

  it('leaves out a county that two offices state', () => {
    const two = [office('one', '2020', ['48001', '48002']), office('two', null, ['48001'])];
    expect(statedCounties(two, all)).toEqual(new Map([['48002', 'one']]));
  });

  it('leaves out what is stated as of before 2015, and lets it contradict nobody; undated statements stay', () => {
    const three = [
      office('old', '2014-12', ['48001']),
      office('new', '2015', ['48001']),
      office('undated', null, ['48002']),
    ];
    expect(statedCounties(three, all)).toEqual(
      new Map([
        ['48001', 'new'],
        ['48002', 'undated'],
      ]),
    );
  });

  it('leaves out offices that are closed', () => {
    expect(statedCounties([{ ...office('one', '2020', ['48001']), status: 'closed' }], all)).toEqual(new Map());
  });
});

describe('the districts', () => {
  it('are those of the data: after a change of a jurisdiction run npx node shared/data/build-districts.ts', () => {
    // Not `toBe(file)`: 90 KB of difference tell nobody anything.
    expect(districtsText(buildDistricts(offices, counties)) === file).toBe(true);
    expect(docs).toContain(countyTable(offices, counties));
  });

  it('are at most 40 KB gzipped', () => {
    expect(gzipSync(file).length).toBeLessThanOrEqual(40_000);
  });

  it(`name the office whose data states the county, at ${positionCount} random positions in stated counties`, () => {
    const countyAt = countyOracle(counties);
    const random = seededRandom(20_261_201);
    const wrong: string[] = [];
    let seen = 0;
    while (seen < positionCount) {
      // By area on the globe, from the Aleutians over the date line to Puerto Rico.
      const latitude = (Math.asin(0.3 + random() * 0.65) * 180) / Math.PI;
      const longitude = -190 + random() * 125;
      const position = { latitude, longitude: longitude < -180 ? longitude + 360 : longitude };
      const county = countyAt(position);
      const office = county === undefined ? undefined : stated.get(county);
      if (county === undefined) continue;
      if (office === undefined) {
        // Land that nobody states is never given to a neighbour.
        if (districtAt(position) !== undefined) wrong.push(`${latitude}, ${longitude}: nobody's county ${county}`);
        continue;
      }
      seen += 1;
      if (districtAt(position)?.office !== office) wrong.push(`${latitude}, ${longitude}: ${county} is ${office}'s`);
    }
    expect(wrong).toEqual([]);
  });

  it('say as of when and by whose word; undated ones are marked', () => {
    expect(districtAt({ latitude: 35.222, longitude: -101.8313 })).toEqual({
      office: 'albuquerque',
      asOf: '2022-06-01',
      source: expect.stringContaining('sre-anuncia-reacomodo'),
    });
    expect(districtAt({ latitude: 33.4484, longitude: -112.074 })).toMatchObject({ office: 'phoenix', asOf: null });
  });

  const places = docs.matchAll(/^\| ([^|]+) \| (-?[\d.]+) \| (-?[\d.]+) \| ([a-z-]+) \| ([a-z-]+) \|/gm);
  it.each(Array.from(places, ([, ...columns]) => columns))(
    'are as docs/data-sources.md says: %s (%s, %s): %s, and the nearest is %s',
    (_, latitude, longitude, district, nearest) => {
      const position = { latitude: Number(latitude), longitude: Number(longitude) };
      expect(districtAt(position)?.office ?? 'none').toBe(district);
      expect(nearestConsulates(position, openConsulates, 1)[0]?.consulate.id).toBe(nearest);
    },
  );

  it('differ from the nearest office in as many of the 1,000 cities as docs/data-sources.md says', () => {
    const named = cities.flatMap((city) => {
      const district = districtAt(city);
      return district ? [district.office === nearestConsulates(city, openConsulates, 1)[0]?.consulate.id] : [];
    });
    expect(docs).toContain(
      `${named.length} lie in a stated county, and in ${named.filter((same) => !same).length} of these another office`,
    );
  });

  it('have all places of the documentation tried', () => {
    expect(docs.match(/^\| [^|]+ \| -?\d/gm)?.length).toBeGreaterThan(30);
  });
});

describe('a look-up', () => {
  // Two squares of 1° side by side, the sea around them but in the south, where another country is.
  const district = (office: string) => ({ office, asOf: null, source: 'test' });
  const grid = { longitude: { origin: -100, step: 0.01 }, latitude: { origin: 30, step: 0.01 } };
  const line = (one: number, other: number, ...points: readonly (readonly [number, number])[]) => ({
    sides: [one, other] as const,
    points,
  });
  const at = createDistricts(
    store(
      [
        // A point at the height of a corner of it crosses it once.
        line(1, 0, [100, 0], [100, 50], [100, 100]),
        line(0, territory.sea, [0, 0], [0, 100], [100, 100]),
        line(1, territory.sea, [100, 100], [200, 100], [200, 0]),
        line(0, territory.abroad, [0, 0], [100, 0]),
        line(1, territory.abroad, [100, 0], [200, 0]),
      ],
      grid,
      [district('west'), district('east')],
    ),
  );
  const officeAt = (latitude: number, longitude: number) => at({ latitude, longitude })?.office;

  it('finds the district around a point', () => {
    expect([officeAt(30.5, -99.5), officeAt(30.5, -98.5)]).toEqual(['west', 'east']);
    expect([officeAt(30.0001, -99.0001), officeAt(30.9999, -98.9999)]).toEqual(['west', 'east']);
  });

  it('counts 3 km of water to the nearest shore, and not 4 km', () => {
    expect([officeAt(31.025, -99.5), officeAt(30.5, -97.975), officeAt(30.5, -100.029)]).toEqual([
      'west',
      'east',
      'west',
    ]);
    expect([officeAt(31.036, -99.5), officeAt(30.5, -97.955)]).toEqual([undefined, undefined]);
  });

  it('counts nothing beyond a border with another country', () => {
    expect([officeAt(29.999, -99.5), officeAt(29.98, -98.5)]).toEqual([undefined, undefined]);
  });
});
