/** Meeting the team, and deciding what two people wrote. */
import { both } from '../chords.ts';
import { inMenu, none } from './command.ts';

const inFile = inMenu('file');
const third = 'Where more than two wrote unseen of each other.';
export const sync = [
  inFile('sync.now', 'Sync now', 'global', both('F9'), 'Takes what others did and gives them what was done here.'),
  inFile(
    'sync.review',
    'Review conflicts',
    'global',
    none,
    'What two people wrote unseen of each other; of the record in view first.',
  ),
  inFile('sync.keep', 'Keep what stands', 'review', both('Alt+1'), 'The conflict in focus, or those that are ticked.'),
  inFile('sync.take', 'Take the other value', 'review', both('Alt+2'), 'The conflict in focus, or those that are ticked.'),
  inFile('sync.edit', 'Write something else', 'review', both('Alt+3'), 'A third value in place of both.'),
  inFile('sync.take2', 'Take the second other value', 'review', both('Alt+4'), third, { quiet: true }),
  inFile('sync.take3', 'Take the third other value', 'review', both('Alt+5'), third, { quiet: true }),
  inFile('sync.take4', 'Take the fourth other value', 'review', both('Alt+6'), third, { quiet: true }),
  inFile('sync.take5', 'Take the fifth other value', 'review', both('Alt+7'), third, { quiet: true }),
  inFile('sync.take6', 'Take the sixth other value', 'review', both('Alt+8'), third, { quiet: true }),
  inFile('sync.take7', 'Take the seventh other value', 'review', both('Alt+9'), third, { quiet: true }),
] as const;
