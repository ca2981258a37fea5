import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { indexNames } from '../names.ts';
import { eventRefOf } from './dynamo-keys.ts';

/** Open cases of an office by the sparse index `office`, newest first; at most `limit`. */
export const dynamoOpenCases = (client: DynamoDBClient, tableName: string) => ({
  ofOffice: async (officeId: string, limit = 200): Promise<readonly { familyId: string; alertId: string }[]> => {
    const found: { familyId: string; alertId: string }[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        IndexName: indexNames.office,
        KeyConditionExpression: 'officeId = :office',
        ExpressionAttributeValues: marshall({ ':office': officeId }),
        ScanIndexForward: false,
      },
    );
    for await (const { Items = [] } of pages) {
      for (const { pk, sk } of Items) {
        const ref = eventRefOf({ pk: pk?.S ?? '', sk: sk?.S ?? '' });
        if (ref?.alertId !== undefined) found.push({ familyId: ref.familyId, alertId: ref.alertId });
      }
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  },
});
