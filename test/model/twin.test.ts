import * as fc from 'fast-check';
import assert from 'node:assert';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'vitest';
import { createHandler as createQueries } from '../../functions/answer-queries/handler.ts';
import { createHandler } from '../../functions/serve-case/handler.ts';
import {
  composeAnswerQueries,
  composeCancelAlert,
  composeManageCheckIns,
  composeManageFamily,
  composeServeCase,
} from '../../shared/compose.ts';
import { dynamoRoster } from '../../shared/adapters/dynamo-roster.ts';
import { actOnCase } from '../../shared/domain/case/act-on-case.ts';
import { cancelAlert } from '../../shared/domain/case/cancel-alert.ts';
import { answerCheckIn } from '../../shared/domain/check-in/answer-check-in.ts';
import { listCheckIns, makeCheckIn } from '../../shared/domain/check-in/manage-check-ins.ts';
import { changeSettings } from '../../shared/domain/family/change-settings.ts';
import { joinByCode } from '../../shared/domain/family/join-by-code.ts';
import type { FamilyRequest } from '../../shared/domain/family/planned-change.ts';
import { lettersIn } from '../../shared/domain/family/readable-code.ts';
import { recoverFamily } from '../../shared/domain/family/recover-family.ts';
import type { DeviceToken } from '../../shared/domain/press/device.ts';
import { resourceNames } from '../../shared/names.ts';
import { answerOffer } from '../../shared/domain/representatives/answer-offer.ts';
import type { Representative } from '../../shared/domain/representatives/representative.ts';
import { hashSecret } from '../../shared/runtime/device-token.ts';
import { aContext, anEvent } from '../support/fixtures.ts';
import { aRepresentative } from '../support/representatives.ts';
import { type World, createWorld } from '../support/world.ts';

/*
 * Two families do the same, one with its PIN and one with its duress PIN, and a captor looks: at every answer to the
 * family's phones, at one relative's phone, at a phone of their own that they add as a contact, and at the pages behind
 * the links that these get. Officers of the second family go on working on what goes on in secret.
 * `RUNS=3000 npx vitest run --project fast test/model/twin.test.ts` plays more.
 */

const [relative, trusted, captors] = ['+12135550101', '+12135550109', ['+12135550161', '+12135550162', '+12135550163']];
/** In five families of each day: whoever adds it has it wait. */
const full = captors[2]!;
/** Of the ministry's roster. */
const lawyers = [
  aRepresentative({ officeId: 'ministry', name: 'Lic. Bruno Soto' }),
  aRepresentative({
    officeId: 'ministry',
    representativeId: '7c0e6f52-0000-4000-8000-000000000002',
    name: 'Lic. Carla Mora',
  }),
] as const;
const home = { latitude: 34.05, longitude: -118.24 };

type Step =
  | { readonly do: 'press' | 'drill' | 'cancel' | 'add-device' | 'erase' | 'promise' | 'officer' | 'stranger' }
  | { readonly do: 'represent' | 'own-phone' | 'promise-soon' }
  | { readonly do: 'cancel-again' | 'press-again' | 'lock' | 'recover' | 'join' | 'withdraw' | 'answer-page' }
  | { readonly do: 'answer'; readonly to: 'ok' | 'ended' }
  | { readonly do: 'add' | 'change' | 'remove' | 'revoke'; readonly which: number }
  | { readonly do: 'settings'; readonly share: boolean }
  | { readonly do: 'pass'; readonly minutes: number };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Step>({ do: 'press' }, { do: 'cancel' }, { do: 'officer' }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Step>(
      { do: 'drill' },
      { do: 'add-device' },
      { do: 'promise' },
      { do: 'cancel-again' },
      { do: 'press-again' },
      { do: 'represent' },
      { do: 'own-phone' },
      { do: 'answer', to: 'ok' },
      { do: 'answer', to: 'ended' },
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'erase' }, { do: 'lock' }, { do: 'stranger' }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Step>({ do: 'recover' }, { do: 'join' }, { do: 'withdraw' }, { do: 'answer-page' }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('add', 'change', 'remove', 'revoke'),
      which: fc.nat(2),
    }) as fc.Arbitrary<Step>,
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settings' as const), share: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.constantFrom(1, 6, 20, 130, 700) }),
  },
);

