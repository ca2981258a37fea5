import { readEventItem } from '../../shared/adapters/dynamo-items.ts';
import { familyAnnouncementDeps } from './deps.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({ ...familyAnnouncementDeps(process.env), readEvent: readEventItem });
