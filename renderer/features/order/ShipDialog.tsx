/** When everything open on an order went out. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { isBad } from '../../../shared/domain/kinds.ts';
import { styleOf } from '../../../shared/domain/locale.ts';
import { parseCell } from '../../../shared/domain/parse/cell.ts';
import { describeProblem } from '../../../shared/domain/problems.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { useSetting } from '../register/useSetting.ts';

type Props = { readonly onShip: (on: string) => void; readonly onClose: () => void };

export const ShipDialog = ({ onShip, onClose }: Props): ReactElement => {
  const { today, zone, locale } = useSetting();
  const [text, setText] = useState(today);
  const read = parseCell({ kind: 'date' }, text, { style: styleOf(locale), today, zone, currency: null, resolve: () => [] });
  const error = isBad(read)
    ? describeProblem(read['!'][1], { label: 'Date', raw: text }).message
    : read === null
      ? 'Type a date.'
      : null;
  const ship = (): void => {
    if (typeof read === 'string') onShip(read);
  };
  return (
    <Dialog
      title="Record shipment"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button kind="primary" blocked={error ?? undefined} onClick={ship}>
            Record shipment
          </Button>
        </>
      }
    >
      <Field label="Went out on" help="Everything still open on this order is recorded as shipped." {...(error ? { error } : {})}>
        {(control) => (
          <input
            {...control}
            className="input"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && ship()}
          />
        )}
      </Field>
    </Dialog>
  );
};