/** Ids, tokens and folios are random, and differ between any two families. */
const masked = (seen: unknown): string =>
  JSON.stringify(seen)
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'id')
    // What no answer shows.
    .replaceAll(/,"(answered|signalled)On":"[^"]*"/g, '')
    .replaceAll(/\b\d{43}\b|\b\d{22}\b/g, 'secret')
    .replaceAll(/(folio|caso|case)([\\": .,]|<[^>]*>)+[2-9A-HJKMNP-Z]{4}\b/gi, 'folio');

/** What an answer shows of an alert. */
const answered = (outcome: { readonly kind: string; readonly alert?: unknown }): unknown => {
  if (outcome.alert === undefined) return outcome;
  const { alertId, state, raisedAt } = outcome.alert as Record<string, unknown>;
  return { ...outcome, alert: { alertId, state, raisedAt } };
};

class Family {
  readonly tokens: DeviceToken[];
  readonly #bearers: string[];
  readonly links = new Set<string>();
  alertIds: string[] = [];
  checkInIds: string[] = [];
  contacts: string[];
  devices: string[] = [];
  #recoveryCode: string;
  readonly #world: World;
  readonly #pin: string;

  constructor(world: World, pin: string) {
    this.#world = world;
    this.#pin = pin;
    this.#recoveryCode = world.recoveryCode;
    this.tokens = [world.token];
    this.#bearers = [world.deviceToken];
    this.contacts = world.contacts.map(({ contactId }) => contactId);
  }

  async #change(request: FamilyRequest, pin = this.#pin): Promise<unknown> {
    const outcome = await this.#world.change(request, pin, this.tokens.at(-1));
    if (outcome.kind !== 'done') return outcome;
    if (outcome.contact && !this.contacts.includes(outcome.contact.contactId)) {
      this.contacts.push(outcome.contact.contactId);
    }
    if (outcome.device) {
      this.devices.push(outcome.device.deviceId);
      this.tokens.push(this.#world.tokenOf(outcome.device.deviceToken));
      this.#bearers.push(outcome.device.deviceToken);
    }
    return outcome;
  }

  #arrived(deviceToken: string): void {
    this.tokens.push(this.#world.tokenOf(deviceToken));
    this.#bearers.push(deviceToken);
  }

  async #recover(): Promise<unknown> {
    const deps = this.#world.of(composeManageFamily);
    const outcome = await recoverFamily(deps, hashSecret(lettersIn(this.#recoveryCode)), this.#pin);
    if (outcome.kind !== 'recovered') return outcome;
    this.#recoveryCode = outcome.recoveryCode;
    this.#arrived(outcome.deviceToken);
    return outcome.kind;
  }

  async #join(): Promise<unknown> {
    const made = await this.#world.change({ kind: 'add-device', as: 'code' }, this.#pin, this.tokens.at(-1));
    if (made.kind !== 'done' || !made.code) return made;
    const letters = lettersIn(made.code.code);
    const joined = await joinByCode(this.#world.of(composeManageFamily), letters, hashSecret(letters));
    if (joined) this.#arrived(joined.deviceToken);
    return joined ? 'joined' : 'refused';
  }

  /** Of the second family alone there is something to work on. */
  async #work(): Promise<unknown> {
    const world = this.#world;
    const secret = world
      .items()
      .filter(({ itemType, duress, state }) => itemType === 'alert' && duress === true && state !== 'closed')
      .map(({ alertId }) => String(alertId));
    for (const alertId of secret) {
      const link = { familyId: world.familyId, alertId, recipient: { kind: 'ministry' } as const };
      const deps = world.of(composeServeCase);
      await actOnCase(deps, link, { action: 'acknowledge', officer: 'Ana' });
      await actOnCase(deps, link, { action: 'note', officer: 'Ana', text: 'visto en Adelanto' });
      for (const by of lawyers) await this.#represent(alertId, by);
    }
    return 'worked';
  }

  /** A representative is asked, and has the case. */
  async #represent(alertId: string, { representativeId, officeId }: Representative): Promise<void> {
    const { familyId, of, stream } = this.#world;
    const deps = of(composeServeCase);
    const ministry = { familyId, alertId, recipient: { kind: 'ministry' } as const };
    await actOnCase(deps, ministry, { action: 'offer', officer: 'Ana', representativeId });
    await stream();
    const link = { familyId, alertId, recipient: { kind: 'representative', id: representativeId, officeId } as const };
    await answerOffer(deps, link, { action: 'accept' });
    await answerOffer(deps, link, { action: 'contacted', note: 'hablé con su hermana' });
  }

  /** Of both families, while nobody has cancelled: one representative, and later another. */
  async #findLawyer(alertId: string): Promise<unknown> {
    const { familyId, of, stored } = this.#world;
    const alert = stored({ alertId });
    if (!alert || alert['deviceView'] || alert['drill'] === true || alert['state'] === 'closed') return 'too late';
    await actOnCase(
      of(composeServeCase),
      { familyId, alertId, recipient: { kind: 'ministry' } },
      { action: 'acknowledge', officer: 'Ana' },
    );
    const [first, second] = lawyers;
    const hasOne = alert['representative'] !== undefined;
    await this.#represent(alertId, hasOne ? second : first);
    return 'represented';
  }

  /** No more of what was made is seen than that it was. */
  async #promise(checkInId: string, as: DeviceToken, minutes: number): Promise<string> {
    const { of, now } = this.#world;
    this.checkInIds.push(checkInId);
    const dueAt = new Date(now().getTime() + minutes * 60_000).toISOString();
    return (await makeCheckIn(of(composeManageCheckIns), as, { checkInId, dueAt })).kind;
  }

  async play(step: Step, id: string): Promise<unknown> {
    const answer = await this.#do(step, id, this.tokens.at(-1)!);
    await this.#world.stream();
    // Offices are busy with many cases: mails about another one in the same ten seconds say nothing of this one.
    if (step.do === 'officer' || step.do === 'pass') this.#world.skip(11_000);
    return answer;
  }

  async #do(step: Step, id: string, as: DeviceToken): Promise<unknown> {
    const world = this.#world;
    const last = this.alertIds.at(-1) ?? id;
    switch (step.do) {
      case 'press':
      case 'drill':
        this.alertIds.push(id);
        return answered(await world.press({ alertId: id, ...(step.do === 'drill' && { drill: true }) }, as));
      case 'press-again':
        return answered(await world.press({ alertId: last }, as));
      case 'cancel':
        return cancelAlert(world.of(composeCancelAlert), as, last, this.#pin);
      case 'cancel-again':
        return cancelAlert(world.of(composeCancelAlert), as, this.alertIds[0] ?? id, this.#pin);
      case 'lock':
        for (const wrong of ['1', '2', '3', '4', '5']) await this.#change({ kind: 'erase' }, wrong);
        return this.#change({ kind: 'erase' });
      case 'add':
        return this.#change({
          kind: 'add-contact',
          contact: { name: 'Agente', channel: 'sms', endpoint: captors[step.which]! },
        });
      case 'change':
        return this.#change({
          kind: 'change-contact',
          contactId: this.contacts[step.which] ?? 'none',
          wanted: { name: 'Agente', channel: 'sms', endpoint: captors[step.which]! },
        });
      case 'remove':
        return this.#change({ kind: 'remove-contact', contactId: this.contacts[step.which] ?? 'none' });
      case 'add-device':
        return this.#change({ kind: 'add-device' });
      case 'revoke':
        return this.#change({ kind: 'revoke-device', deviceId: this.devices[step.which] ?? 'none' });
      case 'erase':
        return this.#change({ kind: 'erase' });
      case 'settings':
        return changeSettings(
          world.of(composeManageFamily),
          as,
          { sharePositionWithFamily: step.share, person: { urgentAtHome: step.share ? 'niños' : null } },
          this.#pin,
        );
      case 'recover':
        return this.#recover();
      case 'join':
        return this.#join();
      case 'withdraw':
        return changeSettings(
          world.of(composeManageFamily),
          as,
          { consent: { consularNotification: false } },
          this.#pin,
        );
      case 'answer-page': {
        const [link = ''] = [...this.links].slice(-1);
        return link === '' ? 'no page' : this.#page(link, 'POST', { name: 'Lupita' });
      }
      case 'own-phone':
        return changeSettings(world.of(composeManageFamily), as, { person: { phone: captors[0]! } }, this.#pin);
      case 'promise':
        return this.#promise(id, as, 6 * 24 * 60);
      case 'promise-soon':
        return this.#promise(id, as, 20);
      case 'answer':
        return answerCheckIn(world.of(composeManageCheckIns), as, {
          checkInId: this.checkInIds.at(-1) ?? id,
          pin: this.#pin,
          to: step.to,
        });
      case 'represent':
        return this.#findLawyer(last);
      case 'officer':
        return this.#work();
      case 'stranger':
        return world.press({ alertId: id }, { ...as, secretHash: 'none' });
      case 'pass':
        // Time is long, and the watchman's rounds are what happens in it.
        for (let passed = 0; passed < step.minutes; passed += Math.max(1, step.minutes / 10)) {
          world.skip(Math.max(1, step.minutes / 10) * 60_000);
          await world.round();
          await world.stream();
        }
        return 'passed';
    }
  }

  async #ask(phone: number, routeKey: string, pathParameters: Record<string, string> = {}): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.#bearers[phone] ?? ''}` };
    const event = anEvent({ routeKey, headers, pathParameters });
    const {
      statusCode,
      body,
      headers: said,
    } = await createQueries({
      ...this.#world.of(composeAnswerQueries),
      openApi: {},
    })(event, aContext);
    return [statusCode, body, said];
  }

  async #page(path: string, method: 'GET' | 'POST' = 'GET', json?: object): Promise<unknown> {
    const [, kind = '', token = ''] = path.split('/');
    const seen = [];
    for (const accept of ['application/json', 'text/html']) {
      const event = anEvent({
        routeKey: method === 'GET' ? `GET /${kind}/{token}` : `POST /${kind}/{token}/{action}`,
        headers: { accept, 'content-type': 'application/json' },
        pathParameters: { token, action: 'seen' },
        ...(json && { json }),
      });
      const answer = await createHandler(this.#world.of(composeServeCase))(event, aContext);
      seen.push(answer.statusCode, answer.body, answer.headers);
    }
    return seen;
  }

  /** Everything that the captor can look at. */
  async look(): Promise<Readonly<Record<string, unknown>>> {
    const world = this.#world;
    const phones = [relative, ...captors].map((endpoint) => world.sns.inbox({ endpoint }));
    for (const { body } of phones.flat()) {
      for (const [link] of body.matchAll(/\/f\/\w{22}/g)) this.links.add(link);
    }
    const devices = [];
    for (const [index, token] of this.tokens.entries()) {
      devices.push([
        await this.#ask(index, 'GET /v1/family'),
        await this.#ask(index, 'GET /v1/alerts'),
        await listCheckIns(world.of(composeManageCheckIns), token),
        ...(await Promise.all(
          this.alertIds.map(async (alertId) => this.#ask(index, 'GET /v1/alerts/{alertId}', { alertId })),
        )),
      ]);
    }
    const pages = [];
    for (const link of this.links) pages.push(await this.#page(link));
    return {
      devices,
      phones: phones.map((messages) => messages.map(({ body, attributes }) => [attributes['type'], body])),
      pages,
    };
  }
}

const aFamily = async (pin: string): Promise<Family> => {
  const world = await createWorld({
    registers: {
      person: { name: 'Ana Núñez', language: 'es', homePosition: home, wantsRepresentative: true },
      contacts: [
        { name: 'José', channel: 'sms', endpoint: relative },
        { name: 'Lupe', channel: 'sms', endpoint: '+12135550102' },
        { name: 'Marta', channel: 'sms', endpoint: trusted, trusted: true },
      ],
      consent: { consularNotification: true, version: '1' },
    },
  });
  for (let others = 0; others < 5; others += 1) {
    await world.register({
      registrationId: randomUUID(),
      contacts: [{ name: 'Agente', channel: 'sms', endpoint: full }],
    });
  }
  await dynamoRoster(world.outside.dynamo, 'alerts', world.now).putAll([...lawyers]);
  for (const { representativeId } of lawyers) {
    const topic = `${resourceNames.representativeTopicPrefix}${representativeId}`;
    await world.sns.call('CreateTopic', { Name: topic });
    await world.sns.subscribe({ topic, protocol: 'email', endpoint: `${representativeId}@example.org` });
  }
  await world.stream();
  return new Family(world, pin);
};

/** Fails with the place where two texts begin to differ: they are long. */
const same = (one: string, other: string, where: string): void => {
  if (one === other) return;
  let at = 0;
  while (one[at] === other[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 150), at + 150);
  assert.fail(`${where}\nPIN:    ${around(one)}\nduress: ${around(other)}`);
};

/** @throws {assert.AssertionError} naming the step and where the captor could look */
const compare = async (steps: readonly Step[]): Promise<void> => {
  const [one, other] = [await aFamily('pin'), await aFamily('duress')];
  for (const [index, step] of steps.entries()) {
    const id = randomUUID();
    same(
      masked(await one.play(step, id)),
      masked(await other.play(step, id)),
      `the answer to step ${index}, ${step.do}`,
    );
    const [here, there] = [await one.look(), await other.look()];
    for (const [place, seen] of Object.entries(here)) {
      same(masked(seen), masked(there[place]), `${place} after step ${index}, ${step.do}`);
    }
  }
};

/** Somebody who waits is joined after midnight, once while a case goes on in secret, and is removed. */
const waits: Step[] = [
  { do: 'add', which: 2 },
  { do: 'press' },
  { do: 'cancel' },
  { do: 'pass', minutes: 700 },
  { do: 'press-again' },
  { do: 'remove', which: 3 },
  { do: 'add', which: 2 },
];

/** The family hears who represents the person, and that another does, until it is cancelled; and then nothing. */
const represented: Step[] = [
  { do: 'press' },
  { do: 'represent' },
  { do: 'represent' },
  { do: 'cancel' },
  { do: 'officer' },
  { do: 'pass', minutes: 20 },
  { do: 'press-again' },
];

/**
 * The captor has the reminder sent to a phone of their own. It is not missed: two cases that are due in one round are told
 * in the order of their ids, which are random.
 */
const reminded: Step[] = [{ do: 'own-phone' }, { do: 'promise-soon' }, { do: 'pass', minutes: 6 }];

/** Presses after the consent was withdrawn: a second one, of which officers hear as of an event, and a cancellation. */
const withdrawn: Step[][] = [
  [{ do: 'withdraw' }, { do: 'press' }, { do: 'press' }, { do: 'recover' }],
  [{ do: 'withdraw' }, { do: 'press' }, { do: 'cancel' }, { do: 'recover' }],
];

describe('two families, one with its PIN and one with its duress PIN', () => {
  it('look the same to whoever holds their phones, a relative’s phone and one that they added', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 12 }), async (steps) => compare(steps)),
      {
        numRuns: Number(process.env['RUNS'] ?? 25),
        examples: [[waits], [represented], [reminded], ...withdrawn.map((steps): [Step[]] => [steps])],
      },
    );
    // Thousands of runs on a busy machine.
  }, 43_200_000);
});
