import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { BatchWriteItemCommand, DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteTopicCommand, ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { physicalName } from '../../infra/local-aws/template/names.ts';
import { runConsulate } from '../../infra/operator/consulate-cli.ts';
import { connect } from '../../infra/operator/target.ts';
import { alertKey, type Key } from '../../shared/adapters/dynamo-keys.ts';
import { resourceNames } from '../../shared/names.ts';
import type { Json, TestStack } from './local-stack.ts';
import type { ClientConfig } from './queue-listener.ts';

/** How an operator's AWS clients reach a local stack. */
export const operatorConfig = (url: string): ClientConfig => ({
  endpoint: url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local-operator', secretAccessKey: 'local-operator' },
});

/** Where the readers of the stream put what they gave up. */
const givenUpQueue = physicalName('AlertButton', 'GivenUpQueue46A2CDC4');

/** What an operator does to a deployed stack with AWS's own tools: edits items, deletes topics, subscribes offices. */
export const operatorOf = ({ url, stack }: TestStack) => {
  const config = operatorConfig(url);
  const dynamo = new DynamoDBClient(config);
  const sns = new SNSClient(config);
  const TableName = physicalName('AlertButton', 'AlertTable');

  const itemOf = async (key: Key): Promise<Json> => {
    const { Item } = await dynamo.send(new GetItemCommand({ TableName, Key: marshall(key), ConsistentRead: true }));
    return Item && unmarshall(Item);
  };

  return {
    alertItem: async (familyId: string, alertId: string) => itemOf(alertKey(familyId, alertId)),

    /** Writes items as they are, at most 25, whatever our code thinks of them. */
    write: async (items: readonly Record<string, AttributeValue>[]): Promise<void> => {
      const requests = items.map((Item) => ({ PutRequest: { Item } }));
      await dynamo.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
    },

    /** Makes the watchman's next round look at an alert, without moving the clock and its leases. */
    makeDue: async (familyId: string, alertId: string): Promise<void> => {
      await dynamo.send(
        new UpdateItemCommand({
          TableName,
          Key: marshall(alertKey(familyId, alertId)),
          UpdateExpression: 'SET dueAt = :past',
          ConditionExpression: 'attribute_exists(dueBucket)',
          ExpressionAttributeValues: marshall({ ':past': Date.now() - 1000 }),
        }),
      );
    },

    deleteFamilyTopic: async (familyId: string): Promise<void> => {
      const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
      const name = `${resourceNames.familyTopicPrefix}${familyId}`;
      const TopicArn = Topics.map((topic) => topic.TopicArn).find((arn) => arn?.endsWith(name));
      if (TopicArn === undefined) throw new Error(`there is no topic ${name}`);
      await sns.send(new DeleteTopicCommand({ TopicArn }));
    },

    /** `npm run consulate -- …` */
    consulate: async (...argv: readonly string[]): Promise<void> => {
      const said: string[] = [];
      const note = (text: string): void => {
        said.push(text);
      };
      const code = await runConsulate([...argv, '--local', url], { connect, out: note, err: note });
      if (code !== 0) throw new Error(said.join('\n'));
    },

    /** What the family's and the authorities' reader of the stream gave up, as the texts in the queue, which name them. */
    givenUp: () => {
      const texts = stack.services.sqs.messages(givenUpQueue);
      const of = (reader: string) =>
        texts.filter((text) => String(JSON.parse(text).requestContext.functionArn).includes(reader));
      return { family: of('AnnounceToFamily'), authorities: of('AnnounceToAuthorities') };
    },
  };
};
