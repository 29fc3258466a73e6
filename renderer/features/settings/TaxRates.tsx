/** The rates of a tax table, by code; a code is typed with its rate below the others. */
import type { ReactElement } from 'react';
import { useId, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { CellError, toldBy } from '../../ui/CellError.tsx';
import { ReadInput } from './ReadInput.tsx';
import type { TaxTable } from './TaxSection.tsx';
import { useNextEntry } from './useNextEntry.ts';

type Props = { readonly table: TaxTable; readonly onChange: (table: TaxTable) => void };

/** Ten times the amount, in millionths. */
const HIGHEST = 10_000_000;
const LONGEST = 20;

/** Why a code may not be called so; null where it may. Products name it, so it is never called otherwise. */
const judgeCode = (code: string, rates: TaxTable['rates']): string | null => {
  if (code.length > LONGEST) return `A code has ${LONGEST} characters at most.`;
  return Object.hasOwn(rates, code) ? `There is a rate for “${code}” already.` : null;
};

const RateRow = ({ code, table, onChange }: Props & { readonly code: string }): ReactElement => {
  const errorId = useId();
  const [error, setError] = useState<string | null>(null);
  const remove = (): void => {
    const rates = Object.fromEntries(Object.entries(table.rates).filter(([one]) => one !== code));
    onChange({ ...table, rates });
  };
  return (
    <tr>
      <th scope="row">{code}</th>
      <td className="field">
        <ReadInput
          {...toldBy(errorId, error)}
          label={`Rate of ${code}, %`}
          kind="percent"
          most={HIGHEST}
          value={table.rates[code] ?? null}
          onError={setError}
          onValue={(rate) => onChange({ ...table, rates: { ...table.rates, [code]: rate ?? 0 } })}
        />
        <CellError id={errorId} error={error} />
      </td>
      <td>
        <Button
          onClick={remove}
          blocked={table.freight === code ? 'Freight is taxed by it: choose another code for freight first.' : undefined}
        >
          Remove
        </Button>
      </td>
    </tr>
  );
};

/** Both are typed, in whichever order; the second makes the row. */
const NewRate = ({ table, onChange }: Props): ReactElement => {
  const errorId = useId();
  const [code, setCode] = useState('');
  const [rate, setRate] = useState<number | null>(null);
  const count = Object.keys(table.rates).length;
  const { box, adding } = useNextEntry<HTMLTableRowElement>(count);
  const [error, setError] = useState<string | null>(null);
  const told = toldBy(errorId, error);
  const add = (name: string, size: number | null): void => {
    const wrong = name === '' ? null : judgeCode(name, table.rates);
    setError(wrong);
    if (wrong !== null || name === '' || size === null) return;
    setCode('');
    setRate(null);
    adding();
    onChange({ ...table, rates: { ...table.rates, [name]: size } });
  };
  return (
    <tr ref={box} key={count}>
      <td>
        <TextInput
          {...told}
          label="New code"
          placeholder="New code"
          value={code}
          onCommit={(text) => {
            setCode(text.trim());
            add(text.trim(), rate);
          }}
        />
      </td>
      <td className="field">
        <ReadInput
          {...told}
          label="Rate of the new code, %"
          kind="percent"
          most={HIGHEST}
          value={rate}
          isOptional
          onError={setError}
          onValue={(typed) => {
            setRate(typed);
            add(code, typed);
          }}
        />
        <CellError id={errorId} error={error} />
      </td>
      <td className="muted">Added once it has both</td>
    </tr>
  );
};

export const TaxRates = ({ table, onChange }: Props): ReactElement => (
  <table className="mini typed" aria-label="Rates">
    <thead>
      <tr>
        <th scope="col">Code</th>
        <th scope="col">Rate, %</th>
        <th scope="col">
          <span className="vh">Steps</span>
        </th>
      </tr>
    </thead>
    <tbody>
      {Object.keys(table.rates).map((code) => (
        <RateRow key={code} code={code} table={table} onChange={onChange} />
      ))}
      <NewRate table={table} onChange={onChange} />
    </tbody>
  </table>
);
