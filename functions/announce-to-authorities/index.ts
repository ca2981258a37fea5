import { readEventItem } from '../../shared/adapters/dynamo-items.ts';
import { authorityAnnouncementDeps } from './deps.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({ ...authorityAnnouncementDeps(process.env), readEvent: readEventItem });
