/**
 * Every user command, once: the menu bar, the palette, the shortcut sheet, the dispatcher and the tests read
 * this list. A key that is not here does nothing; a command that is here is answered somewhere and reachable without it.
 *
 * Chords are written `Ctrl+Alt+Shift+Meta+Key` in that order; `Key` is a character or a DOM key name. No bare
 * letters (WCAG 2.1.4) and nothing the systems keep for themselves.
 */
import type { Chords } from './chords.ts';
import { both, mod } from './chords.ts';

export const menus = ['file', 'edit', 'view', 'go', 'record', 'window', 'help'] as const;
export type Menu = (typeof menus)[number];

/** Where a chord is heard: everywhere, or only with the focus inside such a place. An open `editor` hears none of the grid's. */
export type Where = 'global' | 'grid' | 'header' | 'editor' | 'order' | 'quote' | 'invoice' | 'import' | 'start' | 'create';

export type Command = {
  readonly id: string;
  readonly title: string;
  readonly menu: Menu;
  readonly keys: Chords;
  /** A chord for browser tabs: the browser keeps the first for itself and no page can have it. */
  readonly twin?: Chords;
  readonly where: Where;
  /** One sentence for the shortcut sheet and the menu's help. */
  readonly about: string;
  /** Left out of the palette: it is a movement of the cursor, not an action. */
  readonly quiet?: true;
  /** Of a grid's command: heard also while a cell of it is typed into. */
  readonly inEditor?: true;
};

const none: Chords = { win: [], mac: [] };

const inMenu =
  <const M extends Menu>(menu: M) =>
  <const I extends string>(
    id: I,
    title: string,
    where: Where,
    keys: Chords,
    about: string,
    more: { twin?: Chords; quiet?: true; inEditor?: true } = {},
  ) => ({ id, title, menu, where, keys, about, ...more });

const inFile = inMenu('file');
const file = [
  inFile('new.here', 'New', 'global', mod('N'), 'A new record of the kind on this screen.', { twin: both('Alt+N') }),
  inFile('new.any', 'New …', 'global', mod('Shift+N'), 'Then O, Q, A or C: a new order, quote, account or contact.', {
    twin: both('Alt+Shift+N'),
  }),
  inFile('new.order', 'New order', 'create', both('O'), 'A draft order for the account in view.'),
  inFile('new.quote', 'New quote', 'create', both('Q'), 'A draft quote for the account in view.'),
  inFile('new.invoice', 'New invoice', 'global', none, 'An invoice is made of what was delivered: goes to the orders.'),
  inFile('new.account', 'New account', 'create', both('A'), 'An account, ready for its name.'),
  inFile('new.contact', 'New contact', 'create', both('C'), 'A contact of the account in view.'),
  inFile('new.product', 'New product', 'create', both('P'), 'A product of the catalogue.'),
  inFile('new.partner', 'New partner', 'create', both('R'), 'A carrier, contractor or vendor.'),
  inFile('import.choose', 'Choose a file to import', 'import', mod('O'), 'Any text file with separators, or a workbook.'),
  inFile(
    'import.next',
    'Next step of the import',
    'import',
    mod('Enter'),
    'Map, check, apply; nothing is written before the last.',
  ),
  inFile('import.back', 'Back one step of the import', 'import', none, 'To what came before; nothing is lost.'),
  inFile('import.encoding', 'Change the text encoding', 'import', both('Alt+1'), 'How the bytes of the file are read.'),
  inFile(
    'import.separator',
    'Change the separator',
    'import',
    both('Alt+2'),
    'What stands between cells; of a workbook, its sheet.',
  ),
  inFile('import.dates', 'Change how dates are read', 'import', both('Alt+3'), 'Day first, month first or year first.'),
  inFile('import.numbers', 'Change how numbers are read', 'import', both('Alt+4'), 'Decimal point or decimal comma.'),
  inFile('file.sample', 'Open sample data', 'global', none, 'Made-up data in a file of its own.'),
  inFile('file.backup', 'Back up now', 'global', none, 'A copy of this file, made while you work.'),
  inFile('file.flush', 'Save', 'global', mod('S'), 'Everything is saved as you type; this says when.'),
  inFile(
    'record.document',
    'Print or save as PDF',
    'global',
    mod('P'),
    'The order or quote in view or in focus, as its customer sees it.',
  ),
  inFile('file.export', 'Export …', 'global', mod('E'), 'The rows in view as an Excel workbook or a CSV file.'),
] as const;

