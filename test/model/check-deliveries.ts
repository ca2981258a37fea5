import assert from 'node:assert/strict';
import { isOfferOver } from './play-search.ts';
import { audienceOfPress } from './reference.ts';
import { type Game, type Told, type Trouble, deliveriesOf, isMinding, minding, refOf, troubleOf } from './told.ts';
import { type Published, isPerson, windowOf } from './trouble.ts';

/** Nobody is written to who is on no roster. */
const isRefused = ({ to, status }: Told): boolean => status === 'unreachable' && isPerson(to);

/** Who was told of what: that each was who has to be, once, and that the world knows what came of it. */
export const deliveryCheck = (game: Game): ((before: Trouble) => void) => {
  const { world, rules, expected } = game;
  /** Deliveries under which something was broken: they may come late, and twice. */
  const disturbed = new Set<string>();
  /** Of these, what may come twice. */
  const repeated = new Set<string>();
  /** Ends that were seen before. */
  const ended = new Map<string, string>();
  /** Offers that were none any more before anybody was told. */
  const notNeeded = new Set<string>();

  /** What was told of this case: the duress PIN on a drill raises another. */
  const published = () => world.published.filter(({ alertId }) => alertId === world.alertId);

  /** Machines have it, and no digest has told people of it yet. */
  const waitsForDigest = ({ event, to }: Told): boolean => {
    const out = published().filter((one) => one.event === event && one.to === to && one.accepted);
    return out.some(({ mail }) => mail === 'none') && !out.some(({ mail }) => mail === 'digest');
  };

  /** A family with two cases reads of both in one message, which is that of one of them. */
  const isSaidWithAnother = ({ event, to }: Told): boolean => {
    const minded = world.events().find(({ eventId }) => eventId === event);
    if (to !== 'family' || !minded || !isMinding(minded)) return false;
    return world.published.some(
      (one) =>
        one.to === 'family' &&
        one.accepted &&
        one.alertId !== world.alertId &&
        one.atMs === Date.parse(minded.at) &&
        (minding.has(one.type) || one.type === 'alert.escalated.v1'),
    );
  };

  /** No mailbox is flooded: two mails of their own in ten seconds, one more for a person who is forced. */
  const checkMails = (): void => {
    const { state } = game;
    const single = world.published.filter(
      ({ to, mail, atMs }) =>
        to !== 'family' && !isPerson(to) && mail === 'each' && !world.uncounted.has(windowOf(atMs)),
    );
    // Of a person's drill officers hear nothing but that they are forced; a press after a secret case says so of that.
    const isForced = ({ type, alertId }: Published): boolean =>
      type === 'alert.cancelled-under-duress.v1' ||
      (type === 'alert.raised.v1' && alertId !== world.alertId && (rules.drill || state.silenced));
    for (const [window, mails] of Map.groupBy(single, ({ to, atMs }) => `${to} ${windowOf(atMs)}`)) {
      const ordinary = mails.filter((mail) => !isForced(mail)).length;
      assert.ok(ordinary <= 2 && mails.length <= 3, `${mails.length} mails in one window: ${window}`);
    }
  };

  return (before: Trouble): void => {
    checkMails();
    const { state } = game;
    const now = troubleOf(world);
    const broken = before.broken || now.broken;
    const pressAudience = audienceOfPress(rules, state);
    const typeOf = new Map(world.events().map(({ eventId, type }) => [eventId, type as string]));
    for (const { event, to, type } of published()) {
      const audience = event === 'raised' ? pressAudience : expected[[...typeOf.keys()].indexOf(event)]?.audience;
      assert.ok(audience?.has(to), `${to} was told of ${type} (${event})`);
      assert.equal(type, event === 'raised' ? 'alert.raised.v1' : typeOf.get(event));
    }
    for (const one of deliveriesOf(world)) {
      if (one.to === 'family:trusted') continue;
      const ref = refOf(one);
      const known = ended.get(ref);
      if (known !== undefined) {
        assert.equal(one.status, known, `${ref} had ended`);
      } else {
        if (broken) disturbed.add(ref);
        if (one.to && (before.repeatable.has(one.to) || now.repeatable.has(one.to))) repeated.add(ref);
        if (one.status !== 'pending') ended.set(ref, one.status);
        assert.ok(
          one.status !== 'pending' || disturbed.has(ref) || waitsForDigest(one),
          `${ref} is pending though nothing failed`,
        );
        const accepted =
          isSaidWithAnother(one) ||
          published().some(
            ({ event, to, mail, accepted: ok }) => ok && event === one.event && to === one.to && mail !== 'none',
          );
        const asked = world.events().find(({ eventId }) => eventId === one.event);
        const isNoOffer = one.status === 'sent' && !accepted && isOfferOver(asked, state);
        if (isNoOffer) notNeeded.add(ref);
        if (one.status === 'sent' && !isNoOffer) {
          assert.ok(accepted, `${ref} counts as sent and was never published`);
          assert.ok(one.to && !world.absent.has(one.to), `${ref} counts as sent and nobody listens there`);
        }
        if (one.status === 'unreachable') assert.ok(one.to && world.absent.has(one.to), `${ref} counts as unreachable`);
      }
      const about = published().filter(({ event, to }) => event === one.event && to === one.to);
      const digests = about.filter(({ mail, accepted }) => mail === 'digest' && accepted);
      const calls = about.filter(({ mail }) => mail !== 'digest');
      if (!repeated.has(ref)) assert.ok(digests.length <= 1, `${ref} was in ${digests.length} digests`);
      if (!disturbed.has(ref) && !isSaidWithAnother(one) && !notNeeded.has(ref) && !isRefused(one))
        assert.equal(calls.length, 1, `${ref} was published ${calls.length} times`);
      const times = calls.filter(({ accepted }) => accepted).length;
      if (!repeated.has(ref)) assert.ok(times <= 1, `${ref} was accepted ${times} times`);
    }
  };
};
