import type { App } from '../app.ts';
import type { Press } from '../queue/record.ts';
import { latestPress } from '../queue/record.ts';

/** The latest real press that is not over. */
export const openPress = (app: App): Press | undefined =>
  latestPress(app.queue.view().record, ({ drill, closed }) => !drill && closed !== true);
