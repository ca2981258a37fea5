import type { InboxMessage } from '../../local-aws/sns/state.ts';
import { nameOf } from './phone.ts';
import type { Demo } from './story.ts';
import { clock, heading, received, sentence } from './text.ts';

/** Says what happened and prints every text that it caused; answers those texts. */
export type Chapter = (title: string) => Promise<readonly InboxMessage[]>;

/**
 * Tells a story chapter by chapter, each with the time of the stack's clock.
 * @param whose name of an endpoint
 */
export const chapters = ({ stack, print }: Demo, whose: (message: InboxMessage) => string = nameOf): Chapter => {
  let seen = stack.services.sns.inbox().length;
  return async (title) => {
    await stack.idle();
    const inbox = stack.services.sns.inbox();
    const news = inbox.slice(seen);
    seen = inbox.length;
    print(...heading(`${clock(stack.control.now())}  ${title}`));
    print(...(news.length === 0 ? sentence('Nobody is written to.') : received(news, whose)));
    return news;
  };
};
