import { Construct } from 'constructs';
import { envNames } from '../../shared/names.ts';
import { runEvery } from './schedule.ts';
import { ServiceFunction } from './service-function.ts';

export type CanaryProps = {
  readonly apiUrl: string;
  /** Minutes between two checks, at least 1. */
  readonly everyMinutes: number;
};

/** Calls the API from outside as a phone would, so that the operator knows before a person presses. */
export class Canary extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: CanaryProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'ProbeApi', {
      name: 'probe-api',
      description: 'Checks that the API answers',
      impact: 'The API does not answer from outside: presses may fail until it does; phones retry.',
      timeoutSeconds: 30,
      memoryMegabytes: 256,
    });
    this.function.setVariable(envNames.apiUrl, props.apiUrl);
    runEvery(this, 'Schedule', props.everyMinutes, this.function);
  }
}
