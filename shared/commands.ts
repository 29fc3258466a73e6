/**
 * Every user command, once: the menu bar, the palette, the shortcut sheet, the dispatcher and the tests read
 * this list. A key that is not here does nothing; a command that is here is reachable without it.
 *
 * Chords are written `Ctrl+Alt+Shift+Meta+Key` in that order; `Key` is a character or a DOM key name. No bare
 * letters (WCAG 2.1.4) and nothing the systems keep for themselves.
 */
import type { Chords } from './chords.ts';
import { both, mod } from './chords.ts';

export const menus = ['file', 'edit', 'view', 'go', 'record', 'window', 'help'] as const;
export type Menu = (typeof menus)[number];

/** Where a chord is heard: everywhere, or only with the focus inside such a place. */
export type Where = 'global' | 'grid' | 'editor' | 'order' | 'start' | 'create';

export type Command = {
  readonly id: string;
  readonly title: string;
  readonly menu: Menu;
  readonly keys: Chords;
  /** A chord for browser tabs, where the first is taken by the browser. */
  readonly twin?: Chords;
  readonly where: Where;
  /** One sentence for the shortcut sheet and the menu's help. */
  readonly about: string;
  /** Left out of the palette: it is a movement of the cursor, not an action. */
  readonly quiet?: true;
};

const none: Chords = { win: [], mac: [] };

const command = <const I extends string>(
  id: I,
  title: string,
  menu: Menu,
  where: Where,
  keys: Chords,
  about: string,
  more: { twin?: Chords; quiet?: true } = {},
) => ({ id, title, menu, where, keys, about, ...more });

const file = [
  command('new.here', 'New', 'file', 'global', mod('N'), 'A new record of the kind on this screen.', { twin: both('Alt+N') }),
  command('new.any', 'New …', 'file', 'global', mod('Shift+N'), 'Then O, A or C: a new order, account or contact.', {
    twin: both('Alt+Shift+N'),
  }),
  command('new.order', 'New order', 'file', 'create', both('O'), 'A draft order for the account in view.'),
  command('new.account', 'New account', 'file', 'create', both('A'), 'An account, ready for its name.'),
  command('new.contact', 'New contact', 'file', 'create', both('C'), 'A contact of the account in view.'),
  command('new.product', 'New product', 'file', 'create', both('P'), 'A product of the catalogue.'),
  command('new.partner', 'New partner', 'file', 'create', both('R'), 'A carrier, contractor or vendor.'),
  command('file.open', 'Open file …', 'file', 'global', mod('O'), 'Open another workbench file.'),
  command('file.sample', 'Open sample data', 'file', 'global', none, 'Made-up data in a file of its own.'),
  command('file.backup', 'Back up now', 'file', 'global', none, 'A copy of this file, made while you work.'),
  command('file.flush', 'Save', 'file', 'global', mod('S'), 'Everything is saved as you type; this says when.'),
  command('file.export', 'Export this view to CSV', 'file', 'global', mod('E'), 'The rows of this view, all of them, as a file.'),
] as const;

