/** The state of a record on its page. */
import type { ReactElement } from 'react';
import { chipOf } from '../../grid/chips.ts';
import { Chip } from '../../ui/Chip.tsx';
import type { RecordHandle } from './useRecord.ts';

export const RecordStatus = ({ record }: { readonly record: Pick<RecordHandle, 'columns' | 'row'> }): ReactElement | null => {
  const field = record.columns.get('status')?.field;
  const chip = field && record.row ? chipOf(field, record.row, 'status') : null;
  return chip ? (
    <Chip tone={chip.tone} icon={chip.icon} isQuiet={chip.isQuiet}>
      {chip.label}
    </Chip>
  ) : null;
};
