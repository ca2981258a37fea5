import type { IncomingMessage, RequestListener } from 'node:http';
import { UnreadableError } from './announcement.ts';
import type { Inbox } from './inbox.ts';
import { RefusedError } from './sns-message.ts';

/** SNS sends at most 256 KB of message; as JSON in JSON it can double. */
const maxBytes = 1_048_576;

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.length;
    if (size > maxBytes) throw new RefusedError('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/**
 * The web hook. Put it behind a server with a certificate of a public authority: SNS delivers to no other.
 * The answer decides what SNS does: 2xx is done, 4xx is given up at once, 5xx and silence of 15 s are tried again.
 */
export const createReceiver =
  (inbox: Inbox, log: (line: string) => void): RequestListener =>
  (request, response) => {
    const answer = (status: number): void => {
      response.writeHead(status).end();
    };
    const take = async (): Promise<number> => {
      if (request.method !== 'POST') return 405;
      try {
        await inbox.take(await readBody(request), 'posted');
        return 200;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (error instanceof RefusedError) {
          log(`refused: ${reason}`);
          return 403;
        }
        if (error instanceof UnreadableError) {
          log(`LOOK AT YOUR MAIL: a genuine message could not be read: ${reason}`);
          return 422;
        }
        log(`not handled, SNS will try again: ${reason}`);
        return 503;
      }
    };
    void take().then(answer);
  };
