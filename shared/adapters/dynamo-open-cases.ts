import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { OpenCases } from '../domain/case/open-cases.ts';
import { indexNames } from '../names.ts';
import { eventRefOf } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';

const key = z.object({ pk: z.string(), sk: z.string() });

// Newest first; what is beyond is not listed.
const mostListed = 200;

/** Open cases of an office by the sparse index `office`. */
export const dynamoOpenCases = (client: DynamoDBClient, tableName: string): OpenCases => {
  const table = dynamoTable(client, tableName);
  return {
    ofOffice: async (officeId) => {
      const found: { familyId: string; alertId: string }[] = [];
      const pages = table.pages({ partition: ['officeId', officeId], index: indexNames.office, newestFirst: true });
      for await (const page of pages) {
        for (const stored of page) {
          const ref = eventRefOf(key.parse(stored));
          if (ref?.alertId !== undefined) found.push({ familyId: ref.familyId, alertId: ref.alertId });
        }
        if (found.length >= mostListed) break;
      }
      return found.slice(0, mostListed);
    },
  };
};
