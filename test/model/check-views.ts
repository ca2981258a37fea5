import assert from 'node:assert/strict';
import { toldOffices } from '../../shared/domain/case/alert.ts';
import { checkFamily, checkOffice, checkRepresentative, checkSearch, checkTexts } from './play-search.ts';
import { mayOpen } from './reference-officers.ts';
import { rehearsed } from './reference.ts';
import { officeIds } from './scenario.ts';
import type { Answer } from './stage.ts';
import { type Game, deliveriesOf, sorted } from './told.ts';
import type { Published } from './trouble.ts';

/** What the phone and the family saw, in order, for comparing two worlds. */
export type Seen = {
  readonly phone: Answer[];
  /** After each step the page and the messages of this step; `acted`: an officer has done something since the freeze. */
  readonly family: { readonly page: Answer; readonly messages: readonly string[]; readonly acted: boolean }[];
};

// Tokens of links differ between two worlds, as between any two messages.
const messageOf = ({ type, text }: Published): string => `${type} ${text.replaceAll(/\/f\/\w+/g, '/f/…')}`;

/** With the further presses, and the state that their phone sees once they are part of the case. */
type Viewed = Game & {
  readonly more: ReadonlyMap<string, { readonly state?: string }>;
  readonly seen: Seen;
  readonly acted: boolean;
  readonly stepNumber: number;
};

/** The case as it is stored, and as everybody sees it. */
export const viewChecks = (
  game: Viewed,
): { readonly checkCase: () => void; readonly checkViews: () => Promise<void> } => {
  const { world, rules, scenario, expected, more, seen } = game;
  let frozenStatus: Answer | undefined;
  let messagesSeen = 0;

  /** An open case is in the list of each office that was told, as soon as the message to it is out; a closed one in none. */
  const checkLists = (): void => {
    const { state } = game;
    const listed = new Set(world.listedAt());
    const told = new Set(state.state === 'closed' || !rules.authorised ? [] : [...state.told, 'ministry']);
    const pending = new Set(deliveriesOf(world).flatMap(({ status, to }) => (status === 'pending' && to ? [to] : [])));
    for (const id of listed) assert.ok(told.has(id), `${id} finds the case in its list`);
    for (const id of told) {
      assert.ok(listed.has(id) || [...pending].some((to) => to === id), `${id} does not find the case in its list`);
    }
  };

  const checkCase = (): void => {
    const { state } = game;
    const alert = world.alert();
    assert.ok(alert, 'the alert is gone');
    assert.deepEqual(
      {
        state: alert.state,
        disposition: alert.disposition,
        acknowledged: alert.acknowledgedAt !== undefined,
        taker: alert.acknowledgedOfficeId,
        seen: alert.seenOnly === true,
        handOver: alert.handOver?.to.id,
        inCharge: alert.consulate?.id,
        told: sorted(toldOffices(alert)),
        silenced: alert.duress === true,
        frozen: alert.deviceView !== undefined,
        silenceSteps: alert.escalations ?? 0,
        closed: alert.closedAt !== undefined,
        newest: world.newest(),
        toldAt: alert.toldPosition?.toldAt,
      },
      {
        state: state.state,
        disposition: state.disposition,
        acknowledged: state.acknowledged,
        taker: state.taker,
        seen: state.seenAt !== undefined,
        handOver: state.handOver?.to,
        inCharge: state.inCharge,
        told: sorted(state.told),
        silenced: state.silenced,
        frozen: state.frozen,
        silenceSteps: state.silenceSteps,
        closed: state.state === 'closed',
        newest: state.newest,
        toldAt: state.toldPlace && new Date(state.toldPlace.toldAt).toISOString(),
      },
      'the case',
    );
    assert.equal(world.events().length, expected.length, 'length of the timeline');
    checkSearch(world, state);
    checkLists();
  };

  const checkViews = async (): Promise<void> => {
    const { state, acted, stepNumber } = game;
    const status = await world.phone.status();
    seen.phone.push(status);
    assert.equal(status.status, 200);
    if (state.frozen) {
      frozenStatus ??= status;
      assert.deepEqual(status, frozenStatus, 'the frozen view of the phone');
      assert.equal(status.body['state'], 'closed');
    } else {
      assert.equal(status.body['state'], state.state, 'state on the phone');
      const consulate = status.body['consulate'] as { id: string } | null;
      assert.equal(consulate?.id, scenario.drill ? rehearsed(scenario) : state.inCharge, 'office on the phone');
      const nearest = status.body['nearest'] as { id: string } | undefined;
      const beside = state.nearest === state.inCharge ? undefined : state.nearest;
      if (!rules.drill) assert.equal(nearest?.id, beside, 'nearest office on the phone');
    }
    for (const [id, press] of more) {
      if (press.state === undefined) continue;
      const { body } = await world.phone.status(id);
      assert.equal(body['alertId'], id, 'each press is answered by its own id');
      assert.equal(body['state'], state.frozen ? 'closed' : press.state, 'state of a further press on the phone');
      const office = body['consulate'] as { id: string } | null;
      if (!state.frozen) assert.equal(office?.id, state.inCharge, 'office of a further press on the phone');
    }
    const family = await world.page('family');
    const said = world.published.slice(messagesSeen).filter(({ accepted }) => accepted);
    const messages = said.filter(({ to }) => to === 'family');
    checkTexts(said, (id) => expected[world.events().findIndex(({ eventId }) => eventId === id)]);
    messagesSeen = world.published.length;
    for (const { text, type } of messages) {
      const language = text.includes('nobody reads replies') ? 'en' : 'es';
      assert.equal(language, scenario.english === true ? 'en' : 'es', `language of ${type}`);
    }
    seen.family.push({ page: family, messages: messages.map(messageOf), acted });
    assert.equal(family.status, 200);
    const isCancelled = state.silenced || (state.state === 'closed' && state.disposition === 'cancelled');
    assert.equal(family.body['state'], isCancelled ? 'closed' : state.state, 'state on the family’s page');
    assert.equal(family.body['disposition'], isCancelled ? 'cancelled' : (state.disposition ?? null));
    checkFamily(family, state, isCancelled);
    const office = officeIds[stepNumber % officeIds.length] ?? 'los-angeles';
    const page = await world.page(office);
    assert.equal(page.status, mayOpen(rules, state, office) ? 200 : 404, `whether ${office} may read the case`);
    if (page.status === 200) {
      assert.deepEqual([page.body['state'], page.body['duress']], [state.state, state.silenced], 'the officers’ page');
      checkOffice(page, state);
    }
    const who = state.search.offers[stepNumber % (state.search.offers.length + 1)]?.to ?? 'bruno';
    checkRepresentative(await world.page(who), state, who);
  };

  return { checkCase, checkViews };
};
