/** What changes cells and rows, and what finds them. */
import { both, mod } from '../chords.ts';
import { inMenu, none } from './command.ts';

const heard = { inEditor: true } as const;
const inEdit = inMenu('edit');
export const edit = [
  inEdit('edit.undo', 'Undo', 'global', mod('Z'), 'Take back the last thing you did, on any screen.'),
  inEdit(
    'edit.redo',
    'Redo',
    'global',
    { win: ['Ctrl+Y', 'Ctrl+Shift+Z'], mac: ['Shift+Meta+Z'] },
    'Do again what was taken back.',
  ),
  inEdit('grid.cut', 'Cut', 'grid', mod('X'), 'Copy the selected cells; pasting moves them.'),
  inEdit('grid.copy', 'Copy', 'grid', mod('C'), 'The selected cells, for here and for any spreadsheet.'),
  inEdit('grid.copy-headers', 'Copy with headers', 'grid', none, 'The selected cells below the names of their columns.'),
  inEdit('grid.paste', 'Paste', 'grid', mod('V'), 'Cells from here or any spreadsheet, from the focused cell on.'),
  inEdit('grid.paste-special', 'Paste special …', 'grid', mod('Shift+V'), 'As new rows, by the names of columns, or turned.'),
  inEdit('grid.copy-above', 'Copy from above', 'grid', both("Ctrl+'"), 'Take the value of the cell above.', heard),
  inEdit('grid.today', 'Enter today', 'grid', both('Ctrl+;'), "Today's date as a value.", heard),
  inEdit('grid.now', 'Enter now', 'grid', { win: ['Ctrl+Shift+;'], mac: ['Meta+;'] }, 'Day and time as a value.', heard),
  inEdit(
    'grid.fill-down',
    'Fill down',
    'grid',
    mod('D'),
    'The first row of the selection into the rows below; one cell takes what is above.',
  ),
  inEdit(
    'grid.fill-right',
    'Fill right',
    'grid',
    { win: ['Ctrl+R'], mac: ['Ctrl+R', 'Meta+R'] },
    'The first column into those on its right; one cell takes what is on its left.',
  ),
  inEdit(
    'grid.fill-selection',
    'Fill what is selected',
    'editor',
    { win: ['Ctrl+Enter'], mac: ['Meta+Enter', 'Ctrl+Enter'] },
    'While a cell is edited: the value into all selected cells. In one cell: done, and the focus stays.',
    { quiet: true },
  ),
  inEdit(
    'grid.fill-series',
    'Fill series …',
    'grid',
    none,
    'Numbers, days or texts with a number at their end, counted on through the selection; seen before they are written.',
  ),
  inEdit('grid.clear', 'Clear cells', 'grid', { win: ['Delete'], mac: ['Delete', 'Backspace'] }, 'Empty the selected cells.'),
  inEdit(
    'grid.edit',
    'Edit cell',
    'grid',
    { win: ['F2'], mac: ['F2', 'Ctrl+U'] },
    'Edit the cell, caret at the end; again, and the arrows move on to the next cell, or back to the caret.',
    heard,
  ),
  inEdit('select.row', 'Select row', 'grid', both('Shift+Space'), 'The rows of the selection, whole.'),
  inEdit(
    'select.column',
    'Select column',
    'grid',
    { win: ['Ctrl+Space', 'Ctrl+Shift+Space'], mac: ['Ctrl+Space', 'Shift+Meta+Space'] },
    'The columns of the selection, whole.',
  ),
  inEdit('select.all', 'Select all', 'grid', mod('A'), 'The block of data; once more, everything.'),
  inEdit('find.open', 'Find …', 'global', mod('F'), 'A text in the rows of this view, also in those not loaded.'),
  inEdit('find.next', 'Find next', 'global', { win: ['F3'], mac: ['Meta+G', 'F3'] }, 'The next cell that says it.'),
  inEdit('find.previous', 'Find previous', 'global', { win: ['Shift+F3'], mac: ['Shift+Meta+G', 'Shift+F3'] }, 'The one before.'),
  inEdit(
    'find.replace',
    'Replace …',
    'global',
    { win: ['Ctrl+H'], mac: ['Alt+Meta+F'] },
    'Another text in its place, in the selection or in all rows of the view.',
  ),
  inEdit('search.everywhere', 'Find everywhere', 'global', mod('Shift+F'), 'Records of every kind, by code or words.'),
] as const;
