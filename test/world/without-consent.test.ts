import { describe, expect, it } from 'vitest';
import { composeServeApp } from '../../shared/compose.ts';
import { ministryDesk } from '../../shared/data/consulates.ts';
import { type Language, languages } from '../../shared/domain/vocabulary.ts';
import { envNames } from '../../shared/names.ts';
import { catalogues } from '../../shared/words/catalogues.ts';
import { fill } from '../../shared/words/fill.ts';
import { countParts } from '../../shared/words/gsm0338.ts';
import { worldOffices } from '../support/outside.ts';
import { pagesOf } from '../support/serving.ts';
import { type World, type WorldOptions, createWelcomedWorld, downtown } from '../support/world.ts';

const alertId = '22222222-2222-4222-8222-222222222222';
const legalHelp = '+12135550199';
const env = { [envNames.legalHelpName]: 'Ayuda Migrante', [envNames.legalHelpPhone]: legalHelp };
const day = 24 * 60;

/** Offices, the desk, and that the person chose: nothing of it is anybody's to read. */
const untold = new RegExp(
  [
    'consula|cancillería|cancilleria|relaciones exteriores|foreign ministry|CIAM|autoriz|authoriz|así lo eligió|as they chose',
    ...worldOffices.flatMap(({ city, emergencyPhone }) => [city, emergencyPhone.slice(1)]),
    ministryDesk.phone.slice(-10),
  ].join('|'),
  'i',
);

const setUp = async (language: Language = 'es', options: WorldOptions = {}) => {
  const registers = { person: { name: 'Ana Sofía Núñez', language, homePosition: downtown } };
  return createWelcomedWorld({ ...options, registers: { ...registers, ...options.registers } });
};
const press = async (world: World) => world.pressed({ alertId, position: downtown });
const live = async (world: World, minutes: number): Promise<void> => {
  world.skip((minutes - 2) * 60_000);
  await world.advance(3);
};
const messages = (world: World, type?: string) =>
  world.published().filter((one) => one.type !== 'contact.welcome.v1' && (type === undefined || one.type === type));
const get = async (world: World, token: string, accept = 'text/html'): Promise<string> =>
  (await pagesOf(world)('GET /f/{token}', { token }, { accept, rawPath: `/f/${token}` })).body;
const tokenIn = (text = ''): string => /\/f\/(\w+)/.exec(text)?.[1] ?? 'none';
const pages = async (world: World): Promise<string> => {
  const token = tokenIn(messages(world, 'alert.raised.v1')[0]?.bodies['sms']);
  const json = await get(world, token, 'application/json');
  expect(JSON.parse(json)).toMatchObject({ folio: null, consulate: null, desk: null });
  return `${await get(world, token)}${json.replace('"consulate":null', '')}`;
};

