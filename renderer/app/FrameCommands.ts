/** The commands the frame itself answers. Screens answer theirs while they are in front. */
import { useEffect } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { isPrintedTable } from '../../shared/model/documents.ts';
import { isTableName, type TableName } from '../../shared/model/index.ts';
import { client, host } from '../client/client.ts';
import { redo, undo } from '../client/undo.ts';
import { openBrief } from '../features/accounts/accountTab.ts';
import { makeStatusSheet } from '../features/accounts/makeStatusSheet.ts';
import { makeBackup } from '../features/backups/backups.ts';
import type { Blocker } from '../features/order/useDocument.ts';
import { showReview, syncNow } from '../features/sync/team.ts';
import { chooseView } from '../features/register/choice.ts';
import { makeDocument } from '../features/document/makeDocument.ts';
import { isAvailable, registerCommand, runCommand, useCommand } from '../state/commands.ts';
import { recordInView } from '../state/inView.ts';
import { closePeek, openPeek, togglePeek, usePeek } from '../state/peek.ts';
import { markSaved } from '../state/status.ts';
import type { ScreenId } from '../state/tabs.ts';
import { activeTab, closeTab, cycleTab, goBack, goForward, openScreen, useTabs } from '../state/tabs.ts';
import { say, sayPath } from '../state/toasts.ts';
import { nextDensity, nextTheme, stepTextSize, useUi } from '../state/ui.ts';
import { messageOf } from '../ui/ErrorBar.tsx';
import { goToProblem } from './goToProblem.ts';
import { cycleRegion } from './regions.ts';
import { creators, screenOf, screenOfTable } from './screens.ts';
import { showCell, showRecord } from './showRecord.ts';

const failed = (error: unknown): void => say(messageOf(error), { tone: 'danger' });

const save = async (): Promise<void> => {
  const { at } = await client['app.flush']({});
  markSaved(at);
  const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(at);
  say(`All changes saved on this computer ${time}`);
};

const backUp = async (): Promise<void> => {
  say('Copying the file …');
  const path = await makeBackup();
  sayPath(`Copied to ${path}`, path);
};

const useGo = (screen: ScreenId): void =>
  useCommand(`go.${screen}`, screenOf(screen) === undefined ? null : () => openScreen(screen));

const usePlaces = (): void => {
  useGo('today');
  useGo('accounts');
  useGo('quotes');
  useGo('orders');
  useGo('bookings');
  useGo('invoices');
  useGo('issues');
  useGo('claims');
  useGo('returns');
  useGo('tasks');
  useGo('catalogue');
  useCommand('catalogue.prices', () => {
    chooseView('catalogue', 'prices');
    openScreen('catalogue');
  });
  useGo('contacts');
  useGo('partners');
  useGo('import');
  useGo('sync');
  useGo('settings');
  useCommand('go.back', goBack);
  useCommand('go.forward', goForward);
  useCommand('tab.close', () => closeTab());
  useCommand('tab.next', () => cycleTab(1));
  useCommand('tab.previous', () => cycleTab(-1));
  useCommand('region.next', () => cycleRegion(1));
  useCommand('region.previous', () => cycleRegion(-1));
};

const useLooks = (): void => {
  useCommand('rail.toggle', () => useUi.setState(({ isRailNarrow }) => ({ isRailNarrow: !isRailNarrow })));
  useCommand('theme.next', nextTheme);
  useCommand('density.next', nextDensity);
  useCommand('zoom.in', () => stepTextSize(1));
  useCommand('zoom.out', () => stepTextSize(-1));
  useCommand('zoom.reset', () => useUi.setState({ textSize: 100 }));
};

/** Does something for the account of the record in view; without one it says where to go first. */
const withRecord = async (
  what: string,
  act: (record: { readonly table: TableName; readonly id: string }) => Promise<void>,
): Promise<void> => {
  const record = recordInView();
  if (record === null) return say(`Go to an account, or to a row of one, for ${what}.`);
  return act(record).catch(failed);
};

