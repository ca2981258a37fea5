import type { AuthorityAnnouncementDeps } from '../../shared/telling/announce-to-authorities.ts';
import {
  announceCaseEventToAuthorities,
  announceRaisedToAuthorities,
} from '../../shared/telling/announce-to-authorities.ts';
import type { StoredEvent } from '../../shared/telling/watch.ts';
import { failedDeliveries, logDeliveries } from '../../shared/runtime/delivery-log.ts';
import { logSearch } from '../../shared/runtime/search-log.ts';
import type { Image, StreamHandler } from '../../shared/runtime/stream.ts';
import { streamHandler } from '../../shared/runtime/stream.ts';

export type AnnounceToAuthoritiesDeps = AuthorityAnnouncementDeps & {
  readonly readEvent: (image: Image) => StoredEvent | undefined;
};

/** Stream consumer: tells offices and the ministry of each press and each later event. */
export const createHandler = (deps: AnnounceToAuthoritiesDeps): StreamHandler =>
  streamHandler('announce-to-authorities', async (image, log) => {
    const stored = deps.readEvent(image);
    if (stored?.kind !== 'alert' && stored?.kind !== 'event') return;
    const ref = stored.kind === 'alert' ? stored.alert : stored.event;
    const { results, search } =
      stored.kind === 'alert'
        ? await announceRaisedToAuthorities(deps, stored.alert)
        : await announceCaseEventToAuthorities(deps, stored.event);
    if (search) logSearch(log, ref, search);
    logDeliveries(log, ref, results);
    const failure = failedDeliveries(results);
    if (failure) throw failure;
  });
