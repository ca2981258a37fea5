import { dynamoRoster } from '../../shared/adapters/dynamo-roster.ts';
import type { LinkRecipient } from '../../shared/domain/case/links.ts';
import { aRepresentative } from '../support/representatives.ts';
import { clientOf } from '../support/sdk-client.ts';
import type { World } from '../support/world.ts';
import { type Person, everyone, people } from './people.ts';
import type { Destination, Step } from './scenario.ts';
import { topicOf } from './trouble.ts';

/**
 * The rosters of the world, as the operator's command keeps them, whom no fault of a scenario touches.
 * @param subscribe has somebody listen at their topic, or nobody
 * @param absent everybody who hears nothing
 */
export const setRosters = async (
  world: World,
  subscribe: (to: Destination, present: boolean) => Promise<void>,
  absent: Set<Destination>,
) => {
  const book = dynamoRoster(clientOf(world.table).client, 'alerts', world.now);
  const isThere = async (who: Person): Promise<boolean> => {
    const { officeId, representativeId } = people[who];
    return (await book.get(officeId, representativeId)) !== undefined;
  };
  const add = async (who: Person): Promise<void> => {
    await book.putAll([aRepresentative({ ...people[who], email: `${who}@example.org` })]);
    await subscribe(who, true);
  };
  for (const who of everyone) {
    await world.sns.call('CreateTopic', { Name: topicOf(who, '') });
    absent.add(who);
  }
  return {
    fill: async (): Promise<void> => {
      for (const who of everyone) await add(who);
    },
    recipient: (who: Person): Extract<LinkRecipient, { kind: 'representative' }> => {
      const { representativeId, officeId } = people[who];
      return { kind: 'representative', id: representativeId, officeId };
    },
    change: async ({ who, becomes }: Extract<Step, { do: 'roster' }>): Promise<void> => {
      const ref = people[who];
      if (becomes === 'removed') {
        await book.remove(ref);
        await subscribe(who, false);
      } else if (await isThere(who)) await book.change(ref, { state: becomes });
      else if (becomes === 'active') await add(who);
    },
    /** How much each person of the rosters has to do. */
    loads: async (): Promise<ReadonlyMap<Person, number>> => {
      const offices = [...new Set(everyone.map((who) => people[who].officeId))];
      const entries = (await Promise.all(offices.map(async (id) => book.ofOffice(id)))).flat();
      return new Map(
        everyone.flatMap((who) => {
          const entry = entries.find(
            ({ representative: one }) => one.representativeId === people[who].representativeId,
          );
          return entry ? [[who, entry.load.openCases] as const] : [];
        }),
      );
    },
  };
};
