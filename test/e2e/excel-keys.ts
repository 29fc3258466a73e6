/**
 * The keys of a grid beside those of Excel: a row for each, and for each of the two things a person may be doing, for a
 * cell has the focus or is typed into. It is the one list. A test holds its chords to the table of commands and writes
 * `resources/keys-beside-excel.md` from it.
 */
import type { CommandId } from '../../shared/commands.ts';

/** Who answers: the commands named, the table of `renderer/grid/keys.ts`, the grid as a whole, its library, or the open editor. */
type By = readonly CommandId[] | 'keys' | 'grid' | 'library' | 'editor';

export type KeyRow = {
  readonly win: readonly string[];
  readonly mac: readonly string[];
  readonly by: By;
  /** What Microsoft documents of it. */
  readonly excel: string;
  readonly here: string;
  /** Why it is not the same; null where it is. */
  readonly why: string | null;
};

type Said = Pick<KeyRow, 'excel' | 'here' | 'why'>;

const same = (excel: string): Said => ({ excel, here: 'the same', why: null });
const differs = (excel: string, here: string, why: string): Said => ({ excel, here, why });

/** Chords of Windows, and of macOS where they are others; apart by spaces. */
const on = ([win, mac = win]: readonly [win: string, mac?: string], by: By, said: Said): KeyRow => ({
  win: win.split(' '),
  mac: mac.split(' ').filter((chord) => chord !== ''),
  by,
  ...said,
});

