/** The named commands of a grid's columns: on the header in focus, else on the column of the cell in focus. */
import type { RefObject } from 'react';
import { useCommand } from '../state/commands.ts';
import { say } from '../state/toasts.ts';
import type { MountedGrid } from './ag/mount.ts';

/** CSS px a key press makes a column wider. */
const stepWidth = 10;

export const useColumnCommands = (grid: RefObject<MountedGrid | null>): void => {
  /** Passes the key on where no column has the focus; says what was refused. */
  const onColumn = (run: (bar: MountedGrid['bar'], key: string) => string | null | void) => (): void | false => {
    const bar = grid.current?.bar;
    const key = bar?.target() ?? null;
    if (!bar || key === null || grid.current?.isEditing() === true) return false;
    const refused = run(bar, key);
    if (typeof refused === 'string') say(refused, { tone: 'warning' });
  };
  useCommand(
    'column.left',
    onColumn((bar, key) => bar.shift(key, -1)),
  );
  useCommand(
    'column.right',
    onColumn((bar, key) => bar.shift(key, 1)),
  );
  useCommand(
    'column.wider',
    onColumn((bar, key) => bar.resize(key, stepWidth)),
  );
  useCommand(
    'column.narrower',
    onColumn((bar, key) => bar.resize(key, -stepWidth)),
  );
  useCommand(
    'column.freeze',
    onColumn((bar, key) => bar.freezeTo(key)),
  );
  useCommand(
    'column.unfreeze',
    onColumn((bar) => bar.freezeTo(null)),
  );
  useCommand(
    'column.hide',
    onColumn((bar, key) => bar.hide(key)),
  );
};
