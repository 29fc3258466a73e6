/** Sources of rows for React: made when a grid's subject changes, told of changes in the engine, closed when they go. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { uuidv7 } from 'uuidv7';
import type { Filter } from '../../shared/domain/filter.ts';
import type { TableName } from '../../shared/model/index.ts';
import { isTableName, tableOf } from '../../shared/model/index.ts';
import type { Change } from '../client/cache.ts';
import { useChanged } from '../client/cache.ts';
import { client } from '../client/client.ts';
import { markSaved } from '../state/status.ts';
import { say } from '../state/toasts.ts';
import type { Setting } from './display.ts';
import { readTyped } from './display.ts';
import type { CellInput } from './edit/edits.ts';
import type { LineSource } from './lines/source.ts';
import { createLineSource } from './lines/source.ts';
import type { GridSource, SourceHost, SourceState, Touched } from './source.ts';
import { emptyState } from './source.ts';
import type { Sort } from './window/register.ts';
import type { RegisterSource } from './window/source.ts';
import { createRegisterSource } from './window/source.ts';

/** The tables whose rows a table's cells show: its own, and those its links name. */
const readTables = (table: TableName): readonly TableName[] => {
  const linked = Object.values(tableOf(table).fields).flatMap((field) =>
    field.kind === 'link' ? [field.to] : field.kind === 'ref' ? field.to : [],
  );
  return [table, ...new Set(linked.filter(isTableName).filter((name) => name !== table))];
};

const touchedOf = (table: TableName, change: Change): Touched => {
  if (change === null) return { ids: null, isLinked: false };
  const own = change[table];
  const isLinked = readTables(table).some((name) => name !== table && Object.hasOwn(change, name));
  return { ids: own ? (own.ids ?? null) : [], isLinked };
};

const useTouched = (table: TableName, source: GridSource | null, also: readonly TableName[] = []): void =>
  useChanged([...readTables(table), ...also], (change) => source?.touched(touchedOf(table, change)));

const useHost = (table: TableName, screen: string, setting: Setting, start: Readonly<Record<string, CellInput>>): SourceHost => {
  const latest = useRef({ setting, start });
  latest.current = { setting, start };
  return {
    port: client,
    table,
    screen,
    read: (column, text, row) => readTyped(column, text, row, latest.current.setting),
    newId: uuidv7,
    start: () => latest.current.start,
    failed: (message) => say(message, { tone: 'danger' }),
    saved: () => markSaved(Date.now()),
  };
};

const noStart: Readonly<Record<string, CellInput>> = {};

type RegisterOptions = {
  readonly table: TableName;
  readonly screen: string;
  readonly filter: Filter | null;
  readonly sort: Sort;
  readonly setting: Setting;
  readonly start?: Readonly<Record<string, CellInput>>;
};

/** A register's rows. A new filter is shown in the same source; rows typed into stay where they are until then. */
export const useRegister = ({
  table,
  screen,
  filter,
  sort,
  setting,
  start = noStart,
}: RegisterOptions): RegisterSource | null => {
  const host = useHost(table, screen, setting, start);
  const [source, setSource] = useState<RegisterSource | null>(null);
  const first = useRef({ host, filter, sort });
  first.current = { host, filter, sort };
  useEffect(() => {
    const made = createRegisterSource(first.current.host, { filter: first.current.filter, sort: first.current.sort });
    setSource(made);
    return () => {
      setSource(null);
      made.close();
    };
  }, [table, screen]);
  const key = JSON.stringify(filter);
  useEffect(() => source?.filterBy(first.current.filter), [source, key]);
  useTouched(table, source);
  return source;
};

type LineOptions = {
  readonly table: TableName;
  readonly owner: string;
  readonly screen: string;
  readonly setting: Setting;
  readonly start: Readonly<Record<string, CellInput>>;
  readonly hasGhost: boolean;
  readonly before: () => Promise<void>;
  /** Tables whose changes the lines' computed fields follow. */
  readonly also: readonly TableName[];
};

/** The lines of one document. */
export const useLines = ({ table, owner, screen, setting, start, hasGhost, before, also }: LineOptions): LineSource | null => {
  const host = useHost(table, screen, setting, start);
  const [source, setSource] = useState<LineSource | null>(null);
  const latest = useRef({ host, hasGhost, before });
  latest.current = { host, hasGhost, before };
  useEffect(() => {
    const made = createLineSource({
      ...latest.current.host,
      owner,
      hasGhost: () => latest.current.hasGhost,
      before: () => latest.current.before(),
    });
    setSource(made);
    return () => {
      setSource(null);
      made.close();
    };
  }, [table, owner, screen]);
  useEffect(() => source?.rearrange(), [source, hasGhost]);
  useTouched(table, source, also);
  return source;
};

const never = (): (() => void) => () => undefined;

/** What the source says of itself. */
export const useSourceState = (source: GridSource | null): SourceState =>
  useSyncExternalStore(source?.subscribe ?? never, source?.state ?? (() => emptyState));
