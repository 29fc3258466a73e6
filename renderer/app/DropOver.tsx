/** What happens to the file that is held over the window. */
import type { ReactElement } from 'react';
import { Icon } from '../ui/Icon.tsx';
import { useDropping } from './drop.ts';

const words = {
  import: { icon: 'import', text: 'Drop to import. Nothing is written until Apply.' },
  record: { icon: 'clip', text: 'Drop to keep it with this record.' },
} as const;

export const DropOver = (): ReactElement | null => {
  const to = useDropping((state) => state.to);
  return to === null ? null : (
    <div className="drop-over" aria-hidden="true">
      <Icon name={words[to].icon} />
      {words[to].text}
    </div>
  );
};
