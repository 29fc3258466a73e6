/** Finding in the grid that is mounted: its commands, its session, and looking again when rows changed. */
import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { say } from '../../state/toasts.ts';
import type { MountedGrid } from '../ag/mount.ts';
import type { GridColumn } from '../columns.ts';
import type { Display } from '../display.ts';
import type { GridSource } from '../source.ts';
import { useLatest } from '../useLatest.ts';
import { FindSession } from './session.ts';

type Host = {
  readonly source: GridSource;
  readonly display: Display;
  readonly lock: (row: GridRow, column: GridColumn) => string | null;
};

const againAfterMs = 300;

/** Rows that were read again may say something else. */
const useFollow = (session: FindSession, source: GridSource): void =>
  useEffect(() => {
    const stateOf = (): string => `${source.state().version}/${source.state().drafts}`;
    let seen = stateOf();
    let timer = setTimeout(() => session.again());
    const stop = source.subscribe(() => {
      if (stateOf() === seen) return;
      seen = stateOf();
      clearTimeout(timer);
      timer = setTimeout(() => session.again(), againAfterMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [session, source]);

/** Escape in a cell that nothing else needs ends finding. */
const useEscape = (session: FindSession, grid: RefObject<MountedGrid | null>, element: RefObject<HTMLElement | null>): void =>
  useEffect(() => {
    const root = element.current;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && grid.current?.isEditing() === false) session.close();
    };
    root?.addEventListener('keydown', onKeyDown);
    return () => root?.removeEventListener('keydown', onKeyDown);
  }, [element, grid, session]);

export const useFind = (grid: RefObject<MountedGrid | null>, element: RefObject<HTMLElement | null>, host: Host) => {
  const { source } = host;
  const latest = useLatest(host);
  const input = useRef<HTMLInputElement>(null);
  const [session] = useState(
    () => new FindSession(() => (grid.current ? { ...latest.current, view: grid.current.finding } : null)),
  );
  useEffect(() => () => session.end(), [session]);
  useFollow(session, source);
  useEscape(session, grid, element);
  /** Another grid that has the keyboard is the one that is meant. */
  const isMeant = (): boolean => {
    const other = document.activeElement?.closest('.grid-area');
    return other === null || other === undefined || other.contains(element.current);
  };
  const open = (isReplacing: boolean) => (): void | false => {
    if (!grid.current || !isMeant()) return false;
    grid.current.commitOpen();
    // The keys pressed next are meant for the bar.
    flushSync(() => session.open(isReplacing));
    input.current?.focus();
    input.current?.select();
  };
  const step = (back: boolean) => (): void | false => {
    if (!grid.current || !isMeant()) return false;
    grid.current.commitOpen();
    if (session.state().words.text === '') return open(false)();
    void session.step(back);
  };
  useCommand('find.open', open(false));
  useCommand('find.replace', open(true));
  useCommand('find.next', step(false));
  useCommand('find.previous', step(true));

  const onReplaced = (cells: number): void => {
    if (cells === 0) return;
    say(`Replaced in ${cells.toLocaleString()} ${cells === 1 ? 'cell' : 'cells'}.`, {
      action: { label: 'Undo', command: 'edit.undo', run: () => runCommand('edit.undo') },
    });
  };
  return { session, input, onReplaced };
};
