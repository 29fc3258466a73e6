/** Whose charges a freight quote takes (Q4): the modes of transport as they are set up, with what each puts on it. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useEngine } from '../../client/cache.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { StepFoot } from '../../ui/StepFoot.tsx';

type Props = { readonly onCharge: (mode: string) => void; readonly onClose: () => void };

const TITLE = 'Add freight charges';
const NONE = 'No charges are set up. Settings, Freight has a list for each mode of transport.';

export const ChargeDialog = ({ onCharge, onClose }: Props): ReactElement | null => {
  const { data } = useEngine('app.charges', {}, { tables: ['settings', 'products'] });
  const [chosen, setChosen] = useState<string | null>(null);
  if (data === undefined) return null;
  const { templates } = data;
  const mode = chosen ?? templates[0]?.mode ?? null;
  const charges = templates.find((one) => one.mode === mode)?.charges ?? [];
  const unknown = charges.filter(({ product }) => product === null).map(({ code }) => code);
  const blocked =
    mode === null ? NONE : unknown.length > 0 ? `No product has the code ${unknown.join(', ')}: charges are products.` : null;
  return (
    <Dialog
      title={TITLE}
      onClose={onClose}
      foot={
        <StepFoot
          label={TITLE}
          blocked={blocked}
          onDone={() => mode !== null && blocked === null && onCharge(mode)}
          onClose={onClose}
        />
      }
    >
      {mode !== null && (
        <Field label="Mode of transport" error={blocked ?? undefined}>
          {(control) => (
            <Select
              {...control}
              value={mode}
              options={templates.map((one) => ({ value: one.mode, label: one.mode }))}
              onChange={setChosen}
            />
          )}
        </Field>
      )}
      <p>{mode === null ? NONE : charges.map(({ code, product }) => product ?? code).join(', ')}</p>
    </Dialog>
  );
};
