/** Files out of a view: what is asked in the dialog, how far it is, how it ended. One at a time. */
import type { RefObject } from 'react';
import { create } from 'zustand';
import { AppError } from '../../../shared/contract/define.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import { inSentence } from '../../../shared/domain/in-sentence.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { client, host, whenWritten } from '../../client/client.ts';
import { canPick, pickPath } from '../../client/pick.ts';
import type { GridHandle } from '../../grid/handle.ts';
import type { GridSource } from '../../grid/source.ts';
import type { Sort } from '../../grid/window/register.ts';
import { useCommand } from '../../state/commands.ts';
import { say, sayPath } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';

/** A view as it stands on the screen. */
export type Exported = {
  readonly table: TableName;
  /** The name of the view or of the document. */
  readonly label: string;
  readonly filter: Filter | null;
  readonly sort: Sort;
  /** Keys of the columns that are shown, in order. */
  readonly fields: readonly string[];
  /** Rows of the view; null while they are not counted. */
  readonly count: number | null;
  /** The row in focus. */
  readonly row: string | null;
};

export type Format = 'xlsx' | 'csv';
/** What a person chose in the dialog, kept for the next time. */
export type Choice = { readonly format: Format; readonly rows: 'all' | 'row'; readonly columns: 'shown' | 'all' };

type Running = { readonly done: number; readonly total: number | null; readonly cancel: () => void };
/** A file that another program holds open: asked what to do. */
type Busy = { readonly message: string; readonly saveCopy: () => void };

type State = {
  readonly asked: Exported | null;
  readonly choice: Choice;
  readonly running: Running | null;
  readonly busy: Busy | null;
};

export const useExports = create<State>(() => ({
  asked: null,
  choice: { format: 'xlsx', rows: 'all', columns: 'shown' },
  running: null,
  busy: null,
}));

/** The longest that a million rows may take. */
const LONGEST_MS = 3_600_000;

const formats: Readonly<Record<Format, string>> = { xlsx: 'Excel workbook', csv: 'CSV' };

/** What no file system takes in a name. */
const unfit = /[\\/:*?"<>|]/g;

const titleOf = ({ table, label }: Exported): string => `${tableOf(table).many} ${label}`;

/** A name that every system takes. */
export const fitName = (name: string): string => name.replaceAll(unfit, ' ');

export const fileName = (asked: Exported, format: Format, today: string): string =>
  `${fitName(`${titleOf(asked)} ${today}`)}.${format}`;

const download = (url: string, path: string): void => {
  const link = document.createElement('a');
  link.href = url;
  link.download = path.split(/[\\/]/).at(-1) ?? '';
  link.click();
};

/** Shows the file in its folder, or has the browser fetch it; a file elsewhere has its path said again. */
const showFile = async (path: string): Promise<void> => {
  const { url } = await host['host.reveal']({ path });
  if (url !== null) download(url, path);
};

/** Says that a file is written, with the way to it. */
export const sayWritten = (text: string, path: string): void =>
  say(text, {
    action: {
      label: canPick() ? 'Show in folder' : 'Download',
      run: () => void showFile(path).catch(() => sayPath(`The file lies at ${path}`, path)),
    },
  });

type WhenBusy = 'refuse' | 'copy';
type Work = { readonly asked: Exported; readonly choice: Choice; readonly to: string };

const writeSheet = async ({ asked, choice, to }: Work, whenBusy: WhenBusy, signal: AbortSignal): Promise<void> => {
  const { table, filter, sort, fields, row } = asked;
  const { one, many } = tableOf(table);
  await whenWritten();
  const isOne = choice.rows === 'row' && row !== null;
  const { path, rows, cut } = await client['export.view'](
    {
      view: table,
      to,
      filter: isOne ? null : filter,
      sort: [...sort],
      ids: isOne ? [row] : null,
      fields: choice.columns === 'all' ? [] : [...fields],
      title: titleOf(asked),
      whenBusy,
    },
    {
      signal,
      timeoutMs: LONGEST_MS,
      onProgress: (done, total) =>
        useExports.setState(({ running }) => ({ running: running === null ? null : { ...running, done, total } })),
    },
  );
  const noun = inSentence(rows === 1 ? one : many);
  const left = cut === 0 ? '' : ` ${cut.toLocaleString()} long ${cut === 1 ? 'text was' : 'texts were'} cut and marked.`;
  sayWritten(`${rows.toLocaleString()} ${noun} written to ${path}.${left}`, path);
};

const isBusy = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'io' && (error.details as { busy?: unknown } | undefined)?.busy === true;

/**
 * Writes a file, shown in the status bar while it takes its time; of one that is open elsewhere, asks what to do.
 * @param count what there is to write, as far as it is known
 */
export const runWriting = async (
  count: number | null,
  write: (whenBusy: WhenBusy, signal: AbortSignal) => Promise<void>,
  whenBusy: WhenBusy = 'refuse',
): Promise<void> => {
  const abort = new AbortController();
  useExports.setState({ running: { done: 0, total: count, cancel: () => abort.abort() }, busy: null });
  try {
    await write(whenBusy, abort.signal);
  } catch (error) {
    if (isBusy(error)) {
      const saveCopy = (): void => void runWriting(count, write, 'copy');
      useExports.setState({ busy: { message: messageOf(error), saveCopy } });
    } else if (abort.signal.aborted) say('The export was cancelled. No file was written.');
    else say(messageOf(error), { tone: 'danger' });
  } finally {
    useExports.setState({ running: null });
  }
};

export const closeExport = (): void => useExports.setState({ asked: null, busy: null });

/** Starts what the dialog asked for. @param name where it goes: a name for the folder of exports, or a full path */
export const startExport = async (asked: Exported, choice: Choice, name: string): Promise<void> => {
  useExports.setState({ asked: null, choice });
  const filters = [{ name: formats[choice.format], extensions: [choice.format] }];
  const to = canPick() ? await pickPath('save', 'Export', { suggest: name, filters }) : name;
  if (to === null) return;
  await runWriting(asked.count, (whenBusy, signal) => writeSheet({ asked, choice, to }, whenBusy, signal));
};

/** The row in focus, where it is one that was saved. */
export const savedRow = (grid: RefObject<GridHandle | null>, source: Pick<GridSource, 'isDraft'>): string | null => {
  const row = grid.current?.focused()?.row;
  return row === undefined || source.isDraft(row.id) ? null : row.id;
};

/** Whether a file is being written; says so where one is. */
export const isWriting = (): boolean => {
  const { running } = useExports.getState();
  if (running !== null) say('A file is being written. It can be cancelled in the status bar.');
  return running !== null;
};

/** Answers Export. `what` is asked when it is run: null = the view is not there yet. */
export const useExport = (what: () => Exported | null): void =>
  useCommand('file.export', () => {
    if (isWriting()) return undefined;
    const asked = what();
    if (asked === null) return false;
    useExports.setState({ asked, busy: null });
    return undefined;
  });
