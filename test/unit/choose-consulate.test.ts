import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openConsulates } from '../../shared/data/consulates.ts';
import type { ConsulateLocator, ConsulateSearch } from '../../shared/domain/offices/choose-consulate.ts';
import { chooseByDistance, chooseConsulate } from '../../shared/domain/offices/choose-consulate.ts';
import { distanceMeters } from '../../shared/domain/offices/distance.ts';
import type { DistrictAt } from '../../shared/domain/offices/responsible-office.ts';
import { noDistricts } from '../support/no-districts.ts';

const fresno = { latitude: 36.7378, longitude: -119.7871 };
const boston = { latitude: 42.3601, longitude: -71.0589 };
const metersTo = (id: string, from = fresno) =>
  Math.round(
    distanceMeters(
      from,
      openConsulates.find((office) => office.id === id)!,
    ),
  );

const answering = (consulateId: string | undefined): ConsulateLocator => ({
  nearest: async () => (consulateId === undefined ? undefined : { consulateId }),
});
const neverAsked: ConsulateLocator = {
  nearest: async () => {
    throw new Error('Location was asked');
  },
};
const failing = (name: string): ConsulateLocator => ({
  nearest: async () => {
    throw Object.assign(new Error('no'), { name });
  },
});
const never: ConsulateLocator = { nearest: async () => new Promise(() => {}) };

const pressedAt = '2026-11-22T20:00:00.000Z';

const choose = async (
  locator: ConsulateLocator,
  facts: Partial<Parameters<typeof chooseConsulate>[1]>,
  offices = openConsulates,
) => chooseConsulate({ locator, offices, ...noDistricts }, { consularNotification: true, pressedAt, ...facts });

