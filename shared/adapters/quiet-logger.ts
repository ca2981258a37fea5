import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

type Logger = NonNullable<DynamoDBClientConfig['logger']>;

const nothing = (): void => undefined;
const withoutInfo: Omit<Logger, 'info'> = { debug: nothing, warn: nothing, error: nothing };

/**
 * For each client. The SDK goes through all that was sent and answered, to leave out what is secret, before it hands it to
 * `info`, and its own logger that writes nothing has one. Only where `info` is missing it does not.
 */
// oxlint-disable-next-line typescript/consistent-type-assertions -- The SDK asks whether it is there, and its types do not say so.
export const quietLogger = withoutInfo as Logger;
