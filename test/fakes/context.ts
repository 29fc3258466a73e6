/** What a service is told of a call that a page makes. */
import type { CallContext } from '../../shared/contract/define.ts';

export const pageContext: CallContext = {
  connection: 'c',
  client: 'page',
  window: 'window-1',
  signal: { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined },
  progress: () => undefined,
};
