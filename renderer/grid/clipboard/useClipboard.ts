/** The clipboard of a grid while it is on the page: its events, its named commands, and the question of a special paste. */
import type { RefObject } from 'react';
import { useEffect, useState } from 'react';
import type { Via } from '../../state/commands.ts';
import { useCommand } from '../../state/commands.ts';
import type { MountedGrid } from '../ag/mount.ts';
import { useLatest } from '../useLatest.ts';
import type { ClipboardHost, Special } from './desk.ts';
import { ClipboardDesk } from './desk.ts';
import type { PasteMode } from './paste.ts';

type Grid = RefObject<MountedGrid | null>;

export const useClipboard = (grid: Grid, element: RefObject<HTMLElement | null>, now: ClipboardHost) => {
  const host = useLatest(now);
  const [special, ask] = useState<Special | null>(null);
  const [desk] = useState(() => new ClipboardDesk({ grid, element, host, ask }));
  useEffect(() => desk.follow(), [desk]);

  const byName =
    (run: () => boolean) =>
    (via: Via): boolean =>
      via === 'name' && run();
  useCommand(
    'grid.copy',
    byName(() => desk.copy('copy')),
  );
  useCommand(
    'grid.cut',
    byName(() => desk.copy('cut')),
  );
  useCommand(
    'grid.copy-headers',
    byName(() => desk.copy('headers')),
  );
  useCommand(
    'grid.paste',
    byName(() => desk.paste(false)),
  );
  useCommand('grid.paste-special', (via) => {
    if (via === 'name') return desk.paste(true);
    desk.expectSpecial();
    return false;
  });
  return {
    special,
    close: (): void => {
      ask(null);
      grid.current?.focus();
    },
    choose: (mode: PasteMode): void => {
      ask(null);
      if (special) desk.choose(special, mode);
    },
  };
};
