import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { apiReference, type ContractTable, newKey } from './dynamodb-contract-table.ts';

export const describeTables = (contractTable: () => ContractTable): void => {
  describe(`tables (${apiReference}/API_DescribeTable.html)`, () => {
    it('describes keys, indexes and billing', async () => {
      const { client, table } = contractTable();
      const { Table: described } = await client.send(new DescribeTableCommand({ TableName: table }));
      expect(described).toMatchObject({ TableName: table, TableStatus: 'ACTIVE' });
      expect(described?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST');
      expect(described?.KeySchema?.map((key) => key.AttributeName)).toEqual(['pk', 'sk']);
      expect(described?.GlobalSecondaryIndexes?.map((index) => index.IndexName).toSorted()).toEqual([
        'by-bucket',
        'due',
      ]);
    });

    it('refuses unknown tables', async () => {
      const { client } = contractTable();
      const missing = { TableName: 'no-such-table' };
      await expect(client.send(new DescribeTableCommand(missing))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
      await expect(client.send(new GetItemCommand({ ...missing, Key: newKey() }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    });

    // API_UpdateTimeToLive.html: disabling what is disabled is a ValidationException; changes take up to an hour.
    it('enables TTL on one attribute', async () => {
      const { client, table } = contractTable();
      await expect(
        client.send(
          new UpdateTimeToLiveCommand({
            TableName: table,
            TimeToLiveSpecification: { Enabled: false, AttributeName: 'expiresAt' },
          }),
        ),
      ).rejects.toMatchObject({ name: 'ValidationException', message: 'TimeToLive is already disabled' });
      const specification = { Enabled: true, AttributeName: 'expiresAt' };
      const answer = await client.send(
        new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification: specification }),
      );
      expect(answer.TimeToLiveSpecification).toEqual(specification);
      const described = await client.send(new DescribeTimeToLiveCommand({ TableName: table }));
      expect(described.TimeToLiveDescription?.AttributeName).toBe('expiresAt');
      expect(described.TimeToLiveDescription?.TimeToLiveStatus).toMatch(/^ENABL(ED|ING)$/);
    });
  });
};
