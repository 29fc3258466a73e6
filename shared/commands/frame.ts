/** The tabs of the window, help, and the first run. */
import { both, mod } from '../chords.ts';
import { inMenu, none } from './command.ts';

const inWindow = inMenu('window');
export const window = [
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
export const help = [
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
  inHelp('start.join', 'Join a team', 'start', both('Alt+5'), 'First run: work on what your team has already.', { quiet: true }),
] as const;
