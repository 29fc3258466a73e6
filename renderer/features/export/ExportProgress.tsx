/** How far a file is, in the status bar: the page stays free while it is written. */
import type { ReactElement } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useExports } from './useExport.ts';

export const ExportProgress = (): ReactElement | null => {
  const running = useExports((state) => state.running);
  if (running === null) return null;
  const { done, total, cancel } = running;
  return (
    <span className="st export-run">
      <progress aria-label="Exporting" max={total ?? undefined} value={total === null ? undefined : done} />
      Exporting {done.toLocaleString()}
      {total !== null && ` of ${total.toLocaleString()}`}
      <Button kind="flat" onClick={cancel}>
        Cancel
      </Button>
    </span>
  );
};
