/** Says where a file that is over the window would go. */
import type { ReactElement } from 'react';
import { Icon } from '../ui/Icon.tsx';
import { useDropping } from './drop.ts';

export const DropOver = (): ReactElement | null =>
  useDropping((state) => state.isOver) ? (
    <div className="drop-over" aria-hidden="true">
      <Icon name="import" />
      Drop to import. Nothing is written until Apply.
    </div>
  ) : null;
