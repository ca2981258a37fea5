import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe } from 'vitest';
import { describeItems } from './dynamodb-contract-items.ts';
import { describeSearches } from './dynamodb-contract-searches.ts';
import { type ContractTable, createContractTable } from './dynamodb-contract-table.ts';
import { describeTables } from './dynamodb-contract-tables.ts';
import { describeTransactions } from './dynamodb-contract-transactions.ts';

/**
 * What our code relies on in DynamoDB. Holds for AWS's own, so it can be pointed at any endpoint; each group names the
 * page that promises it. `connect` is called once and answers a client whose credentials may create tables.
 */
export const describeDynamoDbContract = (name: string, connect: () => Promise<DynamoDBClient>): void => {
  describe(`DynamoDB contract: ${name}`, () => {
    let created: ContractTable | undefined;
    const contractTable = (): ContractTable => {
      if (!created) throw new Error('The table is created before the first test');
      return created;
    };

    beforeAll(async () => {
      created = await createContractTable(await connect());
    }, 90_000);

    describeTables(contractTable);
    describeItems(contractTable);
    describeSearches(contractTable);
    describeTransactions(contractTable);
  });
};
