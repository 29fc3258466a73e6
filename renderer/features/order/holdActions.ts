/** Putting an order on hold and releasing it. Each answers why it was refused, in words, or null. */
import type { HoldReason } from '../../../shared/domain/order/holds.ts';
import { client } from '../../client/client.ts';
import { tryStep } from './tryStep.ts';

export type HoldActions = {
  readonly hold: (reason: HoldReason, why: string) => Promise<string | null>;
  /** @param to the last day of a release of credit */
  readonly release: (hold: string, why: string, to: string | null) => Promise<string | null>;
};

export const holdActions = (id: string, settle: () => Promise<void>): HoldActions => {
  const screen = `orders/${id}`;
  return {
    hold: async (reason, why) => {
      await settle();
      return tryStep('On hold.', () => client['orders.hold']({ id, reason, why, screen }));
    },
    release: (hold, why, to) => tryStep('Released.', () => client['orders.release']({ hold, why, to, screen })),
  };
};