describe('without consular consent', () => {
  it.each(languages)('no message and no page names an office, the desk or the choice: %s', async (language) => {
    const world = await setUp(language);
    await press(world);
    const open = await pages(world);
    await live(world, day);
    await live(world, 2 * day);
    await world.pressed({ position: downtown });
    await live(world, 4 * day);
    const over = await pages(world);
    expect(world.stored({ alertId })).toMatchObject({ state: 'closed' });
    const texts = messages(world).flatMap(({ bodies }) => Object.values(bodies));
    expect(texts.length).toBeGreaterThan(6);
    for (const text of [...texts, open, over]) expect(text).not.toMatch(untold);
    expect(`${texts.join()}${open}${over}`).not.toContain('tel:');
    expect(world.published().every(({ topic }) => topic === 'family')).toBe(true);
  });

  it.each(languages)(
    'a drill says that the chosen contacts hear, and nothing of anybody else: %s',
    async (language) => {
      const world = await setUp(language, { env });
      await world.pressed({ alertId, position: downtown, drill: true });
      const bodies = messages(world, 'alert.raised.v1')[0]?.bodies ?? {};
      const { toContacts, drill } = catalogues[language].family.press.email;
      expect(bodies['email']).toContain(fill(toContacts, { name: 'Ana Sofía Núñez' }));
      expect(bodies['email']).not.toContain(drill.told.split('.').at(-2));
      for (const text of [...Object.values(bodies), await pages(world)]) expect(text).not.toMatch(untold);
    },
  );

  it('gives the phone of legal help, where the operator named it: SMS, mail, page, app', async () => {
    const world = await setUp('es', { env });
    await press(world);
    await live(world, day);
    const told = messages(world);
    expect(told.map(({ type }) => type)).toEqual(['alert.raised.v1', 'alert.silent.v1']);
    for (const { bodies } of told) {
      expect(bodies['sms']).toContain(legalHelp);
      expect(bodies['email']).toContain(`Ayuda Migrante: ${legalHelp}`);
      expect(countParts(bodies['sms'] ?? '')).toBeLessThanOrEqual(2);
      expect(`${bodies['sms']}${bodies['email']}`).not.toMatch(untold);
    }
    expect(await pages(world)).toContain(`tel:${legalHelp}`);
    expect(await pages(world)).not.toMatch(untold);
    expect(world.of(composeServeApp).settings.legalHelp).toEqual({ name: 'Ayuda Migrante', phone: legalHelp });
  });

  it.each(languages)(
    'says all of it in two parts, with a long name and a link of 100 characters: %s',
    async (language) => {
      const name = 'María Guadalupe Hernández Villavicencio de la Cruz Sánchez';
      const publicUrl = { [envNames.publicUrl]: `https://${'a'.repeat(59)}.example` };
      const world = await setUp(language, { env: { ...env, ...publicUrl }, registers: { person: { name, language } } });
      await press(world);
      await live(world, day);
      await live(world, 2 * day);
      await world.pressed();
      const texts = messages(world).map(({ bodies }) => bodies['sms'] ?? '');
      expect(texts).toHaveLength(4);
      for (const text of texts) {
        expect(/https:\S+/.exec(text)?.[0]).toHaveLength(100);
        expect(text).toContain(legalHelp);
        expect(countParts(text)).toBeLessThanOrEqual(2);
      }
    },
  );

  it('tells the family again after a day and after three, closes after a week, and tells nobody of that', async () => {
    const world = await setUp();
    await press(world);
    const heard = () => messages(world).map(({ type }) => type);
    await live(world, day - 10);
    expect(heard()).toEqual(['alert.raised.v1']);
    await live(world, 15);
    expect(heard()).toEqual(['alert.raised.v1', 'alert.silent.v1']);
    expect(messages(world).at(-1)?.bodies['sms']).toContain('paso un dia desde su ALERTA. Busque en locator.ice.gov');
    await live(world, 2 * day);
    expect(heard().slice(2)).toEqual(['alert.silent.v1']);
    expect(messages(world).at(-1)?.bodies['sms']).toContain('pasaron tres dias');
    await live(world, 4 * day);
    expect(heard()).toHaveLength(3);
    expect(world.stored({ alertId })).toMatchObject({ state: 'closed', disposition: 'other' });
  });

  it('tells again once although a watchman fails in the middle', async () => {
    const world = await setUp();
    await press(world);
    let failures = 0;
    world.break((operation) => operation === 'Publish' && (failures += 1) <= 2);
    await live(world, day);
    world.mend();
    await world.advance(15);
    expect(messages(world, 'alert.silent.v1')).toHaveLength(1);
  });

  it('says the same of a cancellation with either PIN, and nothing more after it', async () => {
    const both = await Promise.all(
      ['pin', 'duress'].map(async (pin) => {
        const world = await setUp('es', { env });
        await press(world);
        await world.cancelled(alertId, pin);
        await live(world, day);
        await live(world, 2 * day);
        await live(world, 5 * day);
        const told = messages(world);
        expect(told.map(({ type }) => type)).toEqual(['alert.raised.v1', 'alert.cancelled.v1']);
        const page = await pages(world);
        expect(page).not.toMatch(untold);
        return { sms: told.map(({ bodies }) => bodies['sms']), page };
      }),
    );
    expect(both[0]).toEqual(both[1]);
  });

  it('a link that opens nothing shows no phone but that of legal help', async () => {
    expect(await get(await setUp(), 'x'.repeat(22))).not.toContain('tel:');
    const page = await get(await setUp('es', { env }), 'x'.repeat(22));
    expect(page).toContain(`tel:${legalHelp}`);
    expect(page).not.toContain(ministryDesk.phone);
  });
});
