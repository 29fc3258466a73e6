/** The rows of a register as a file: all that its filter lets through, in its order, with the columns that are shown. */
import type { Filter } from '../../../shared/domain/filter.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { client, whenWritten } from '../../client/client.ts';
import { useInfo } from '../../client/info.ts';
import { canPick, pickPath } from '../../client/pick.ts';
import type { Sort } from '../../grid/window/register.ts';
import { useCommand } from '../../state/commands.ts';
import { say, sayPath } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';

export type Exported = {
  readonly table: TableName;
  /** The name of the view. */
  readonly label: string;
  readonly filter: Filter | null;
  readonly sort: Sort;
  /** Keys of the columns that are shown, in order. */
  readonly fields: readonly string[];
};

/** What no file system takes in a name. */
const unfit = /[\\/:*?"<>|]/g;

/** Where the file goes: asked where the host can ask; else a name, and the engine knows the place. */
const placeOf = async (name: string): Promise<string | null> =>
  canPick() ? pickPath('save', 'Export to CSV', { suggest: name, filters: [{ name: 'CSV', extensions: ['csv'] }] }) : name;

const exportRows = async ({ table, label, filter, sort, fields }: Exported, today: string): Promise<void> => {
  const { one, many } = tableOf(table);
  const to = await placeOf(`${many} ${label} ${today}.csv`.replaceAll(unfit, ' '));
  if (to === null) return;
  await whenWritten();
  const asked = { view: table, to, filter, sort: [...sort], fields: [...fields] };
  const { path, rows } = await client['export.view'](asked, { timeoutMs: 600_000 });
  sayPath(`${rows.toLocaleString()} ${(rows === 1 ? one : many).toLowerCase()} written to ${path}.`, path);
};

/** Answers Export. `what` is asked when it is run: null = the register is not there yet. */
export const useExport = (what: () => Exported | null): void => {
  const today = useInfo().data?.today ?? '';
  useCommand('file.export', () => {
    const asked = what();
    if (asked === null) return false;
    exportRows(asked, today).catch((error: unknown) => say(messageOf(error), { tone: 'danger' }));
  });
};
