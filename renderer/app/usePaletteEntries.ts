/** What the palette offers for a text: records, then commands that can act now, then screens. */
import type { CommandId } from '../../shared/commands.ts';
import { commands } from '../../shared/commands.ts';
import { isTableName, tableOf } from '../../shared/model/index.ts';
import { nameOfRow } from '../features/record/names.ts';
import { useRow } from '../features/record/useRow.ts';
import { chooseView } from '../features/register/choice.ts';
import type { SavedView } from '../features/register/saved.ts';
import { keyOfSaved, useSavedViews } from '../features/register/saved.ts';
import type { Hit } from '../features/search/useSearch.ts';
import { useSearch } from '../features/search/useSearch.ts';
import { runCommand, useCommandRegistry } from '../state/commands.ts';
import { usePeek } from '../state/peek.ts';
import { activeTab, openScreen, useTabs } from '../state/tabs.ts';
import type { IconName } from '../ui/Icon.tsx';
import { bestOf } from '../ui/matches.ts';
import { iconOfTable, recordPages, screens } from './screens.ts';
import { showRecord } from './showRecord.ts';

export type Entry = {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  readonly icon: IconName;
  readonly command?: CommandId;
  readonly run: () => void;
};
export type Group = { readonly value: string; readonly items: readonly Entry[] };

/** Ways to choose what the palette offers by name. */
const menusOnly: ReadonlySet<CommandId> = new Set(['palette.open', 'new.here', 'new.any']);

const noViews: readonly SavedView[] = [];

const MOST_RECORDS = 8;
const MOST_FOUND = 30;
const MOST_COMMANDS = 6;
/** So many letters of a screen's name mean that screen, before any record. */
const NAMES_SCREEN = 3;

/** What a record is, in one line: its kind, its code, and what the engine adds. */
const noteOf = ({ table, code, title, note }: Hit): string =>
  [isTableName(table) ? tableOf(table).one : table, code === title ? null : code, note]
    .filter((part) => part !== null && part !== '')
    .join(', ');

const recordEntry = (hit: Hit): Entry => ({
  key: `${hit.table}/${hit.id}`,
  title: hit.title,
  note: noteOf(hit),
  icon: iconOfTable(hit.table),
  run: () => {
    if (isTableName(hit.table)) showRecord(hit.table, hit.id, hit.title);
  },
});

const iconOfMenu: Readonly<Record<string, IconName>> = {
  file: 'file',
  edit: 'note',
  view: 'columns',
  go: 'arr-r',
  record: 'note',
  window: 'table',
  help: 'file',
};

/** Commands of the record in view say which that is. */
const commandEntry = ({ id, title, menu, where }: (typeof commands)[number], record: string): Entry => ({
  key: id,
  title,
  note: menu === 'record' && where === 'global' ? record : '',
  icon: id.startsWith('new.') ? 'plus' : id === 'edit.undo' ? 'undo' : (iconOfMenu[menu] ?? 'note'),
  // The letters of the New menu mean nothing outside it.
  ...(where === 'create' ? {} : { command: id }),
  run: () => void runCommand(id),
});

const viewEntry = (view: SavedView): Entry => ({
  key: `view:${view.id}`,
  title: `@${view.name}`,
  note: screens.find(({ id }) => id === view.screen)?.title ?? '',
  icon: 'filter',
  run: () => {
    chooseView(view.screen, keyOfSaved(view.id));
    openScreen(view.screen);
  },
});

const screenEntry = (screen: (typeof screens)[number]): Entry => ({
  key: `screen:${screen.id}`,
  title: screen.title,
  note: '',
  icon: screen.icon,
  command: `go.${screen.id}`,
  run: () => openScreen(screen.id),
});

const isNamed = (title: string, sought: string): boolean =>
  sought.length >= NAMES_SCREEN && title.toLowerCase().startsWith(sought.toLowerCase());

/** What the record commands act on: the row in focus, or the record whose page is in front. */
const useRecordInView = (): { readonly record: string; readonly hasPage: boolean } => {
  const target = usePeek((state) => state.target);
  const isRecord = useTabs((state) => activeTab(state).kind === 'record');
  const { data } = useRow(target?.table ?? 'accounts', target?.id ?? '', target !== null);
  return {
    record: target === null || !data ? '' : nameOfRow(target.table, data),
    hasPage: target !== null && !isRecord && recordPages[target.table] !== undefined,
  };
};

/** `>` asks for commands only. */
export const usePaletteEntries = (
  text: string,
  mode: 'all' | 'records',
): { readonly groups: readonly Group[]; readonly sought: string; readonly isCurrent: boolean } => {
  const isCommands = mode === 'all' && text.trimStart().startsWith('>');
  const sought = isCommands ? text.trimStart().slice(1).trim() : text.trim();
  const { hits, isCurrent } = useSearch(
    isCommands || sought.startsWith('@') ? '' : sought,
    mode === 'records' ? MOST_FOUND : MOST_RECORDS,
  );
  const handlers = useCommandRegistry((state) => state.handlers);
  const { record, hasPage } = useRecordInView();
  const saved = (useSavedViews() ?? noViews).map((view) => ({ title: view.name, view }));
  const isView = mode === 'all' && sought.startsWith('@');
  const views: Group = {
    value: 'Views',
    items: bestOf(saved, isView ? sought.slice(1) : sought).map(({ view }) => viewEntry(view)),
  };
  if (isView) return { groups: views.items.length > 0 ? [views] : [], sought: sought.slice(1), isCurrent: true };

  const records: Group = { value: 'Records', items: hits.map(recordEntry) };
  if (mode === 'records') return { groups: records.items.length > 0 ? [records] : [], sought, isCurrent };

  const offered = commands.filter(
    ({ id, ...more }) =>
      !id.startsWith('go.') &&
      (id !== 'record.open' || hasPage) &&
      !menusOnly.has(id) &&
      !('quiet' in more) &&
      (handlers.get(id)?.length ?? 0) > 0,
  );
  const found = bestOf(offered, sought);
  const doing: Group = {
    value: 'Commands',
    items: (isCommands ? found : found.slice(0, MOST_COMMANDS)).map((command) => commandEntry(command, record)),
  };
  const places = isCommands ? [] : bestOf(screens, sought);
  const going: Group = { value: 'Go to', items: places.map(screenEntry) };
  const isScreen = places.some(({ title }) => isNamed(title, sought));
  const named = sought === '' || isCommands ? [] : [views];
  const groups = isScreen ? [going, ...named, records, doing] : [...named, records, doing, going];
  return { groups: groups.filter(({ items }) => items.length > 0), sought, isCurrent };
};