const useRecordCommands = (): void => {
  useCommand('peek.toggle', () => togglePeek('record'));
  useCommand('peek.show', () => (usePeek.getState().isOpen ? closePeek() : openPeek('record')));
  useCommand('record.history', () => {
    const record = recordInView();
    if (record === null) return false;
    usePeek.setState({ target: record });
    return togglePeek('history');
  });
  useCommand('account.brief', () => withRecord('its brief', showBrief));
  useCommand('account.status-sheet', () => withRecord('its status sheet', writeStatusSheet));
  useCommand('record.open', () => {
    const target = usePeek.getState().target;
    if (target === null || activeTab(useTabs.getState()).kind === 'record') return false;
    return showRecord(target.table, target.id);
  });
  useCommand('new.here', () => {
    const tab = activeTab(useTabs.getState());
    const screen = tab.kind === 'screen' ? screenOf(tab.screen) : screenOfTable(tab.table);
    const create = screen?.create;
    return create !== undefined && isAvailable(create) ? void runCommand(create) : void runCommand('new.any');
  });
};

/** Says what keeps a document from being made, with the way to the first of it. */
const sayBlocked = ([first, ...rest]: readonly Blocker[]): void => {
  if (first === undefined || !isTableName(first.table)) return;
  const { table, row, field, message } = first;
  const more = rest.length === 0 ? '' : ` ${rest.length} more ${rest.length === 1 ? 'thing is' : 'things are'} in the way.`;
  say(`No document was made. ${message}.${more}`, {
    tone: 'warning',
    action: { label: 'Go to it', run: () => showCell(table, row, field) },
  });
};

/** The account a record is of: itself, else the one it names. */
const accountOf = async ({ table, id }: { readonly table: TableName; readonly id: string }): Promise<string | null> => {
  if (table === 'accounts') return id;
  const row = await client['records.get']({ table, id });
  const account = row?.v['account_id'];
  return typeof account === 'string' ? account : null;
};

const writeStatusSheet = async (record: { readonly table: TableName; readonly id: string }): Promise<void> => {
  const account = await accountOf(record);
  if (account === null) say('This is of no account.');
  else await makeStatusSheet(account);
};

const showBrief = async (record: { readonly table: TableName; readonly id: string }): Promise<void> => {
  const account = await accountOf(record);
  if (account === null) say('This is of no account.');
  else openBrief(account);
};

/** The document in focus on a list. It stands from the start, so that the page of one is asked before it. */
const useDocuments = (): void =>
  useCommand('record.document', () => {
    const { target } = usePeek.getState();
    return target !== null && isPrintedTable(target.table)
      ? makeDocument(target.table, target.id, sayBlocked).catch(failed)
      : false;
  });

const useCreators = (): void =>
  useEffect(() => {
    const stops = Object.entries(creators).map(([id, make]) => registerCommand(id as CommandId, () => make().catch(failed)));
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

/** The grid in front walks its own problems; without one, the walk begins where there are some. */
const useProblems = (): void => {
  const go = (): Promise<void> => goToProblem().catch(failed);
  useCommand('problem.next', go);
  useCommand('problem.previous', go);
  useCommand('problem.first', go);
};

const useTeam = (): void => {
  useCommand('sync.now', () => syncNow().catch(failed));
  useCommand('sync.review', () => {
    const record = recordInView();
    showReview(record === null ? null : `${record.table}/${record.id}`);
    openScreen('sync');
  });
};

/** Answers while mounted. Stands before the pages, so that what they answer themselves is asked first. */
export const FrameCommands = (): null => {
  usePlaces();
  useLooks();
  useRecordCommands();
  useDocuments();
  useCreators();
  useProblems();
  useTeam();
  useCommand('edit.undo', () => undo());
  useCommand('edit.redo', () => redo());
  useCommand('file.flush', () => save().catch(failed));
  useCommand('file.backup', () => backUp().catch(failed));
  useCommand('file.sample', () => host['host.open']({ which: 'sample' }).then(() => undefined, failed));
  return null;
};
