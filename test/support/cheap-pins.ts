import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { marshall } from '@aws-sdk/util-dynamodb';
import { physicalName } from '../../infra/local/template/names.ts';
import { familyKey } from '../../shared/adapters/dynamo-keys.ts';
import { kmsPinHasher } from '../../shared/adapters/kms-pins.ts';
import { operatorConfig } from './operator.ts';

/**
 * Gives a family its PINs again, hashed for a thousandth of the real cost. The hash of a PIN names what it costs, and is
 * checked with that, by the same code.
 */
export const makePinsCheap = async (
  url: string,
  familyId: string,
  pins: { readonly pin: string; readonly duress: string },
): Promise<void> => {
  const kms = new KMSClient(operatorConfig(url));
  const { Keys = [] } = await kms.send(new ListKeysCommand({}));
  const keys = await Promise.all(Keys.map(async ({ KeyId }) => kms.send(new DescribeKeyCommand({ KeyId }))));
  const keyArn = keys.find(({ KeyMetadata }) => KeyMetadata?.KeySpec === 'HMAC_256')?.KeyMetadata?.Arn ?? '';
  const hasher = kmsPinHasher(kms, keyArn, { N: 2 ** 7, r: 8, p: 1 });
  const [pin, duressPin] = await Promise.all([hasher.hash(familyId, pins.pin), hasher.hash(familyId, pins.duress)]);
  await new DynamoDBClient(operatorConfig(url)).send(
    new UpdateItemCommand({
      TableName: physicalName('AlertButton', 'AlertTable'),
      Key: marshall(familyKey(familyId)),
      UpdateExpression: 'SET pins = :pins',
      ExpressionAttributeValues: marshall({ ':pins': { pin, duressPin } }),
    }),
  );
};
