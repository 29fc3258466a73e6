import { setPeekTarget } from '../../state/peek.ts';
import { clearStatus } from '../../state/status.ts';

/** What a register of a section said of itself to the bar and the panel goes with it: the page itself stays. */
export const forgetRows = (): void => {
  clearStatus();
  setPeekTarget(null);
};
