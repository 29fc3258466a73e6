/** A cell somebody asked for on a record's page that is not there yet: the page goes to it as soon as it is loaded. */
import { create } from 'zustand';
import type { TableName } from '../../shared/model/index.ts';

type Cell = { readonly table: TableName; readonly id: string; readonly field: string };

export const useWantedCell = create<{ readonly cell: Cell | null }>(() => ({ cell: null }));

export const wantCell = (cell: Cell): void => useWantedCell.setState({ cell });

export const dropWantedCell = (): void => useWantedCell.setState({ cell: null });
