/** Movements of the cursor: in the shortcut sheet, in no menu. */
import type { Chords } from '../chords.ts';
import { both, mod } from '../chords.ts';
import { inMenu } from './command.ts';

const inGrid = <const I extends string>(id: I, title: string, keys: Chords, about: string) =>
  inMenu('edit')(id, title, 'grid', keys, about, { quiet: true });
export const moving = [
  inGrid('cell.edge-up', 'To the edge above', mod('ArrowUp'), 'To the last filled cell of the block, or the next block.'),
  inGrid('cell.edge-down', 'To the edge below', mod('ArrowDown'), 'The same downwards.'),
  inGrid('cell.edge-left', 'To the edge on the left', mod('ArrowLeft'), 'The same to the left.'),
  inGrid('cell.edge-right', 'To the edge on the right', mod('ArrowRight'), 'The same to the right.'),
  inGrid('cell.row-start', 'Start of the row', both('Home'), 'The first cell of the row.'),
  inGrid('cell.row-end', 'End of the row', both('End'), 'The last cell of the row.'),
  inGrid('cell.first', 'First cell', mod('Home'), 'The first cell of all.'),
  inGrid('cell.last', 'Last cell', mod('End'), 'The last cell of all.'),
  inGrid('cell.page-left', 'Page left', both('Alt+PageUp'), 'As many columns as fit on the screen.'),
  inGrid('cell.page-right', 'Page right', both('Alt+PageDown'), 'The same to the right.'),
  inGrid('select.up', 'Extend up', both('Shift+ArrowUp'), 'One row more, or one less.'),
  inGrid('select.down', 'Extend down', both('Shift+ArrowDown'), 'One row more, or one less.'),
  inGrid('select.left', 'Extend left', both('Shift+ArrowLeft'), 'One column more, or one less.'),
  inGrid('select.right', 'Extend right', both('Shift+ArrowRight'), 'One column more, or one less.'),
  inGrid('select.edge-up', 'Extend to the edge above', mod('Shift+ArrowUp'), 'To the edge of the block of data.'),
  inGrid('select.edge-down', 'Extend to the edge below', mod('Shift+ArrowDown'), 'To the edge of the block of data.'),
  inGrid('select.edge-left', 'Extend to the edge on the left', mod('Shift+ArrowLeft'), 'To the edge of the block of data.'),
  inGrid('select.edge-right', 'Extend to the edge on the right', mod('Shift+ArrowRight'), 'To the edge of the block of data.'),
  inGrid('select.row-start', 'Extend to the start of the row', both('Shift+Home'), 'All cells before this one.'),
  inGrid('select.row-end', 'Extend to the end of the row', both('Shift+End'), 'All cells after this one.'),
  inGrid('select.first', 'Extend to the first cell', mod('Shift+Home'), 'Everything above and before.'),
  inGrid('select.last', 'Extend to the last cell', mod('Shift+End'), 'Everything below and after.'),
  inGrid('select.page-up', 'Extend a page up', both('Shift+PageUp'), 'As many rows as fit on the screen.'),
  inGrid('select.page-down', 'Extend a page down', both('Shift+PageDown'), 'As many rows as fit on the screen.'),
  inGrid('select.page-left', 'Extend a page left', both('Alt+Shift+PageUp'), 'As many columns as fit on the screen.'),
  inGrid('select.page-right', 'Extend a page right', both('Alt+Shift+PageDown'), 'As many columns as fit on the screen.'),
] as const;
