import type { App } from '../app.ts';
import { isJson, text } from './contact-status.ts';

const reached = ['pending', 'sent', 'unreachable'] as const;

/** What the phone may know of its alert. */
export type AlertStatus = {
  readonly closed: boolean;
  /** A person has taken the case. */
  readonly seen: boolean;
  readonly destinations: readonly { readonly kind: string; readonly status: (typeof reached)[number] }[];
  /** The office in charge. */
  readonly office?: string;
};

export const readStatus = async (app: App, alertId: string): Promise<AlertStatus | undefined> => {
  const reply = await app.ask('GET', `/v1/alerts/${alertId}`);
  if (reply.kind !== 'ok') return undefined;
  const { state, destinations, consulate, acknowledgedAt } = reply.body;
  const office = isJson(consulate) ? text(consulate['name']) : '';
  return {
    closed: state === 'closed',
    seen: typeof acknowledgedAt === 'string',
    destinations: (Array.isArray(destinations) ? destinations : []).filter(isJson).map(({ kind, status }) => ({
      kind: text(kind),
      status: reached.find((each) => each === status) ?? 'pending',
    })),
    ...(office !== '' && { office }),
  };
};
