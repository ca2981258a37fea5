import type { AuthorityAnnouncementDeps } from '../../shared/domain/announce-to-authorities.ts';
import { announceRaisedToAuthorities } from '../../shared/domain/announce-to-authorities.ts';
import type { StoredEvent } from '../../shared/domain/watch.ts';
import { failedDeliveries, logDeliveries } from '../../shared/runtime/delivery-log.ts';
import { logSearch } from '../../shared/runtime/search-log.ts';
import type { Image, StreamHandler } from '../../shared/runtime/stream.ts';
import { streamHandler } from '../../shared/runtime/stream.ts';

export type AnnounceToAuthoritiesDeps = AuthorityAnnouncementDeps & {
  readonly readEvent: (image: Image) => StoredEvent | undefined;
};

/** Stream consumer: tells the nearest office and the ministry of each press. */
export const createHandler = (deps: AnnounceToAuthoritiesDeps): StreamHandler =>
  streamHandler('announce-to-authorities', ['alert'], async (image, log) => {
    const event = deps.readEvent(image);
    if (event?.kind !== 'alert') return;
    const { results, search } = await announceRaisedToAuthorities(deps, event.alert);
    if (search) logSearch(log, event.alert, search);
    logDeliveries(log, event.alert, results);
    const failure = failedDeliveries(results);
    if (failure) throw failure;
  });
