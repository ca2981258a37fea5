import type { App } from '../app.ts';
import { type Press, latestPress } from '../queue/record.ts';
import { isJson, text } from './contact-status.ts';

/** The latest real press that is not over. */
export const openPress = (app: App): Press | undefined =>
  latestPress(app.queue.view().record, ({ drill, closed }) => !drill && closed !== true);

/**
 * Asks the service which alerts of the family are open: one of another phone, or from before this phone was lost, can
 * then be seen and cancelled here. @returns whether the service still knows this phone
 */
export const findOpenAlerts = async (app: App): Promise<boolean> => {
  const reply = await app.ask('GET', '/v1/alerts');
  if (reply.kind !== 'ok') return reply.kind === 'lost' || reply.status !== 401;
  const alerts = reply.body['alerts'];
  for (const { alertId, state, raisedAt, drill } of (Array.isArray(alerts) ? alerts : []).filter(isJson)) {
    if (drill === true) continue;
    if (state === 'closed') await app.queue.close(text(alertId));
    else await app.queue.adopt({ alertId: text(alertId), drill: false, pressedAt: text(raisedAt) });
  }
  return true;
};
