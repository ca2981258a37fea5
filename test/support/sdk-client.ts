import { type AwsService, AwsError } from '../../infra/local-aws/aws-service.ts';

type Command = { readonly input: object; readonly constructor: { readonly name: string } };

/** A call as the client made it. */
type SentCall = { readonly operation: string; readonly input: Record<string, unknown> };

/**
 * An SDK client over a service of the local stack, in process and without HTTP: for unit tests of adapters.
 * `faultOf` makes the SDK's own exception of a refusal where the adapter asks for its class.
 */
export const clientOf = (service: AwsService, faultOf: (error: AwsError) => Error = (error) => error) => {
  const sent: SentCall[] = [];
  const send = async (command: Command, options?: { readonly abortSignal?: AbortSignal }): Promise<never> => {
    options?.abortSignal?.throwIfAborted();
    const operation = command.constructor.name.replace(/Command$/, '');
    const input = Object.fromEntries(Object.entries(command.input).filter(([, value]) => value !== undefined));
    sent.push({ operation, input });
    try {
      return (await service.call(operation, input)) as never;
    } catch (error) {
      throw error instanceof AwsError ? faultOf(error) : error;
    }
  };
  // `never` fits whichever client's overloads of `send` the adapter asks for.
  return { client: { send } as never, sent };
};