const edit = [
  command('edit.undo', 'Undo', 'edit', 'global', mod('Z'), 'Take back the last thing you did, on any screen.'),
  command(
    'edit.redo',
    'Redo',
    'edit',
    'global',
    { win: ['Ctrl+Y', 'Ctrl+Shift+Z'], mac: ['Shift+Meta+Z'] },
    'Do again what was taken back.',
  ),
  command('grid.cut', 'Cut', 'edit', 'grid', mod('X'), 'Copy the selection and clear it.'),
  command('grid.copy', 'Copy', 'edit', 'grid', mod('C'), 'Copy the selection for here or for Excel.'),
  command('grid.copy-headers', 'Copy with headers', 'edit', 'grid', none, 'Copy the selection with its column names.'),
  command('grid.paste', 'Paste', 'edit', 'grid', mod('V'), 'Paste from here or from Excel, one undo step.'),
  command('grid.paste-special', 'Paste as new rows', 'edit', 'grid', mod('Shift+V'), 'Paste below the last row as new rows.'),
  command('grid.select-all', 'Select all', 'edit', 'grid', mod('A'), 'The block of data, then every row.'),
  command('grid.select-row', 'Select row', 'edit', 'grid', both('Shift+Space'), 'The whole row, or every row of the selection.'),
  command(
    'grid.select-column',
    'Select column',
    'edit',
    'grid',
    { win: ['Ctrl+Space', 'Ctrl+Shift+Space'], mac: ['Ctrl+Space', 'Alt+Meta+Space', 'Shift+Meta+Space'] },
    'The whole column, or every column of the selection.',
  ),
  command(
    'grid.fill-down',
    'Fill down',
    'edit',
    'grid',
    mod('D'),
    'Copy the top cell of the selection down; one cell takes from above.',
  ),
  command(
    'grid.fill-right',
    'Fill right',
    'edit',
    'grid',
    { win: ['Ctrl+R'], mac: ['Ctrl+R', 'Meta+R'] },
    'Copy the left cell of the selection across; one cell takes from the left.',
  ),
  command('grid.copy-above', 'Copy from above', 'edit', 'grid', both("Ctrl+'"), 'Take the value of the cell above.'),
  command('grid.today', 'Enter today', 'edit', 'grid', both('Ctrl+;'), "Today's date as a value."),
  command(
    'grid.clear',
    'Clear cells',
    'edit',
    'grid',
    { win: ['Delete'], mac: ['Delete', 'Backspace'] },
    'Empty every selected cell.',
  ),
  command('grid.edit', 'Edit cell', 'edit', 'grid', { win: ['F2'], mac: ['F2', 'Ctrl+U'] }, 'Edit the cell, caret at the end.'),
  command(
    'editor.fill',
    'Enter into selection',
    'edit',
    'editor',
    { win: ['Ctrl+Enter'], mac: ['Ctrl+Enter', 'Meta+Enter'] },
    'Write what was typed into every selected cell.',
  ),
  command('grid.find', 'Find in grid', 'edit', 'grid', mod('F'), 'Look for text in the rows of this grid.'),
  command('grid.find-next', 'Find next', 'edit', 'grid', { win: ['F3'], mac: ['F3', 'Meta+G'] }, 'The next match.'),
  command(
    'grid.find-previous',
    'Find previous',
    'edit',
    'grid',
    { win: ['Shift+F3'], mac: ['Shift+F3', 'Shift+Meta+G'] },
    'The match before.',
  ),
  command('search.everywhere', 'Find everywhere', 'edit', 'global', mod('Shift+F'), 'Records of every kind, by code or words.', {
    twin: both('Alt+Shift+F'),
  }),
] as const;

const view = [
  command('palette.open', 'Search or run a command', 'view', 'global', mod('K'), 'Records, commands and screens in one box.', {
    twin: both('Alt+K'),
  }),
  command('filter.focus', 'Filter', 'view', 'global', mod('L'), 'Type a filter for the rows of this view.', {
    twin: both('Alt+L'),
  }),
  command('filter.clear', 'Clear filter', 'view', 'global', none, 'Show every row again.'),
  command('filter.apply', 'Re-apply filter and sort', 'view', 'global', none, 'Put rows that were edited where they now belong.'),
  command('peek.toggle', 'Peek', 'view', 'grid', both('Space'), 'Show or hide the panel that follows the row.'),
  command(
    'peek.show',
    'Show or hide the side panel',
    'view',
    'global',
    mod('Shift+P'),
    'The panel on the right, from anywhere.',
    {
      twin: both('Alt+P'),
    },
  ),
  command('rail.toggle', 'Narrow or widen the rail', 'view', 'global', mod('B'), 'Names and icons, or icons alone.'),
  command('theme.next', 'Switch theme', 'view', 'global', none, 'Light, dark, or as the system has it.'),
  command('density.next', 'Switch row height', 'view', 'global', none, 'Compact, standard, comfortable.'),
  command('zoom.in', 'Larger text', 'view', 'global', { win: ['Ctrl+=', 'Ctrl++'], mac: ['Meta+=', 'Meta++'] }, 'Up to 150 %.'),
  command('zoom.out', 'Smaller text', 'view', 'global', mod('-'), 'Down to 90 %.'),
  command('zoom.reset', 'Normal text size', 'view', 'global', mod('0'), 'Back to 100 %.'),
  command('region.next', 'Next region', 'view', 'global', both('F6'), 'Rail, tabs, page, panel, status bar, in turn.'),
  command('region.previous', 'Previous region', 'view', 'global', both('Shift+F6'), 'The same tour backwards.'),
] as const;

