/** Sources of rows for React: made when a grid's subject changes, told of changes in the engine, closed when they go. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { uuidv7 } from 'uuidv7';
import type { GridRow } from '../../shared/contract/shapes.ts';
import type { Filter } from '../../shared/domain/filter.ts';
import type { TableName } from '../../shared/model/index.ts';
import { isTableName, tableOf } from '../../shared/model/index.ts';
import type { Change } from '../client/cache.ts';
import { useChanged } from '../client/cache.ts';
import { client } from '../client/client.ts';
import { markSaved } from '../state/status.ts';
import { say } from '../state/toasts.ts';
import { tablesBehind } from './behind.ts';
import type { GridColumn } from './columns.ts';
import type { Setting } from './display.ts';
import { readTyped } from './display.ts';
import type { CellInput } from './edit/edits.ts';
import { LineSource } from './lines/source.ts';
import type { GridSource, SourceHost, SourceState, Touched } from './source.ts';
import { useLatest } from './useLatest.ts';
import type { Sort } from './window/register.ts';
import { RegisterSource } from './window/source.ts';

/** The tables that what a row shows is made from: its own, those its links name, those behind its figures. */
const readTables = (table: TableName): readonly TableName[] => {
  const linked = Object.values(tableOf(table).fields).flatMap((field) =>
    field.kind === 'link' ? [field.to] : field.kind === 'ref' ? field.to : [],
  );
  return [table, ...new Set([...linked.filter(isTableName), ...tablesBehind(table)].filter((name) => name !== table))];
};

const touchedOf = (table: TableName, change: Change): Touched => {
  if (change === null) return { ids: null, isLinked: false };
  const own = change[table];
  const isLinked = readTables(table).some((name) => name !== table && Object.hasOwn(change, name));
  return { ids: own ? (own.ids ?? null) : [], isLinked };
};

const useTouched = (table: TableName, source: GridSource): void =>
  useChanged(readTables(table), (change) => source.touched(touchedOf(table, change)));

type Common = {
  readonly table: TableName;
  /** Where undo steps say they were made: the key of the tab. */
  readonly screen: string;
  readonly setting: Setting;
  /** What every new row starts with. */
  readonly start?: Readonly<Record<string, CellInput>>;
};

/** A host without what depends on the render that makes the source. */
const useHost = ({ setting, start }: Common): Omit<SourceHost, 'table' | 'screen'> => {
  const latest = useLatest({ setting, start });
  const [host] = useState(() => ({
    port: client,
    read: (column: GridColumn, text: string, row: GridRow | undefined) => readTyped(column, text, row, latest.current.setting),
    newId: uuidv7,
    start: () => latest.current.start ?? {},
    failed: (message: string) => say(message, { tone: 'danger' }),
    saved: () => markSaved(Date.now()),
  }));
  return host;
};

type RegisterOptions = Common & { readonly filter: Filter | null; readonly sort: Sort };

/** A register's rows. A new filter is shown in the same source; rows typed into stay where they are until then. */
export const useRegister = (options: RegisterOptions): RegisterSource => {
  const { table, screen, filter } = options;
  const host = useHost(options);
  const [first] = useState({ filter, sort: options.sort });
  const source = useMemo(() => new RegisterSource({ ...host, table, screen }, first), [host, first, table, screen]);
  useEffect(() => source.start(), [source]);
  useEffect(() => source.filterBy(filter), [source, filter]);
  useTouched(table, source);
  return source;
};

type LineOptions = Common & {
  readonly owner: string;
  readonly hasGhost: boolean;
  /** Runs before a line is written: the document itself may not be there yet. */
  readonly before: () => Promise<void>;
};

/** The lines of one document. */
export const useLines = (options: LineOptions): LineSource => {
  const { table, owner, screen, hasGhost } = options;
  const host = useHost(options);
  const latest = useLatest(options);
  const source = useMemo(
    () => new LineSource({ ...host, table, screen, owner, before: () => latest.current.before() }),
    [host, latest, table, screen, owner],
  );
  useEffect(() => source.start(), [source]);
  useEffect(() => source.showGhost(hasGhost), [source, hasGhost]);
  useTouched(table, source);
  return source;
};

/** What the source says of itself. */
export const useSourceState = (source: GridSource): SourceState => useSyncExternalStore(source.subscribe, source.state);
