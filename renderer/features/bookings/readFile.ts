/** A status file of a carrier: chosen, read by the engine, and what came of it said. */
import { client } from '../../client/client.ts';
import { pickPath } from '../../client/pick.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';

const counted = (count: number, one: string, many: string): string => `${count.toLocaleString()} ${count === 1 ? one : many}`;

/** Reads a file; why it could not be, in words, or null. */
export const readStatusFile = async (path: string): Promise<string | null> => {
  try {
    const { added, known, unmatched, kept, assumed, faults } = await client['tracking.read']({ path, screen: 'screen:bookings' });
    markSaved(Date.now());
    const rest = unmatched + faults.length;
    const said = [
      `${counted(added, 'event', 'events')} added`,
      ...(known === 0 ? [] : [`${counted(known, 'was', 'were')} here already`]),
      ...(rest === 0 ? [] : [`${counted(rest, 'row is', 'rows are')} kept under “No booking”`]),
      ...(assumed === null
        ? []
        : [`${counted(assumed.rows, 'time', 'times')} without a zone read as ${assumed.zone}, the company’s`]),
    ].join(', ');
    // What was kept from reading it before is no step to take back.
    if (added + kept === 0) say(`${said}.`);
    else sayUndoable(`${said}.`);
    return null;
  } catch (error) {
    return messageOf(error);
  }
};

/** Asks the system for the file, and reads it. */
export const pickStatusFile = async (): Promise<void> => {
  const filters = [{ name: 'Status files', extensions: ['edi', 'x12', '214', 'txt', 'csv'] }];
  const path = await pickPath('file', 'Read status file', { filters });
  if (path === null) return;
  const refusal = await readStatusFile(path);
  if (refusal !== null) say(refusal, { tone: 'danger' });
};
