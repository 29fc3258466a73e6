/** What the palette offers for a text: records, then commands that can act now, then screens. */
import { commands, type CommandId } from '../../shared/commands.ts';
import { isTableName, tableOf } from '../../shared/model/index.ts';
import { bestOf } from '../ui/matches.ts';
import type { Hit } from '../features/search/useSearch.ts';
import { useSearch } from '../features/search/useSearch.ts';
import { runCommand, useCommandRegistry } from '../state/commands.ts';
import { openScreen } from '../state/tabs.ts';
import type { IconName } from '../ui/Icon.tsx';
import { iconOfTable, screens } from './screens.ts';
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

const MOST_RECORDS = 8;
const MOST_COMMANDS = 6;

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
  file: 'plus',
  edit: 'undo',
  go: 'arr-r',
  record: 'note',
  window: 'table',
  help: 'file',
  view: 'columns',
};

/** `>` asks for commands only. */
export const usePaletteEntries = (
  text: string,
  mode: 'all' | 'records',
): { readonly groups: readonly Group[]; readonly sought: string; readonly isCurrent: boolean } => {
  const isCommands = mode === 'all' && text.trimStart().startsWith('>');
  const sought = isCommands ? text.trimStart().slice(1).trim() : text.trim();
  const { hits, isCurrent } = useSearch(isCommands ? '' : sought, mode === 'records' ? 30 : MOST_RECORDS);
  const handlers = useCommandRegistry((state) => state.handlers);
  const offered = commands.filter(
    ({ id, menu, ...more }) =>
      menu !== 'go' && id !== 'palette.open' && !('quiet' in more) && (handlers.get(id)?.length ?? 0) > 0,
  );
  const groups: Group[] = [{ value: 'Records', items: hits.map(recordEntry) }];
  if (mode === 'all') {
    const found = bestOf(offered, sought).slice(0, isCommands ? 50 : MOST_COMMANDS);
    groups.push({
      value: 'Commands',
      items: found.map(({ id, title, menu }) => ({
        key: id,
        title,
        note: '',
        icon: iconOfMenu[menu] ?? 'note',
        command: id,
        run: () => void runCommand(id),
      })),
    });
    const places = isCommands ? [] : bestOf(screens, sought);
    groups.push({
      value: 'Go to',
      items: places.map((screen) => ({
        key: `screen:${screen.id}`,
        title: screen.title,
        note: '',
        icon: screen.icon,
        command: `go.${screen.id}` as const,
        run: () => openScreen(screen.id),
      })),
    });
  }
  return { groups: groups.filter(({ items }) => items.length > 0), sought, isCurrent };
};
