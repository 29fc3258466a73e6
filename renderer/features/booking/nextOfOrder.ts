/** The next step of a confirmed order: bill what was delivered; where nothing was, book what is not booked yet. */
import { client } from '../../client/client.ts';
import { runCommand } from '../../state/commands.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';

export const nextOfOrder = async (id: string, settle: () => Promise<void>): Promise<void> => {
  await settle();
  try {
    const { refusal: unbilled } = await client['orders.billable']({ id });
    if (unbilled === null) return void runCommand('order.bill');
    const { refusal } = await client['bookings.proposal']({ order: id });
    if (refusal === null) return void runCommand('order.book');
    say(unbilled, { tone: 'danger' });
  } catch (error) {
    say(messageOf(error), { tone: 'danger' });
  }
};
