import { readAs } from '../domain/shape.ts';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { Clock } from '../domain/clock.ts';
import type { FamilyEraser } from '../telling/family-changes.ts';
import { type Key, eventKey, familyKey, linkOfTwin, recoveryKey, registrationKey } from './dynamo-keys.ts';
import { familyEndedItem } from './dynamo-link-store.ts';
import { dynamoTable } from './table.ts';
import { present } from './table-expressions.ts';

const owned = v.object({
  pk: v.string(),
  sk: v.string(),
  registrationId: v.optional(v.string()),
  recoveryHash: v.optional(v.string()),
});

/** What a family's item points to, which lies elsewhere. */
const pointedTo = ({ registrationId, recoveryHash }: v.InferOutput<typeof owned>): readonly Key[] => [
  ...(registrationId === undefined ? [] : [registrationKey(registrationId)]),
  ...(recoveryHash === undefined ? [] : [recoveryKey(recoveryHash)]),
];

/** Deletes a family's partition with what it points to; the family itself last, so that a crash leaves it to be found. */
export const dynamoFamilyEraser = (client: DynamoDBClient, tableName: string, now: Clock): FamilyEraser => {
  const table = dynamoTable(client, tableName);
  return {
    erase: async (event) => {
      const kept = eventKey(event).sk;
      const family = familyKey(event.familyId);
      const last: Key[] = [];
      await table.put(familyEndedItem(event.familyId, now()));
      const pages = table.pages({
        partition: ['pk', family.pk],
        project: ['pk', 'sk', 'registrationId', 'recoveryHash'],
      });
      for await (const page of pages) {
        const found = readAs(v.array(owned), page).filter(({ sk }) => sk !== kept);
        // A link that is not sealed goes before its twin, by which a second try finds it.
        await table.deleteAll(found.flatMap((key) => linkOfTwin(key) ?? []));
        await table.deleteAll(found.filter(({ sk }) => sk !== family.sk));
        last.push(...found.flatMap(pointedTo));
      }
      await table.deleteAll(last);
      await table.deleteAll([family]);
    },

    hide: async (event, { familyId, contacts, removed = [] }) => {
      const { pk } = familyKey(familyId);
      const found = readAs(
        v.array(owned),
        await table.query({ partition: ['pk', pk], project: ['pk', 'sk', 'registrationId', 'recoveryHash'] }),
      );
      const promises = found.filter(({ sk }) => sk.startsWith('CHECK-IN#'));
      const family = found.find(({ sk }) => sk === familyKey(familyId).sk);
      await table.deleteAll(promises.map(({ sk }) => ({ pk, sk })));
      await table.deleteAll(family ? pointedTo(family) : []);
      const kept = contacts.map((contact) => ({ at: event.at, contact }));
      await table.update(familyKey(familyId), {
        set: { contacts: [], shownContacts: [], removed: [...removed, ...kept] },
        remove: ['registrationId', 'recoveryHash', 'topic', 'selfTopic', 'topic:es', 'topic:en'],
        if: present('pk'),
      });
    },

    forget: async (event) => table.delete(eventKey(event)),
  };
};