export const inCell = {
  arrows: on(['ArrowUp ArrowDown ArrowLeft ArrowRight'], 'library', same('One cell on')),
  edge: on(
    ['Ctrl+ArrowUp Ctrl+ArrowDown Ctrl+ArrowLeft Ctrl+ArrowRight', 'Meta+ArrowUp Meta+ArrowDown Meta+ArrowLeft Meta+ArrowRight'],
    ['cell.edge-up', 'cell.edge-down', 'cell.edge-left', 'cell.edge-right'],
    same('To the edge of the block of data, then to the next block, then to the edge of the sheet'),
  ),
  'home-end': on(
    ['Home End'],
    ['cell.row-start', 'cell.row-end'],
    differs(
      'Home: first cell of the row. End: switches a mode on, in which an arrow goes to the edge',
      'First and last cell of the row',
      'Ctrl and an arrow do what End and an arrow do; End alone is worth more as the other end of Home',
    ),
  ),
  corners: on(
    ['Ctrl+Home Ctrl+End', 'Meta+Home Meta+End'],
    ['cell.first', 'cell.last'],
    same('First cell, and last cell in use, of the sheet'),
  ),
  page: on(['PageUp PageDown'], 'library', same('One screen up, one screen down')),
  'page-side': on(
    ['Alt+PageUp Alt+PageDown'],
    ['cell.page-left', 'cell.page-right'],
    differs(
      'One screen to the left, to the right',
      'The same; in a browser tab they change the tabs of the workbench',
      'A browser keeps Ctrl+Tab and Ctrl+PgUp for tabs of its own',
    ),
  ),
  tab: on(
    ['Tab Shift+Tab'],
    'keys',
    same('Next and previous cell; in a table on to the next row, and behind its last cell a new row'),
  ),
  enter: on(
    ['Enter Shift+Enter'],
    'keys',
    same('Down, up; after a run of Tabs below its first cell; round and round in what is selected'),
  ),
  extend: on(
    ['Shift+ArrowUp Shift+ArrowDown Shift+ArrowLeft Shift+ArrowRight'],
    ['select.up', 'select.down', 'select.left', 'select.right'],
    same('Extends the selection by one cell'),
  ),
  'extend-edge': on(
    [
      'Ctrl+Shift+ArrowUp Ctrl+Shift+ArrowDown Ctrl+Shift+Home Ctrl+Shift+End',
      'Shift+Meta+ArrowUp Shift+Meta+ArrowDown Shift+Meta+Home Shift+Meta+End',
    ],
    ['select.edge-up', 'select.edge-down', 'select.first', 'select.last'],
    same('Extends it to the edge of the block of data, to the first cell, to the last'),
  ),
  'extend-row': on(
    ['Shift+Home Shift+End'],
    ['select.row-start', 'select.row-end'],
    differs(
      'Shift+Home extends to the first cell of the row',
      'The same, and Shift+End to the last',
      'End is the other end of Home here',
    ),
  ),
  whole: on(
    ['Shift+Space Ctrl+Space', 'Shift+Space Ctrl+Space Shift+Meta+Space'],
    ['select.row', 'select.column'],
    same('Whole row, whole column'),
  ),
  all: on(['Ctrl+A', 'Meta+A'], ['select.all'], same('The block of data around the cell; again, everything')),
  escape: on(
    ['Escape'],
    'grid',
    differs(
      'Takes the line around copied cells away',
      'First that line, then what is selected beside the cell, then the search',
      'What is selected and found is let go by the key that lets go, one thing at a time',
    ),
  ),
  edit: on(['F2', 'F2 Ctrl+U'], ['grid.edit'], same('Edits the cell, the caret at the end')),
  type: on(['x 7'], 'keys', same('Any character replaces what is there')),
  clear: on(['Delete', 'Delete Backspace'], ['grid.clear'], same('Clears every selected cell')),
  backspace: on(['Backspace', ''], 'keys', same('Clears the cell and edits it; on a Mac its key clears every selected cell')),
  fill: on(
    ['Ctrl+D Ctrl+R', 'Meta+D Ctrl+R Meta+R'],
    ['grid.fill-down', 'grid.fill-right'],
    same('Fills the selection down, right; one cell from above, from its left'),
  ),
  above: on(
    ["Ctrl+'"],
    ['grid.copy-above'],
    differs(
      'Copies the formula of the cell above and edits it',
      'Copies the value of the cell above',
      'There are no formulas; Ctrl+Z takes it back',
    ),
  ),
  today: on(
    ['Ctrl+; Ctrl+Shift+;', 'Ctrl+; Meta+;'],
    ['grid.today', 'grid.now'],
    differs(
      'Begins to edit with today, with the time of day',
      'Writes today, the day and the time',
      'The cell is done by the one key; a moment has its day',
    ),
  ),
  list: on(
    ['Alt+ArrowDown F4', 'Alt+ArrowDown'],
    'keys',
    differs(
      'Alt+↓ opens the list of the cell; F4 repeats the last command',
      'Both open the list',
      'F4 opens lists in forms of Windows; a repeated command would be a second guess',
    ),
  ),
  undo: on(['Ctrl+Z Ctrl+Y Ctrl+Shift+Z', 'Meta+Z Shift+Meta+Z'], ['edit.undo', 'edit.redo'], same('Takes back, does again')),
  clipboard: on(
    ['Ctrl+C Ctrl+X Ctrl+V', 'Meta+C Meta+X Meta+V'],
    ['grid.copy', 'grid.cut', 'grid.paste'],
    same('Copies, cuts, pastes'),
  ),
  'paste-special': on(
    ['Ctrl+Shift+V', 'Shift+Meta+V'],
    ['grid.paste-special'],
    differs(
      'Pastes values',
      'Asks how: as new rows, by the names of columns, turned',
      'Every paste is of values here; what is missing is where they go',
    ),
  ),
  'row-in-out': on(
    ['Ctrl+I Ctrl+Delete', 'Meta+I Meta+Backspace'],
    ['grid.insert-row', 'grid.delete-rows'],
    differs(
      'Ctrl+Shift++ inserts, Ctrl+- deletes; Ctrl+I is italics',
      'Insert a row below, delete the selected rows',
      'Ctrl++ and Ctrl+- are the zoom of every window of this kind; cells have no italics',
    ),
  ),
  duplicate: on(
    ['Ctrl+Shift+D', 'Shift+Meta+D'],
    ['grid.duplicate-rows'],
    differs('None', 'The selected rows once more', 'Half of what is entered is like what was entered before'),
  ),
  'row-move': on(
    ['Alt+Shift+ArrowUp Alt+Shift+ArrowDown'],
    ['grid.row-up', 'grid.row-down'],
    differs(
      'None; rows are cut and inserted, or dragged with Shift',
      'The selected lines of a document one place up, down',
      'The order of lines is part of a document; a register has its order by its columns, so there the keys do nothing',
    ),
  ),
  confirm: on(
    ['Ctrl+Enter', 'Meta+Enter'],
    ['order.confirm'],
    differs(
      'Fills what is selected with the value of the cell',
      'Confirms the document',
      'It is the step that every document has; Ctrl+D, Ctrl+R and typing with Ctrl+Enter fill',
    ),
  ),
  peek: on(
    ['Space'],
    ['peek.toggle'],
    differs(
      'Begins to edit with a space',
      'Shows or hides the panel of the row; ticks a box. The page of a document has no such panel',
      'No value begins with a space; looking at a row without leaving it is done all day',
    ),
  ),
  menu: on(['ContextMenu Shift+F10', 'Ctrl+Enter Shift+F10'], ['grid.menu'], same('The menu of the cell')),
  find: on(
    ['Ctrl+F F3 Shift+F3', 'Meta+F Meta+G Shift+Meta+G'],
    ['find.open', 'find.next', 'find.previous'],
    differs(
      'Ctrl+F finds; Shift+F4 finds next; F3 pastes a name',
      'Finds; F3 next, Shift+F3 the one before',
      'F3 is find next in browsers and mail; there are no names to paste',
    ),
  ),
  replace: on(['Ctrl+H', 'Alt+Meta+F'], ['find.replace'], same('Replaces')),
  'filter-row': on(['Ctrl+Shift+L', 'Shift+Meta+L'], ['filter.row'], same('Filters under the headers; again, and they go')),
  'header-menu': on(['Alt+ArrowDown F4', 'Alt+ArrowDown'], ['column.menu'], same('On a header: the menu of its column')),
  problem: on(
    ['F8 Shift+F8'],
    ['problem.next', 'problem.previous'],
    differs(
      'F8 extends the selection by arrows alone; Shift+F8 adds to it',
      'Next and previous cell that needs attention',
      'Shift and the arrows, and Ctrl and the mouse, extend; walking through what is wrong is what a paste or an import is followed by',
    ),
  ),
};

