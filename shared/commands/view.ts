/** How a register looks, its filters and its views. */
import { both, mod } from '../chords.ts';
import { inMenu, none } from './command.ts';

const inView = inMenu('view');
export const view = [
  inView('palette.open', 'Search or run a command', 'global', mod('K'), 'Records, commands and screens in one box.'),
  inView('filter.focus', 'Filter', 'global', mod('L'), 'Type a filter for the rows of this view.'),
  inView('filter.row', 'Filter columns', 'global', mod('Shift+L'), 'A box under each header; again, and they go.'),
  inView('filter.clear', 'Clear filter', 'global', none, 'Show every row again.'),
  inView('filter.apply', 'Re-apply filter and sort', 'global', none, 'Put rows that were edited where they now belong.'),
  inView('view.save-as', 'Save view as …', 'global', mod('Shift+S'), 'Filter, columns, order and row height under a name.'),
  inView('view.save', 'Save view', 'global', none, 'What was changed in this view becomes the view.'),
  inView('view.reset', 'Reset view', 'global', none, 'This view as it was saved.'),
  inView('view.rename', 'Rename view …', 'global', none, 'Another name for this view.'),
  inView('view.delete', 'Delete view', 'global', none, 'Its rows stay; Undo brings it back.'),
  inView('view.columns', 'Columns …', 'global', mod('Shift+K'), 'Which columns this view shows, and in what order.'),
  inView(
    'column.menu',
    'Column menu',
    'header',
    { win: ['Alt+ArrowDown', 'F4'], mac: ['Alt+ArrowDown'] },
    'Everything that can be done with this column.',
    { quiet: true },
  ),
  inView('column.freeze', 'Freeze up to here', 'grid', none, 'The columns up to this one stay in sight, to half of the width.'),
  inView('column.unfreeze', 'Unfreeze columns', 'grid', none, 'All columns move along.'),
  inView('column.left', 'Move column left', 'header', both('Shift+ArrowLeft'), 'One place, with the header in focus.'),
  inView('column.right', 'Move column right', 'header', both('Shift+ArrowRight'), 'One place, with the header in focus.'),
  inView('column.narrower', 'Narrower column', 'header', both('Alt+ArrowLeft'), 'A little, with the header in focus.'),
  inView('column.wider', 'Wider column', 'header', both('Alt+ArrowRight'), 'A little, with the header in focus.'),
  inView('column.hide', 'Hide column', 'grid', none, 'Columns … shows it again.'),
  inView('peek.toggle', 'Peek', 'grid', both('Space'), 'Show or hide the panel that follows the row.'),
  inView('peek.show', 'Show or hide the side panel', 'global', mod('Shift+E'), 'The panel on the right, from anywhere.'),
  inView('rail.toggle', 'Narrow or widen the rail', 'global', mod('B'), 'Names and icons, or icons alone.'),
  inView('theme.next', 'Switch theme', 'global', none, 'Light, dark, or as the system has it.'),
  inView('density.next', 'Switch row height', 'global', none, 'Compact, standard, comfortable.'),
  inView('zoom.in', 'Larger text', 'global', { win: ['Ctrl+=', 'Ctrl++'], mac: ['Meta+=', 'Meta++'] }, 'Up to 150 %.'),
  inView('zoom.out', 'Smaller text', 'global', mod('-'), 'Down to 90 %.'),
  inView('zoom.reset', 'Normal text size', 'global', mod('0'), 'Back to 100 %.'),
  inView('region.next', 'Next region', 'global', both('F6'), 'Rail, tabs, page, panel, status bar, in turn.'),
  inView('region.previous', 'Previous region', 'global', both('Shift+F6'), 'The same tour backwards.'),
] as const;
