import { readAs } from '../domain/shape.ts';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { FamilyEraser } from '../telling/family-changes.ts';
import type { Key } from './dynamo-keys.ts';
import { eventKey, familyKey, linkKey, recoveryKey, registrationKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { present } from './table-expressions.ts';

const owned = v.object({
  pk: v.string(),
  sk: v.string(),
  registrationId: v.optional(v.string()),
  recoveryHash: v.optional(v.string()),
});

const hidden = v.object({ ...owned.entries, recipient: v.optional(v.object({ kind: v.string() })) });

/** The link whose twin this is, which lies elsewhere. */
const linkOf = ({ sk }: Key): readonly Key[] => {
  const tokenHash = /^LINK#.*#([^#]+)$/.exec(sk)?.[1];
  return tokenHash === undefined ? [] : [linkKey(tokenHash)];
};

/** What a family's item points to, which lies elsewhere. */
const pointedTo = ({ registrationId, recoveryHash }: v.InferOutput<typeof owned>): readonly Key[] => [
  ...(registrationId === undefined ? [] : [registrationKey(registrationId)]),
  ...(recoveryHash === undefined ? [] : [recoveryKey(recoveryHash)]),
];

/** Deletes a family's partition with what it points to; the family itself last, so that a crash leaves it to be found. */
export const dynamoFamilyEraser = (client: DynamoDBClient, tableName: string): FamilyEraser => {
  const table = dynamoTable(client, tableName);
  return {
    erase: async (event) => {
      const kept = eventKey(event).sk;
      const family = familyKey(event.familyId);
      const last: Key[] = [];
      const pages = table.pages({
        partition: ['pk', family.pk],
        project: ['pk', 'sk', 'registrationId', 'recoveryHash'],
      });
      for await (const page of pages) {
        const found = readAs(v.array(owned), page).filter(({ sk }) => sk !== kept);
        // A link goes before its twin, by which a second try finds it.
        await table.deleteAll(found.flatMap(linkOf));
        await table.deleteAll(found.filter(({ sk }) => sk !== family.sk));
        last.push(...found.flatMap(pointedTo));
      }
      await table.deleteAll(last);
      await table.deleteAll([family]);
    },

    hide: async (event, { familyId, contacts, removed = [] }) => {
      const { pk } = familyKey(familyId);
      const found = readAs(
        v.array(hidden),
        await table.query({
          partition: ['pk', pk],
          project: ['pk', 'sk', 'recipient', 'registrationId', 'recoveryHash'],
        }),
      );
      const links = found.filter(({ recipient }) => recipient?.kind === 'family');
      const promises = found.filter(({ sk }) => sk.startsWith('CHECK-IN#'));
      const family = found.find(({ sk }) => sk === familyKey(familyId).sk);
      await table.deleteAll(links.flatMap(linkOf));
      await table.deleteAll([...links, ...promises].map(({ sk }) => ({ pk, sk })));
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