const heard = { inEditor: true } as const;
const inEdit = inMenu('edit');
const edit = [
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

const inView = inMenu('view');
const view = [
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
  inView('peek.show', 'Show or hide the side panel', 'global', mod('Shift+P'), 'The panel on the right, from anywhere.'),
  inView('rail.toggle', 'Narrow or widen the rail', 'global', mod('B'), 'Names and icons, or icons alone.'),
  inView('theme.next', 'Switch theme', 'global', none, 'Light, dark, or as the system has it.'),
  inView('density.next', 'Switch row height', 'global', none, 'Compact, standard, comfortable.'),
  inView('zoom.in', 'Larger text', 'global', { win: ['Ctrl+=', 'Ctrl++'], mac: ['Meta+=', 'Meta++'] }, 'Up to 150 %.'),
  inView('zoom.out', 'Smaller text', 'global', mod('-'), 'Down to 90 %.'),
  inView('zoom.reset', 'Normal text size', 'global', mod('0'), 'Back to 100 %.'),
  inView('region.next', 'Next region', 'global', both('F6'), 'Rail, tabs, page, panel, status bar, in turn.'),
  inView('region.previous', 'Previous region', 'global', both('Shift+F6'), 'The same tour backwards.'),
] as const;

const inGo = inMenu('go');
const go = [
  inGo('go.accounts', 'Accounts', 'global', mod('2'), 'Go to the accounts.'),
  inGo('go.quotes', 'Quotes', 'global', mod('3'), 'Go to the quotes.'),
  inGo('go.orders', 'Orders', 'global', mod('4'), 'Go to the orders.'),
  inGo('go.invoices', 'Invoices', 'global', none, 'Go to the invoices.'),
  inGo('go.catalogue', 'Catalogue', 'global', mod('8'), 'Go to the products and their prices.'),
  inGo(
    'catalogue.prices',
    'Prices of lists and contracts',
    'global',
    none,
    'The catalogue at its prices: every list, step of quantity and day.',
  ),
  inGo('go.contacts', 'Contacts', 'global', none, 'Go to the people at your accounts.'),
  inGo('go.partners', 'Partners', 'global', none, 'Go to carriers, contractors and vendors.'),
  inGo('go.import', 'Import', 'global', none, 'Bring in files from other systems.'),
  inGo(
    'go.settings',
    'Settings',
    'global',
    { win: ['Ctrl+,'], mac: ['Meta+,'] },
    'Company, people, appearance, shortcuts, data.',
  ),
  inGo('go.back', 'Back', 'global', { win: ['Alt+ArrowLeft'], mac: ['Meta+['] }, 'The page before this one.'),
  inGo('go.forward', 'Forward', 'global', { win: ['Alt+ArrowRight'], mac: ['Meta+]'] }, 'The page after this one.'),
  inGo('problem.next', 'Next problem', 'global', both('F8'), 'The next cell that needs attention.'),
  inGo('problem.previous', 'Previous problem', 'global', both('Shift+F8'), 'The one before.'),
  inGo('problem.first', 'First problem anywhere', 'global', none, 'The first record that needs a fix, on whichever screen.'),
] as const;

const inRecord = inMenu('record');
const record = [
  inRecord('record.open', 'Open full page', 'global', both('Alt+Enter'), 'The full page of the row in focus.'),
  inRecord('order.confirm', 'Confirm order', 'order', mod('Enter'), 'Give it a number and confirm it; what blocks it is listed.'),
  inRecord('order.pad', 'Order pad …', 'order', mod('J'), 'What this account usually orders; type quantities, add the lines.'),
  inRecord('order.holds', 'Holds …', 'order', none, 'What holds this order back, its release, and a new hold.'),
  inRecord('order.amend', 'Amend order …', 'order', none, 'Change lines that were confirmed; before and after stay on record.'),
  inRecord('order.ship', 'Record shipment …', 'order', none, 'What of this order went out, line by line.'),
  inRecord('order.deliver', 'Record delivery …', 'order', none, 'What of this order arrived, line by line.'),
  inRecord('order.accept', 'Record acceptance …', 'order', none, 'What the customer accepted: delivered goods, services done.'),
  inRecord('order.return', 'Record return …', 'order', none, 'What of this order came back, and why.'),
  inRecord('order.close-short', 'Close short …', 'order', none, 'What is open will not be sent, and why.'),
  inRecord('order.cancel-rest', 'Cancel remainder …', 'order', none, 'What is open is not wanted any more, and why.'),
  inRecord('order.reopen', 'Open again …', 'order', none, 'What was closed short is to be sent after all.'),
  inRecord('order.bill', 'Bill order', 'order', mod('Shift+Enter'), 'A draft invoice of what was delivered and is not billed.'),
  inRecord('order.duplicate', 'Duplicate order', 'order', none, 'A new draft with the same account and lines.'),
  inRecord('quote.send', 'Send quote …', 'quote', mod('Enter'), 'To whom, how and until when; what blocks it is listed.'),
  inRecord('quote.ask', 'Ask for approval …', 'quote', mod('Shift+Y'), 'Somebody has to agree to what is beyond your limits.'),
  inRecord('quote.approve', 'Approve quote …', 'quote', none, 'Agree to what you were asked for; it can be sent then.'),
  inRecord('quote.decline', 'Decline quote …', 'quote', none, 'Do not agree, and say why; it is a draft again.'),
  inRecord('quote.recall', 'Ask back approval', 'quote', none, 'Take back what you asked for; it is a draft again.'),
  inRecord('quote.revise', 'Revise quote', 'quote', mod('Shift+R'), 'The next revision of what was sent, as a draft.'),
  inRecord('quote.order', 'Create order …', 'quote', mod('Shift+Enter'), 'A draft order at the prices that were quoted.'),
  inRecord('quote.accept', 'Accept lines …', 'quote', none, 'The customer took all of it, or these lines.'),
  inRecord('quote.reject', 'Reject quote …', 'quote', none, 'The customer said no: why, and to whom it was lost.'),
  inRecord('quote.withdraw', 'Withdraw quote', 'quote', none, 'It is no longer offered.'),
  inRecord('quote.current', 'Make current', 'quote', none, 'An earlier revision is offered again; the others are superseded.'),
  inRecord('quote.duplicate', 'Duplicate quote', 'quote', none, 'A new draft with the same account and lines.'),
  inRecord(
    'price.trace',
    'Explain price',
    'global',
    both('Shift+F1'),
    'How the price of the line in focus came about; the panel follows the lines.',
  ),
  inRecord(
    'price.take',
    'Take the price of the lists',
    'global',
    mod('Shift+F1'),
    'Of the line in focus: what the prices say now, instead of what was set by hand.',
  ),
  inRecord('price.reprice', 'Price again …', 'global', none, 'Every line of this draft, its price now and what it would be.'),
  inRecord('invoice.issue', 'Issue invoice', 'invoice', mod('Enter'), 'Number and fix it; what blocks it is listed.'),
  inRecord('invoice.pay', 'Record payment …', 'invoice', mod('Shift+Enter'), 'What came in for it, and when.'),
  inRecord('invoice.credit', 'Credit …', 'invoice', mod('Shift+R'), 'A credit note for lines of it, in quantity or in amount.'),
  inRecord('invoice.dispute', 'Open query …', 'invoice', none, 'What the customer disputes, and who sees to it.'),
  inRecord('invoice.answer', 'Answer query …', 'invoice', none, 'What we say to what the customer disputes.'),
  inRecord('invoice.close-query', 'Close query …', 'invoice', none, 'How it ended: rejected, credited or billed anew.'),
  inRecord('invoice.promise', 'Promise to pay …', 'invoice', none, 'When the customer said it would be paid.'),
  inRecord('invoice.plan', 'Payment plan …', 'invoice', none, 'Equal instalments over what is open of it.'),
  inRecord('invoice.void', 'Void invoice', 'invoice', none, 'This draft is not issued; its order can be billed again.'),
  inRecord('record.history', 'History', 'global', mod('Shift+H'), 'What happened to this record, field by field.'),
  inRecord('grid.insert-row', 'Insert row', 'grid', mod('I'), 'A new row below this one.'),
  inRecord('grid.row-up', 'Move row up', 'grid', both('Alt+Shift+ArrowUp'), 'The selected lines of a document, one place up.'),
  inRecord('grid.row-down', 'Move row down', 'grid', both('Alt+Shift+ArrowDown'), 'The selected lines, one place down.'),
  inRecord('grid.duplicate-rows', 'Duplicate rows', 'grid', mod('Shift+D'), 'The selected rows once more.'),
  inRecord(
    'grid.delete-rows',
    'Delete rows',
    'grid',
    { win: ['Ctrl+Delete'], mac: ['Meta+Backspace', 'Meta+Delete'] },
    'Delete the selected rows; Undo brings them back.',
  ),
  inRecord(
    'grid.menu',
    'Row menu',
    'grid',
    { win: ['ContextMenu', 'Shift+F10'], mac: ['Ctrl+Enter', 'Shift+F10'] },
    'Everything that can be done with this cell or row.',
  ),
] as const;

const inWindow = inMenu('window');
const window = [
  inWindow('tab.close', 'Close tab', 'global', mod('W'), 'Close this page; its record stays.', { twin: both('Alt+W') }),
  inWindow('tab.next', 'Next tab', 'global', { win: ['Ctrl+Tab', 'Ctrl+PageDown'], mac: ['Ctrl+Tab'] }, 'The tab to the right.', {
    twin: both('Alt+PageDown'),
  }),
  inWindow(
    'tab.previous',
    'Previous tab',
    'global',
    { win: ['Ctrl+Shift+Tab', 'Ctrl+PageUp'], mac: ['Ctrl+Shift+Tab'] },
    'The tab to the left.',
    { twin: both('Alt+PageUp') },
  ),
] as const;

const inHelp = inMenu('help');
const help = [
  inHelp('help.open', 'Help', 'global', both('F1'), 'How this screen works and what its keys are.'),
  inHelp('help.shortcuts', 'Shortcuts', 'global', mod('/'), 'Every command and its keys, searchable.'),
  inHelp('help.about', 'About', 'global', none, 'Version, file, device.'),
  inHelp('start.sample', 'Explore sample data', 'start', both('Alt+1'), 'First run: made-up data in a file of its own.', {
    quiet: true,
  }),
  inHelp('start.import', 'Import from files', 'start', both('Alt+2'), 'First run: bring what you have.', {
    quiet: true,
  }),
  inHelp('start.empty', 'Start empty', 'start', both('Alt+3'), 'First run: an empty workbench.', { quiet: true }),
  inHelp('start.restore', 'Restore a backup', 'start', both('Alt+4'), 'First run: go on from a copy of your file.', {
    quiet: true,
  }),
] as const;

/** Movements of the cursor: in the shortcut sheet, in no menu. */
const inGrid = <const I extends string>(id: I, title: string, keys: Chords, about: string) =>
  inEdit(id, title, 'grid', keys, about, { quiet: true });
const moving = [
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

export const commands = [
  ...file,
  ...edit,
  ...moving,
  ...view,
  ...go,
  ...record,
  ...window,
  ...help,
] as const satisfies readonly Command[];

export type CommandId = (typeof commands)[number]['id'];

const byId: ReadonlyMap<string, Command> = new Map(commands.map((c) => [c.id, c]));

export const isCommandId = (id: string): id is CommandId => byId.has(id);

export const commandOf = (id: CommandId): Command => {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`no command ${id}`);
  return found;
};
