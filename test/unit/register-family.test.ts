import { lettersIn } from '../../shared/domain/family/readable-code.ts';
import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { createHandler } from '../../functions/register-family/handler.ts';
import { consentTexts } from '../../shared/data/consent-texts.ts';
import { nodeSecrets } from '../../shared/adapters/node-secrets.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import type { FamilyRegister } from '../../shared/domain/family/register-family.ts';
import { metricNames } from '../../shared/names.ts';
import type { OfficeReachStore } from '../../shared/telling/check-offices.ts';
import { logLines } from '../support/log-lines.ts';
import { expectDocumented } from '../support/api-contract.ts';
import { aContext, anEvent, answerOf } from '../support/fixtures.ts';

const body = {
  person: { name: 'María Fernanda Ruiz', language: 'es' },
  contacts: [
    { name: 'José Ruiz', channel: 'sms', endpoint: '+1 (213) 555-0101' },
    { name: 'Lupita', channel: 'email', endpoint: 'lupita@Example.com' },
  ],
  pin: '4821',
  consent: { consularNotification: true, version: '2026-01' },
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const setUp = (registrationCode?: string, officeReach: OfficeReachStore['get'] = async () => undefined) => {
  const register = vi.fn<FamilyRegister['register']>(async ({ family }) => ({ kind: 'registered', family }));
  const handler = createHandler({
    families: { register },
    secrets: nodeSecrets,
    pinHasher: { hash: async (familyId, pin) => `hash of ${pin} for ${familyId}` },
    keyedHash: async (text) => `keyed ${sha256(text)}`,
    now: () => new Date('2026-11-22T20:00:00.000Z'),
    registrationCodeHash: registrationCode === undefined ? undefined : sha256(registrationCode),
    asksForWork: false,
    smsCountries: ['US', 'MX'],
    openConsulates,
    consentTexts,
    officeReach: { get: officeReach },
  });
  const post = async (json: unknown, event: Parameters<typeof anEvent>[0] = {}) =>
    expectDocumented(
      'POST /v1/families',
      answerOf(await handler(anEvent({ routeKey: 'POST /v1/families', json, ...event }), aContext)),
    );
  return { post, register };
};
const wrongFields = async (json: unknown) => (await setUp().post(json)).body.errors?.map(({ field }) => field);

describe('POST /v1/families', () => {
  it('takes only a text of the consent that exists, and remembers its language and hash', async () => {
    const { post, register } = setUp();
    const { status, body: refused } = await post({ ...body, consent: { ...body.consent, version: '2025-12' } });
    expect(status).toBe(400);
    expect(refused['errors']).toMatchObject([{ field: 'consent.version', code: 'unknown-version' }]);
    expect(register).not.toHaveBeenCalled();
    await post({ ...body, consent: { ...body.consent, language: 'en' } });
    const english = consentTexts.find(({ language }) => language === 'en')!;
    expect(register.mock.calls[0]?.[0].family.consent).toMatchObject({ language: 'en', sha256: english.sha256 });
  });

  it('answers 201 with a token whose secret is stored only as a hash', async () => {
    const { post, register } = setUp();
    const { status, body: answer } = await post(body);
    expect(status).toBe(201);
    const [entry] = register.mock.calls[0] ?? [];
    const [familyId, secret] = String(answer['deviceToken']).split('.');
    expect(answer['familyId']).toBe(familyId);
    expect(Buffer.from(secret ?? '', 'base64url')).toHaveLength(32);
    expect(entry?.device.secretHash).toBe(sha256(secret ?? ''));
    expect(JSON.stringify(entry)).not.toContain(secret);
    const code = String(answer['recoveryCode']);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    expect(entry?.recoveryHash).toBe(sha256(lettersIn(` ${code.toLowerCase()} `)));
    expect(JSON.stringify(entry)).not.toContain(lettersIn(code));
    expect(entry?.pins).toEqual({ pin: `hash of 4821 for ${familyId}` });
    expect(entry?.family.consent).toMatchObject({
      version: '2026-01',
      language: 'es',
      sha256: consentTexts[0]!.sha256,
    });
    expect(answer['contacts']).toMatchObject([
      { name: 'José Ruiz', channel: 'sms', status: 'pending' },
      { name: 'Lupita', channel: 'email', status: 'pending' },
    ]);
    expect(JSON.stringify(answer)).not.toContain('5550101');
  });

  it('keeps by what a person is found, what cannot wait at home, and who hears the truth', async () => {
    const { post, register } = setUp();
    const person = {
      ...body.person,
      speaks: 'nah',
      locator: {
        documentName: 'María F. Ruiz',
        birthDate: '1988-04-17',
        birthPlace: 'Tehuacán',
        aNumber: 'a 12-345.678',
      },
      urgentAtHome: 'Los niños salen a las 3.',
      wantsRepresentative: true,
    };
    const contacts = [{ ...body.contacts[0], trusted: true }, body.contacts[1]];
    const { status, body: answer } = await post({ ...body, person, contacts });
    expect(status).toBe(201);
    const { family } = register.mock.calls[0]![0];
    expect(family.person).toMatchObject({ ...person, locator: { aNumber: 'A012345678', birthDate: '1988-04-17' } });
    expect(family.contacts.map(({ trusted }) => trusted)).toEqual([true, undefined]);
    // Who it is stays between the person and us: others may read over their shoulder.
    expect(JSON.stringify(answer)).not.toContain('trusted');
  });

  it.each([
    ['in one place', '4822', 'too-similar'],
    ['not at all', '4821', 'same-as-pin'],
  ])('refuses a duress PIN that differs %s', async (_, duressPin, code) => {
    const { body: answer } = await setUp().post({ ...body, duressPin });
    expect(answer['errors']).toMatchObject([{ field: 'duressPin', code }]);
  });

  it('refuses a duress PIN that would warn nobody, unless there is a trusted contact', async () => {
    const alone = { ...body, duressPin: '9977', consent: { ...body.consent, consularNotification: false } };
    const { status, body: answer } = await setUp().post(alone);
    expect([status, answer['errors']]).toMatchObject([400, [{ field: 'duressPin', code: 'warns-nobody' }]]);
    const contacts = body.contacts.map((contact, index) => ({ ...contact, trusted: index === 1 }));
    expect((await setUp().post({ ...alone, contacts })).status).toBe(201);
  });

  it('takes one trusted contact at the most', async () => {
    const contacts = body.contacts.map((contact) => ({ ...contact, trusted: true }));
    const { body: answer } = await setUp().post({ ...body, contacts });
    expect(answer['errors']).toMatchObject([{ field: 'contacts.1.trusted', code: 'duplicate' }]);
  });

  it('takes null for what is not there', async () => {
    const { post, register } = setUp();
    const person = { ...body.person, phone: null, homePosition: null, speaks: null, locator: { birthDate: null } };
    const contacts = body.contacts.map((one) => ({ ...one, language: null, trusted: null }));
    const sent = { ...body, person, contacts, registrationId: null, duressPin: null, sharePositionWithFamily: null };
    expect((await post(sent)).status).toBe(201);
    expect(register.mock.calls[0]![0].family.person).toEqual({ ...body.person, locator: {} });
    expect((await post({ ...body, pin: null })).body.errors).toMatchObject([{ field: 'pin', code: 'missing' }]);
  });

  it('takes each contact once, however their phone or mailbox is written', async () => {
    const twice = (channel: string, one: string, other: string) =>
      wrongFields({ ...body, contacts: [one, other].map((endpoint) => ({ name: 'Lupe', channel, endpoint })) });
    expect(await twice('sms', '+52 55 1234 5678', 'wa.me/5215512345678')).toEqual(['contacts.1.endpoint']);
    expect(await twice('email', 'Lupe@example.com', 'mailto:lupe@Example.com')).toEqual(['contacts.1.endpoint']);
  });

  it('takes what address books and keyboards put in, and makes names safe', async () => {
    const { post, register } = setUp();
    const answer = await post({
      ...body,
      person: { name: 'Ma.del Carmen López', language: 'es-MX', phone: '\u202D+1 213 555 0101\u202C' },
      contacts: [
        { name: 'Mamá ❤️', channel: 'sms', endpoint: '\u200B+12135550102' },
        { name: 'Tía Lupe (hermana)', channel: 'email', endpoint: '\u200Blupe\u2060@Correo.example' },
        { name: 'Citi cobro.Top', channel: 'email', endpoint: 'ana@añil.example' },
      ],
    });
    expect(answer.status).toBe(201);
    expect(register.mock.calls[0]?.[0].family).toMatchObject({
      person: { name: 'Ma. del Carmen López', language: 'es', phone: '+12135550101' },
      contacts: [
        { name: 'Mamá', endpoint: '+12135550102' },
        { name: 'Tía Lupe (hermana)', endpoint: 'lupe@correo.example' },
        { name: 'Citi cobro. Top', endpoint: 'ana@xn--ail-7ma.example' },
      ],
      sharePositionWithFamily: false,
    });
  });

  it.each([
    [
      'a bare ten-digit phone',
      { contacts: [{ ...body.contacts[0], endpoint: '2135550101' }] },
      ['contacts.0.endpoint'],
    ],
    [
      'a phone of another country',
      { contacts: [{ ...body.contacts[0], endpoint: '+447700900123' }] },
      ['contacts.0.endpoint'],
    ],
    ['a mailbox that is none', { contacts: [{ ...body.contacts[1], endpoint: 'lupita@' }] }, ['contacts.0.endpoint']],
    ['an unknown channel', { contacts: [{ ...body.contacts[1], channel: 'fax' }] }, ['contacts.0.channel']],
    ['no contact', { contacts: [] }, ['contacts']],
    [
      'eleven contacts',
      { contacts: Array.from({ length: 11 }, (_, n) => ({ ...body.contacts[1], endpoint: `a${n}@b.co` })) },
      ['contacts'],
    ],
    ['the same endpoint twice', { contacts: [body.contacts[0], body.contacts[0]] }, ['contacts.1.endpoint']],
    ['a number as a name', { person: { ...body.person, name: 'Banco llame 900 555 0199' } }, ['person.name']],
    ['a name without letters', { contacts: [{ ...body.contacts[0], name: '❤️' }] }, ['contacts.0.name']],
    ['another language', { person: { ...body.person, language: 'nah' } }, ['person.language']],
    ['a short PIN', { pin: '123' }, ['pin']],
    ['no consent', { consent: undefined }, ['consent']],
    [
      'a home outside the Earth',
      { person: { ...body.person, homePosition: { latitude: 91, longitude: 0 } } },
      ['person.homePosition.latitude'],
    ],
  ])('names the wrong field: %s', async (_, change, fields) => {
    expect(await wrongFields({ ...body, ...change })).toEqual(fields);
  });

  const at = (latitude: number | string, longitude: number | string) => ({
    person: { ...body.person, homePosition: { latitude, longitude } },
  });

  it.each([
    ['a coordinate of 0', at(34.05, 0), /no place/],
    ['swapped coordinates', at(-80.27, 25.72), /swapped/],
    ['a lost sign', at(34.05, 118.24), /lost a minus sign/],
    ['what phones mark "no value" with', at(4.9e-324, -118.24), /degrees/],
    ['no number', at('here', -118.24), /degrees/],
  ])('refuses a home of %s, and says what is wrong with it', async (_, change, detail) => {
    const { status, body: answer } = await setUp().post({ ...body, ...change });
    expect(status).toBe(400);
    const [error] = answer.errors as unknown as { field: string; detail: string }[];
    expect(error).toMatchObject({
      field: expect.stringContaining('person.homePosition'),
      detail: expect.stringMatching(detail),
    });
  });

  it('names the office nearest to the home, and whether anybody hears there', async () => {
    const counted = (confirmed: number) => async () => ({
      offices: { 'los-angeles': { confirmed, pending: 1 } },
      checkAtMs: 0,
    });
    const nearest = async (officeReach: OfficeReachStore['get'], change: object = at('34,05', '-118,24')) =>
      (await setUp(undefined, officeReach).post({ ...body, ...change })).body['nearestConsulate'];
    const losAngeles = { id: 'los-angeles', name: 'Consulado General de México en Los Ángeles' };
    expect(await nearest(counted(1))).toEqual({ ...losAngeles, reachable: true });
    expect(await nearest(counted(0))).toEqual({ ...losAngeles, reachable: false });
    expect(await nearest(async () => undefined)).toEqual({ ...losAngeles, reachable: null });
    expect(await nearest(async () => Promise.reject(new Error('The table does not answer.')))).toMatchObject(
      losAngeles,
    );
    expect(await nearest(counted(1), {})).toBeNull();
    const refused = { ...at(34.05, -118.24), consent: { consularNotification: false, version: '2026-01' } };
    expect(await nearest(counted(1), refused)).toBeNull();
  });

  it('never echoes a value, nor a name of a field that it does not know', async () => {
    const answer = await setUp().post({ ...body, pin: 'hunter2secret', hunter2secret: { hunter2secret: 1 } });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
  });

  it('wants JSON', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await setUp().post(body, { headers })).status).toBe(415);
  });

  it('asks for the operator’s code where one is set', async () => {
    const { post, register } = setUp('club-2026');
    expect(await post(body)).toMatchObject({ status: 403, body: { errors: [{ field: 'registrationCode' }] } });
    expect((await post({ ...body, registrationCode: 'wrong' })).status).toBe(403);
    expect(register).not.toHaveBeenCalled();
    expect((await post({ ...body, registrationCode: 'club-2026' })).status).toBe(201);
  });

  it('counts wrong codes, and logs none of them', async () => {
    const { post } = setUp('club-2026');
    const lines = logLines();
    await post({ ...body, registrationCode: 'club-2025' });
    await post(body);
    await post({ ...body, registrationCode: 'club-2026' });
    expect(lines.filter((line) => line.includes(metricNames.wrongRegistrationCodes))).toHaveLength(1);
    expect(lines.join('')).not.toMatch(/club-/);
  });

  it('hashes all that was sent, PINs included, by a key, and only where a repeat can be recognised', async () => {
    const { post, register } = setUp();
    const registrationId = '5a1f0c9e-7b3d-4f0a-9b52-1c6f2f0f7a10';
    for (const change of [{}, {}, { pin: '4822' }, { sharePositionWithFamily: true }]) {
      await post({ ...body, registrationId, ...change });
    }
    await post(body);
    const [first, again, otherPin, otherWish, without] = register.mock.calls.map(([{ bodyHash }]) => bodyHash);
    expect(first).toMatch(/^keyed [0-9a-f]{64}$/);
    expect(again).toBe(first);
    expect(new Set([first, otherPin, otherWish]).size).toBe(3);
    expect(without).toBeUndefined();
  });

  it('answers 409 if the same registrationId registered something else', async () => {
    const { post, register } = setUp();
    register.mockResolvedValue({ kind: 'differs' });
    const { status, body: answer } = await post(body);
    expect([status, answer['code']]).toEqual([409, 'registration-differs']);
  });
});