const ministry = { kind: 'chosen', assigned: { id: 'ministry', distanceMeters: null, basis: 'ministry' } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('choosing the office of an alert', () => {
  it('takes the office that Location names, with our own distance', async () => {
    expect(await choose(answering('fresno'), { position: fresno })).toEqual({
      kind: 'chosen',
      assigned: { id: 'fresno', distanceMeters: metersTo('fresno'), basis: 'location' },
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('reports when Location and our distance name different offices, and trusts Location', async () => {
    const chosen = await choose(answering('sacramento'), { position: fresno });
    expect(chosen).toMatchObject({
      assigned: { id: 'sacramento', distanceMeters: metersTo('sacramento'), basis: 'location' },
    });
    expect(chosen).toMatchObject({ disagreement: { ours: 'fresno' } });
    const extra = chosen.kind === 'chosen' ? chosen.disagreement?.extraMeters : undefined;
    expect(extra).toBeCloseTo(metersTo('sacramento') - metersTo('fresno'), -1);
  });

  it.each([
    ['refuses', failing('AccessDeniedException'), 'refused'],
    ['cannot be reached', failing('ECONNREFUSED'), 'refused'],
    ['throttles', failing('ThrottlingException'), 'throttled'],
    ['times out in its client', failing('TimeoutError'), 'slow'],
    ['knows no office', answering(undefined), 'empty'],
    ['names an office that we do not know', answering('atlantis'), 'unknown-office'],
  ])('decides by our own distance when Location %s', async (_, locator, fallbackReason) => {
    expect(await choose(locator, { position: fresno })).toEqual({
      kind: 'chosen',
      assigned: { id: 'fresno', distanceMeters: metersTo('fresno'), basis: 'great-circle' },
      fallbackReason,
    });
  });

  it('decides by our own distance when Location throws before it answers a promise', async () => {
    const locator: ConsulateLocator = {
      nearest: () => {
        throw new Error('broken');
      },
    };
    expect(await choose(locator, { position: fresno })).toMatchObject({ fallbackReason: 'refused' });
  });

  it('waits 300 ms for a Location that never answers and ignores the signal, and not longer', async () => {
    let settled = false;
    const choice = choose(never, { position: fresno }).finally(() => {
      settled = true;
    });
    await vi.advanceTimersByTimeAsync(299);
    expect(settled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toBe(true);
    expect(await choice).toMatchObject({ assigned: { id: 'fresno', basis: 'great-circle' }, fallbackReason: 'slow' });
  });

  it('tells a slow Location to stop, and does not mind how it fails afterwards', async () => {
    let signal: AbortSignal | undefined;
    const locator: ConsulateLocator = {
      nearest: async (search) => {
        signal = search.signal;
        return new Promise((_, reject) => {
          search.signal.addEventListener('abort', () => reject(new Error('aborted')));
        });
      },
    };
    const choice = choose(locator, { position: fresno });
    await vi.advanceTimersByTimeAsync(300);
    expect(await choice).toMatchObject({ fallbackReason: 'slow' });
    expect(signal?.aborted).toBe(true);
  });

  it('uses the registered home when there is no position', async () => {
    expect(await choose(answering('boston'), { homePosition: boston })).toMatchObject({
      assigned: { id: 'boston', distanceMeters: metersTo('boston', boston), basis: 'home' },
    });
  });

  it('uses the registered home when the position is exactly 0,0, by our distance when Location fails', async () => {
    const chosen = await choose(failing('Error'), { position: { latitude: 0, longitude: 0 }, homePosition: boston });
    expect(chosen).toMatchObject({ assigned: { id: 'boston', basis: 'home' }, fallbackReason: 'refused' });
  });

  it('uses the registered home when the position is not trusted, and that when nothing else is known', async () => {
    const old = { ...fresno, measuredAt: '2026-11-19T20:00:00.000Z' };
    expect(await choose(failing('Error'), { position: old, homePosition: boston })).toMatchObject({
      assigned: { id: 'boston', basis: 'home' },
    });
    expect(await choose(failing('Error'), { position: old })).toMatchObject({
      assigned: { id: 'fresno', basis: 'great-circle' },
    });
  });

  it.each([
    ['no position and no home', {}],
    [
      'a position and a home of exactly 0,0',
      { position: { latitude: 0, longitude: 0 }, homePosition: { latitude: 0, longitude: 0 } },
    ],
  ])('leaves the alert to the ministry with %s, without asking Location', async (_, facts) => {
    expect(await choose(neverAsked, facts)).toEqual(ministry);
  });

  it('asks nobody without authorisation', async () => {
    expect(await choose(neverAsked, { consularNotification: false, position: fresno, homePosition: boston })).toEqual({
      kind: 'not-authorised',
    });
  });

  it('finds the next office when the nearest was told already, and tells Location to skip it', async () => {
    let search: ConsulateSearch | undefined;
    const locator: ConsulateLocator = {
      nearest: async (asked) => {
        search = asked;
        return { consulateId: 'fresno' };
      },
    };
    const chosen = await choose(locator, { position: fresno, exclude: ['fresno'] });
    expect(chosen).toMatchObject({
      assigned: { id: 'san-jose', basis: 'great-circle' },
      fallbackReason: 'unknown-office',
    });
    expect([...(search?.exclude ?? [])]).toEqual(['fresno']);
    expect(Math.round(search?.expectedDistanceMeters ?? 0)).toBe(metersTo('san-jose'));
  });

  it.each([{ position: fresno }, {}, { position: fresno, consularNotification: false }])(
    'comes at once to the same as when Location knows no office: %o',
    async (given) => {
      const facts = { consularNotification: true, pressedAt, ...given };
      const found = chooseByDistance({ offices: openConsulates, ...noDistricts }, facts);
      expect(found).toEqual(await choose(answering(undefined), given));
    },
  );

  it('leaves the alert to the ministry when every office is excluded or none is open', async () => {
    const exclude = openConsulates.map((office) => office.id);
    expect(await choose(never, { position: fresno, exclude })).toEqual(ministry);
    expect(await choose(never, { position: fresno }, [])).toEqual(ministry);
  });
});

describe('choosing where another office than the nearest is responsible', () => {
  const district = { office: 'san-jose', source: 'a newspaper', asOf: '2024' };
  const chooseIn = async (
    facts: Partial<Parameters<typeof chooseConsulate>[1]>,
    districtAt: DistrictAt = () => district,
    locator = answering('fresno'),
  ) =>
    chooseConsulate(
      { locator, offices: openConsulates, districtAt },
      { consularNotification: true, pressedAt, ...facts },
    );
  const nearest = { id: 'fresno', distanceMeters: metersTo('fresno'), basis: 'location' };
  const responsible = { id: 'san-jose', distanceMeters: metersTo('san-jose'), basis: 'district' };

  it('puts that one in charge, with its own distance, and the nearest beside it', async () => {
    expect(await chooseIn({ position: fresno })).toEqual({
      kind: 'chosen',
      assigned: responsible,
      twoOffices: { responsible, nearest, source: 'a newspaper', asOf: '2024' },
    });
  });

  it('asks for the district of the place that decides: the home, where there is no trusted position', async () => {
    const asked: unknown[] = [];
    const facts = { position: { latitude: 0, longitude: -119 }, homePosition: fresno };
    const chosen = await chooseIn(facts, (place) => {
      asked.push(place);
      return district;
    });
    expect(asked).toEqual([fresno]);
    expect(chosen).toMatchObject({ assigned: responsible, twoOffices: { nearest: { basis: 'home' } } });
  });

  it.each([
    ['the nearest is responsible', { ...district, office: 'fresno' }],
    ['no office states the county', undefined],
    ['that office has closed since', { ...district, office: 'atlantis' }],
  ])('leaves the nearest in charge when %s', async (_, found) => {
    expect(await chooseIn({ position: fresno }, () => found)).toEqual({ kind: 'chosen', assigned: nearest });
  });

  it('goes on from an office by distance alone', async () => {
    expect(await chooseIn({ position: fresno, exclude: ['los-angeles'] })).toMatchObject({ assigned: nearest });
  });

  it('leaves the nearest in charge, and says so, when the districts fail', async () => {
    const fails: DistrictAt = () => {
      throw new Error('no districts');
    };
    expect(await chooseIn({ position: fresno }, fails)).toEqual({
      kind: 'chosen',
      assigned: nearest,
      districtFailed: true,
    });
  });

  it('does not look where nobody is to be told', async () => {
    const unasked = vi.fn<DistrictAt>();
    await chooseIn({ consularNotification: false, position: fresno }, unasked);
    await chooseIn({}, unasked);
    expect(unasked).not.toHaveBeenCalled();
  });
});
