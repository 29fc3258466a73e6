/** The charges that freight is quoted by, for each mode of transport (Q4). A charge is a product, named by its code. */
import type { ReactElement } from 'react';
import { useId, useState } from 'react';
import type { ArgsOf, OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { CellError, toldBy } from '../../ui/CellError.tsx';
import { useNextEntry } from './useNextEntry.ts';
import { useWhole } from './useWhole.ts';

type Named = OutputOf<WorkbenchContract['app.charges']>['templates'][number];
type Template = ArgsOf<WorkbenchContract['app.setCharges']>['templates'][number];

const ABOUT =
  'A quote takes the charges of its mode by “Add freight charges”. A mandatory one without its price keeps the quote from ' +
  'being sent; a price of nothing says that it is inside the rate.';

const LONGEST_MODE = 40;
const LONGEST_CODE = 100;

type RowsProps = { readonly template: Named; readonly onChange: (charges: Named['charges']) => void };

const NewCharge = ({ template, onChange }: RowsProps): ReactElement => {
  const errorId = useId();
  const [error, setError] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const { mode, charges } = template;
  const { box, adding } = useNextEntry<HTMLTableRowElement>(charges.length);
  const add = (text: string): void => {
    const code = text.trim();
    const wrong =
      code.length > LONGEST_CODE
        ? `A code has ${LONGEST_CODE} characters at most.`
        : charges.some((one) => one.code === code)
          ? `${code} is a charge of ${mode} already.`
          : null;
    setError(wrong);
    setTyped(wrong === null ? '' : code);
    if (wrong !== null || code === '') return;
    adding();
    onChange([...charges, { code, mandatory: true, product: null }]);
  };
  return (
    <tr ref={box}>
      <td className="field" colSpan={4}>
        <TextInput
          key={charges.length}
          {...toldBy(errorId, error)}
          label={`New charge of ${mode}`}
          placeholder="Code of a product"
          value={typed}
          onCommit={add}
        />
        <CellError id={errorId} error={error} />
      </td>
    </tr>
  );
};

const ChargeRows = ({ template, onChange }: RowsProps): ReactElement => {
  const { mode, charges } = template;
  return (
    <table className="mini typed">
      <thead>
        <tr>
          <th scope="col">Charge</th>
          <th scope="col">Product</th>
          <th scope="col">Mandatory</th>
          <th scope="col">
            <span className="vh">Steps</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {charges.map((charge) => (
          <tr key={charge.code}>
            <th scope="row">{charge.code}</th>
            <td className={charge.product === null ? 'danger-t' : undefined}>
              {charge.product ?? 'No product has this code: no quote can take it'}
            </td>
            <td>
              <input
                type="checkbox"
                aria-label={`${charge.code} of ${mode} is mandatory`}
                checked={charge.mandatory}
                onChange={({ target }) =>
                  onChange(charges.map((one) => (one === charge ? { ...charge, mandatory: target.checked } : one)))
                }
              />
            </td>
            <td>
              <Button onClick={() => onChange(charges.filter((one) => one !== charge))}>
                {charges.length === 1 ? 'Remove mode' : 'Remove'}
              </Button>
            </td>
          </tr>
        ))}
        <NewCharge template={template} onChange={onChange} />
      </tbody>
    </table>
  );
};

type NewModeProps = { readonly modes: readonly string[]; readonly onAdd: (template: Named) => void };

/** A mode begins with its first charge. */
const NewMode = ({ modes, onAdd }: NewModeProps): ReactElement => {
  const errorId = useId();
  const [error, setError] = useState<string | null>(null);
  const [{ mode, code }, setTyped] = useState({ mode: '', code: '' });
  const { box, adding } = useNextEntry<HTMLDivElement>(modes.length);
  const add = (typed: { readonly mode: string; readonly code: string }): void => {
    const wrong =
      typed.mode.length > LONGEST_MODE
        ? `A mode has ${LONGEST_MODE} characters at most.`
        : modes.includes(typed.mode)
          ? `The charges of ${typed.mode} stand above already.`
          : typed.code.length > LONGEST_CODE
            ? `A code has ${LONGEST_CODE} characters at most.`
            : null;
    setError(wrong);
    const isWhole = wrong === null && typed.mode !== '' && typed.code !== '';
    setTyped(isWhole ? { mode: '', code: '' } : typed);
    if (!isWhole) return;
    adding();
    onAdd({ mode: typed.mode, charges: [{ code: typed.code, mandatory: true, product: null }] });
  };
  const told = toldBy(errorId, error);
  return (
    <>
      <h3 className="h3">New mode of transport</h3>
      <div className="two" ref={box} key={modes.length}>
        <TextInput
          {...told}
          label="New mode of transport"
          placeholder="Mode: Road, Sea FCL"
          value={mode}
          onCommit={(text) => add({ mode: text.trim(), code })}
        />
        <TextInput
          {...told}
          label="Its first charge"
          placeholder="Code of its first charge"
          value={code}
          onCommit={(text) => add({ mode, code: text.trim() })}
        />
      </div>
      <CellError id={errorId} error={error} />
    </>
  );
};

const plain = ({ mode, charges }: Named): Template => ({
  mode,
  charges: charges.map(({ code, mandatory }) => ({ code, mandatory })),
});

export const FreightSection = (): ReactElement | null => {
  const asked = useEngine('app.charges', {}, { tables: ['settings', 'products'] });
  const write = (next: readonly Named[]): Promise<unknown> => client['app.setCharges']({ templates: next.map(plain) });
  const { value: templates, error, change } = useWhole(asked, asked.data?.templates as readonly Named[] | undefined, write);
  if (templates === undefined) return null;
  /** A mode without charges is none. */
  const put = (mode: string, charges: Named['charges']): void =>
    change(templates.map((one) => (one.mode === mode ? { mode, charges } : one)).filter((one) => one.charges.length > 0));
  return (
    <>
      <h2 className="h3">Freight charges</h2>
      <p className="muted">{ABOUT}</p>
      {error !== null && <ErrorBar error={error} />}
      {templates.map((template) => (
        <section key={template.mode} aria-label={`Charges of ${template.mode}`}>
          <h3 className="h3">{template.mode}</h3>
          <ChargeRows template={template} onChange={(charges) => put(template.mode, charges)} />
        </section>
      ))}
      <NewMode modes={templates.map(({ mode }) => mode)} onAdd={(template) => change([...templates, template])} />
    </>
  );
};
