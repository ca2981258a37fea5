import { readFileSync, writeFileSync } from 'node:fs';
import { type District, type DistrictData, createDistricts, territory } from '../domain/offices/districts.ts';
import { type Office, loadConsulateData } from './consulate-data.ts';
import { fipsOf } from './states.ts';
import { type Line, type Topology, areasOf, dissolve, joinLines, readTopology } from './topology.ts';

/** Older statements are left out: districts change. Undated ones stay, and are marked by `asOf: null`. */
const oldestYear = '2015';

/** The counties of the USA, by the Census Bureau: 3,231 with those of the territories. */
export const readCounties = (): Topology => readTopology('us-atlas/counties-10m.json');

/** Whose data states which county, by FIPS number; counties that two offices state are left out. */
export const statedCounties = (offices: readonly Office[], counties: readonly { readonly id: string }[]) => {
  const stated = new Map<string, string[]>();
  for (const { id: office, status, jurisdiction } of offices) {
    if (status !== 'open' || (jurisdiction.asOf ?? oldestYear) < oldestYear) continue;
    const whole = new Set(jurisdiction.wholeStates.map(fipsOf));
    const named = new Set(jurisdiction.counties.map(({ fips }) => fips));
    for (const { id } of counties) {
      if (named.has(id) || whole.has(id.slice(0, 2))) stated.set(id, [...(stated.get(id) ?? []), office]);
    }
  }
  return new Map(
    [...stated].flatMap(([county, [office, ...others]]) =>
      office !== undefined && others.length === 0 ? [[county, office] as const] : [],
    ),
  );
};

const gridOf = ({ transform: { scale, translate } }: Topology): DistrictData['grid'] => ({
  longitude: { origin: translate[0], step: scale[0] },
  latitude: { origin: translate[1], step: scale[1] },
});

/** The steps from each point to the next, the first from the origin. */
const stepsOf = (points: Line['points']): readonly number[] =>
  points.flatMap(([x, y], index) => [x - (points[index - 1]?.[0] ?? 0), y - (points[index - 1]?.[1] ?? 0)]);

