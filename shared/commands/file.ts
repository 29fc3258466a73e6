/** New records, import, export, backup. */
import { both, mod } from '../chords.ts';
import { inMenu, none } from './command.ts';

const inFile = inMenu('file');
export const file = [
  inFile('new.here', 'New', 'global', mod('N'), 'A new record of the kind on this screen.', { twin: both('Alt+N') }),
  inFile(
    'new.any',
    'New …',
    'global',
    mod('Shift+N'),
    'Then a letter: O an order, Q a quote, I an issue, K a claim, U a return, A an account, T a task, L the log of a call.',
    {
      twin: both('Alt+Shift+N'),
    },
  ),
  inFile('new.order', 'New order', 'create', both('O'), 'A draft order for the account in view.'),
  inFile('new.quote', 'New quote', 'create', both('Q'), 'A draft quote for the account in view.'),
  inFile('new.invoice', 'New invoice', 'global', none, 'An invoice is made of what was delivered: goes to the orders.'),
  inFile('new.issue', 'New issue', 'create', both('I'), 'An issue of the account, order or booking in view.'),
  inFile('new.booking', 'New booking', 'create', both('B'), 'A booking of the order in view, or one by itself.'),
  inFile('new.claim', 'New claim', 'create', both('K'), 'On the carrier of the booking, order or issue in view.'),
  inFile('new.return', 'New return', 'create', both('U'), 'Of the order in view; without one, goods that nobody ordered.'),
  inFile('new.account', 'New account', 'create', both('A'), 'An account, ready for its name.'),
  inFile('new.contact', 'New contact', 'create', both('C'), 'A contact of the account in view.'),
  inFile('new.product', 'New product', 'create', both('P'), 'A product of the catalogue.'),
  inFile('new.partner', 'New partner', 'create', both('R'), 'A carrier, contractor or vendor.'),
  inFile('new.task', 'New task', 'create', both('T'), 'In one line, about the record in view: chase POD fri 10:00 !1.'),
  inFile('new.note', 'Log a contact', 'create', both('L'), 'A call, visit or mail about the record in view, and what follows.'),
  inFile('new.promise', 'New promise', 'create', both('W'), 'What we promised, and by when: new lids by fri.'),
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
    'The order, quote, invoice or credit note in view or in focus, as its customer sees it.',
  ),
  inFile('file.export', 'Export …', 'global', mod('E'), 'The rows in view as an Excel workbook or a CSV file.'),
] as const;
