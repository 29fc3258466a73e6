/** Puts a row of Today off, in words. What cannot be read stays typed, with the reason. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { formatInstant } from '../../../shared/domain/format.ts';
import { useFormat } from '../../client/info.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { StepFoot } from '../../ui/StepFoot.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { snooze } from './deeds.ts';
import type { TodayRow } from './rows.ts';
import { useOnce } from '../../ui/useOnce.ts';

export const SnoozeDialog = ({ row, onClose }: { readonly row: TodayRow; readonly onClose: () => void }): ReactElement => {
  const [text, setText] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const format = useFormat();
  const missing = text.trim() === '' ? 'Type when it comes back.' : null;
  const save = useOnce(async () => {
    if (missing !== null) return setRefusal(missing);
    try {
      const until = await snooze([row.key], text);
      onClose();
      sayUndoable(`Put off until ${formatInstant(until, format)}`);
    } catch (error) {
      setRefusal(messageOf(error));
    }
  });
  return (
    <Dialog title="Snooze" onClose={onClose} foot={<StepFoot label="Snooze" blocked={missing} onDone={save} onClose={onClose} />}>
      <p className="t2">{row.item}</p>
      <TextField
        label="Until"
        help="2h, t+1, mon, mon 14:00, 16:30"
        value={text}
        error={refusal}
        maxLength={60}
        onText={(next) => {
          setText(next);
          setRefusal(null);
        }}
        onEnter={save}
      />
    </Dialog>
  );
};