const go = [
  command('go.accounts', 'Accounts', 'go', 'global', mod('2'), 'Go to the accounts.', { twin: both('Alt+2') }),
  command('go.orders', 'Orders', 'go', 'global', mod('4'), 'Go to the orders.', { twin: both('Alt+4') }),
  command('go.catalogue', 'Catalogue', 'go', 'global', mod('8'), 'Go to the products and their prices.', { twin: both('Alt+8') }),
  command('go.contacts', 'Contacts', 'go', 'global', none, 'Go to the people at your accounts.'),
  command('go.partners', 'Partners', 'go', 'global', none, 'Go to carriers, contractors and vendors.'),
  command('go.import', 'Import', 'go', 'global', none, 'Bring in files from other systems.'),
  command(
    'go.settings',
    'Settings',
    'go',
    'global',
    { win: ['Ctrl+,'], mac: ['Meta+,'] },
    'Company, people, appearance, shortcuts, data.',
  ),
  command('go.back', 'Back', 'go', 'global', { win: ['Alt+ArrowLeft'], mac: ['Meta+['] }, 'The page before this one.'),
  command('go.forward', 'Forward', 'go', 'global', { win: ['Alt+ArrowRight'], mac: ['Meta+]'] }, 'The page after this one.'),
  command('problem.next', 'Next problem', 'go', 'global', both('F8'), 'The next cell that needs attention.'),
  command('problem.previous', 'Previous problem', 'go', 'global', both('Shift+F8'), 'The one before.'),
] as const;

const record = [
  command('record.open', 'Open', 'record', 'global', both('Alt+Enter'), 'The full page of the row in focus.'),
  command(
    'order.confirm',
    'Confirm order',
    'record',
    'order',
    mod('Enter'),
    'Give it a number and confirm it; what blocks it is listed.',
  ),
  command('order.ship', 'Record shipment …', 'record', 'order', none, 'Everything open on this order went out.'),
  command('order.duplicate', 'Duplicate order', 'record', 'order', none, 'A new draft with the same account and lines.'),
  command('record.history', 'History', 'record', 'global', mod('Shift+H'), 'What happened to this record, field by field.', {
    twin: both('Alt+H'),
  }),
  command('grid.insert-row', 'Insert row', 'record', 'grid', mod('I'), 'A new row below this one.'),
  command('grid.duplicate-rows', 'Duplicate rows', 'record', 'grid', mod('Shift+D'), 'The selected rows once more.'),
  command(
    'grid.delete-rows',
    'Delete rows',
    'record',
    'grid',
    { win: ['Ctrl+Delete'], mac: ['Meta+Backspace', 'Meta+Delete'] },
    'Delete the selected rows; Undo brings them back.',
  ),
  command(
    'grid.menu',
    'Row menu',
    'record',
    'grid',
    { win: ['ContextMenu', 'Shift+F10'], mac: ['Ctrl+Enter', 'Shift+F10'] },
    'Everything that can be done with this cell or row.',
  ),
] as const;

const window = [
  command('tab.close', 'Close tab', 'window', 'global', mod('W'), 'Close this page; its record stays.', { twin: both('Alt+W') }),
  command(
    'tab.next',
    'Next tab',
    'window',
    'global',
    { win: ['Ctrl+Tab', 'Ctrl+PageDown'], mac: ['Ctrl+Tab'] },
    'The tab to the right.',
    { twin: both('Alt+PageDown') },
  ),
  command(
    'tab.previous',
    'Previous tab',
    'window',
    'global',
    { win: ['Ctrl+Shift+Tab', 'Ctrl+PageUp'], mac: ['Ctrl+Shift+Tab'] },
    'The tab to the left.',
    { twin: both('Alt+PageUp') },
  ),
] as const;

const help = [
  command('help.open', 'Help', 'help', 'global', both('F1'), 'How this screen works and what its keys are.'),
  command('help.shortcuts', 'Shortcuts', 'help', 'global', mod('/'), 'Every command and its keys, searchable.'),
  command('help.about', 'About', 'help', 'global', none, 'Version, file, device.'),
  command(
    'start.sample',
    'Explore sample data',
    'help',
    'start',
    both('Alt+1'),
    'First run: made-up data in a file of its own.',
    { quiet: true },
  ),
  command('start.import', 'Import from files', 'help', 'start', both('Alt+2'), 'First run: bring what you have.', {
    quiet: true,
  }),
  command('start.empty', 'Start empty', 'help', 'start', both('Alt+3'), 'First run: an empty workbench.', { quiet: true }),
] as const;

export const commands = [...file, ...edit, ...view, ...go, ...record, ...window, ...help] as const satisfies readonly Command[];

export type CommandId = (typeof commands)[number]['id'];

const byId: ReadonlyMap<string, Command> = new Map(commands.map((c) => [c.id, c]));

export const isCommandId = (id: string): id is CommandId => byId.has(id);

export const commandOf = (id: CommandId): Command => {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`no command ${id}`);
  return found;
};