export const inEditor = {
  'in-arrows': on(
    ['ArrowUp ArrowDown ArrowLeft ArrowRight'],
    'keys',
    same('Where typing began the edit: done, and one cell on. Where F2 did: the caret moves'),
  ),
  'in-mode': on(['F2', 'F2 Ctrl+U'], ['grid.edit'], same('Changes between the two')),
  'in-caret': on(
    ['Home End Ctrl+ArrowLeft', 'Home End Alt+ArrowLeft'],
    'editor',
    differs(
      'Where typing began the edit, Home ends it and goes to the first cell',
      'The caret goes to the start, the end, the word before',
      'Text is typed from its start as often; a key that leaves the cell there loses the place',
    ),
  ),
  'in-select': on(['Shift+ArrowLeft Shift+Home Ctrl+A', 'Shift+ArrowLeft Shift+Home Meta+A'], 'editor', same('Selects text')),
  'in-tab': on(['Tab Shift+Tab'], 'keys', same('Done, and the next, the previous cell')),
  'in-enter': on(['Enter Shift+Enter'], 'keys', same('Done, and down, up; after a run of Tabs below its first cell')),
  'in-escape': on(['Escape'], 'keys', same('Gives back what was there')),
  'in-delete': on(['Delete Backspace'], 'editor', same('Take a character away')),
  'in-clipboard': on(['Ctrl+C Ctrl+X Ctrl+V', 'Meta+C Meta+X Meta+V'], 'editor', same('Of the text in the cell')),
  'in-undo': on(['Ctrl+Z Ctrl+Y', 'Meta+Z Shift+Meta+Z'], 'editor', same('Of the text in the cell')),
  'in-today': on(
    ["Ctrl+; Ctrl+Shift+; Ctrl+'", "Ctrl+; Meta+; Ctrl+'"],
    ['grid.today', 'grid.now', 'grid.copy-above'],
    same('Put today, the time, the text of the cell above where the caret is'),
  ),
  'in-fill': on(
    ['Ctrl+Enter', 'Ctrl+Enter Meta+Enter'],
    ['grid.fill-selection'],
    same('Into every selected cell; in one cell: done, and the focus stays'),
  ),
  'in-line': on(
    ['Alt+Enter'],
    'editor',
    differs(
      'A line break in the cell',
      'A line break in the cells that have lines',
      'A code or a name has one line; notes have as many as they need',
    ),
  ),
  'in-list': on(['Alt+ArrowDown F4', 'Alt+ArrowDown'], 'editor', same('Opens the list of the cell')),
  'in-problem': on(
    ['F8 Shift+F8'],
    ['problem.next', 'problem.previous'],
    differs('None', 'Done, and the next cell that needs attention', 'So that mending is typing and F8, and nothing between'),
  ),
};
