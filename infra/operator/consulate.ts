import { SNSClient } from '@aws-sdk/client-sns';
import type { Target } from './consulate-cli.ts';
import { runConsulate } from './consulate-cli.ts';

const connect = (target: Target): SNSClient => {
  if ('localUrl' in target) {
    return new SNSClient({
      endpoint: target.localUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local-operator', secretAccessKey: 'local-operator' },
      maxAttempts: 1,
    });
  }
  // Listing reads 54 topics at once; more attempts than usual ride out the throttling of a shared account.
  return new SNSClient({ maxAttempts: 8, ...(target.region !== undefined && { region: target.region }) });
};

process.exitCode = await runConsulate(process.argv.slice(2), {
  connect,
  out: (text) => console.log(text),
  err: (text) => console.error(text),
});