const boxOf = ({ sides, points }: Line): readonly number[] => {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [...sides, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
};

export const store = (
  lines: readonly Line[],
  grid: DistrictData['grid'],
  districts: readonly District[],
): DistrictData => ({
  grid,
  districts,
  boxes: lines.map(boxOf),
  lines: lines.map(({ points }) => stepsOf(points).join(',')),
});

/** Whether a point lies in Mexico or Canada (ISO 3166-1: 484, 124), or just off its shore. */
const readAbroad = (): ((latitude: number, longitude: number) => boolean) => {
  const world = readTopology('world-atlas/countries-10m.json');
  const countries = dissolve(world, 'countries', (id) => (id === '484' || id === '124' ? 0 : territory.unstated));
  const neighbours = countries.filter(({ sides }) => sides[0] === 0);
  const at = createDistricts(store(neighbours, gridOf(world), [{ office: 'abroad', asOf: null, source: '' }]));
  // Most of the shore is Alaska's and lies west of both: a look-up would go along all their borders.
  const westmost = Math.min(...neighbours.flatMap(({ points }) => points.map(([x]) => x)));
  const { origin, step } = gridOf(world).longitude;
  const west = origin + westmost * step - 1;
  return (latitude, longitude) => longitude > west && at({ latitude, longitude }) !== undefined;
};

/** How far beyond a border one looks for the country on its other side: rivers are narrower. */
const beyondDegrees = 0.05;

/** Tells the borders with Mexico and Canada, which look like shores in a map of the USA, from shores. */
const splitAtBorders = (
  { sides, points }: Line,
  grid: DistrictData['grid'],
  abroad: ReturnType<typeof readAbroad>,
): Line[] => {
  if (!sides.includes(territory.sea)) return [{ sides, points }];
  const pieces: { readonly isAbroad: boolean; readonly points: Line['points'][number][] }[] = [];
  for (const [index, to] of points.entries()) {
    const from = points[index - 1];
    if (!from) continue;
    const longitude = grid.longitude.origin + (grid.longitude.step * (from[0] + to[0])) / 2;
    const latitude = grid.latitude.origin + (grid.latitude.step * (from[1] + to[1])) / 2;
    const [dx, dy] = [(to[0] - from[0]) * grid.longitude.step, (to[1] - from[1]) * grid.latitude.step];
    const [acrossX, acrossY] = [-dy, dx].map((part) => (part * beyondDegrees) / Math.hypot(dx, dy));
    const isAbroad = [1, -1].some((side) =>
      abroad(latitude + side * (acrossY ?? 0), longitude + side * (acrossX ?? 0)),
    );
    const last = pieces.at(-1);
    if (last?.isAbroad === isAbroad) last.points.push(to);
    else pieces.push({ isAbroad, points: [from, to] });
  }
  return pieces.map((piece) => ({
    sides: [sides[0], piece.isAbroad ? territory.abroad : territory.sea],
    points: piece.points,
  }));
};

const districtOf = ({ id, jurisdiction: { asOf }, sources }: Office): District => {
  const stating = sources.filter(({ field }) => field === 'jurisdiction');
  const newest = stating.toSorted((a, b) => ((a.asOf ?? '') < (b.asOf ?? '') ? 1 : -1))[0];
  return { office: id, asOf, source: newest?.ref ?? '' };
};

/** Districts from the counties that the offices' data states: counties of one district dissolved, no line simplified. */
export const buildDistricts = (offices: readonly Office[], counties: Topology): DistrictData => {
  const stated = statedCounties(offices, areasOf(counties, 'counties'));
  const named = new Set(stated.values());
  const districts = offices.filter(({ id }) => named.has(id)).map(districtOf);
  const indexes = new Map(districts.map(({ office }, index) => [office, index]));
  const grid = gridOf(counties);
  const lines = dissolve(counties, 'counties', (id) => indexes.get(stated.get(id) ?? '') ?? territory.unstated);
  const abroad = readAbroad();
  return store(joinLines(lines.flatMap((line) => splitAtBorders(line, grid, abroad))), grid, districts);
};

/** The text of `districts.json`: one district or line of border a line. */
export const districtsText = ({ grid, districts, boxes, lines }: DistrictData): string =>
  [
    '{',
    `"grid": ${JSON.stringify(grid)},`,
    '"districts": [',
    districts.map((district) => JSON.stringify(district)).join(',\n'),
    '],',
    '"boxes": [',
    boxes.map((box) => JSON.stringify(box)).join(',\n'),
    '],',
    '"lines": [',
    lines.map((line) => JSON.stringify(line)).join(',\n'),
    ']',
    '}',
    '',
  ].join('\n');

/** What docs/data-sources.md says of each state: which of its counties have a stated office, and which have none. */
export const countyTable = (offices: readonly Office[], counties: Topology): string => {
  const areas = areasOf(counties, 'counties');
  const stated = statedCounties(offices, areas);
  const rows = areasOf(counties, 'states')
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ id, name }) => {
      const all = areas.filter((county) => county.id.startsWith(id));
      const named = all.filter((county) => stated.has(county.id));
      const names = (list: typeof all) =>
        list
          .map((county) => county.name)
          .toSorted()
          .join(', ');
      const by = [...new Set(named.map((county) => stated.get(county.id) ?? ''))].toSorted().join(', ');
      const rest = all.filter((county) => !stated.has(county.id));
      if (named.length === 0) return `| ${name} | none of ${all.length} | |`;
      if (rest.length === 0) return `| ${name} | all ${all.length} | ${by} |`;
      const listed = named.length < rest.length ? `only ${names(named)}` : `all but ${names(rest)}`;
      return `| ${name} | ${named.length} of ${all.length}: ${listed} | ${by} |`;
    });
  return ['| state | counties with a stated office | offices |', '|---|---|---|', ...rows, ''].join('\n');
};

// Run `npx node shared/data/build-districts.ts` after each change of a jurisdiction in consulates.json; a test fails until you do.
if (import.meta.main) {
  const { offices } = loadConsulateData();
  const counties = readCounties();
  writeFileSync(new URL('districts.json', import.meta.url), districtsText(buildDistricts(offices, counties)));
  const docs = new URL('../../docs/data-sources.md', import.meta.url);
  const text = readFileSync(docs, 'utf8').replace(/\| state \| counties(.*\n)+?(?!\|)/, countyTable(offices, counties));
  writeFileSync(docs, text);
}
