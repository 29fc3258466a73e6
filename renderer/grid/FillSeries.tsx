/** The question before a series is filled in: by how much it counts on, and what that makes of each column. */
import type { ReactElement } from 'react';
import { useMemo, useState } from 'react';
import { styleOf } from '../../shared/domain/locale.ts';
import { readNumber } from '../../shared/domain/parse/number.ts';
import type { SeriesUnit } from '../../shared/domain/series.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { Select } from '../ui/Select.tsx';
import type { Plan, Rules } from './range/cells.ts';
import { countCells } from './range/cells.ts';
import type { SeriesGround, SeriesView } from './range/series.ts';
import { planSeries } from './range/series.ts';

type Props = {
  readonly ground: SeriesGround;
  readonly rules: Rules;
  readonly onFill: (plan: Plan) => void;
  readonly onClose: () => void;
};

const units: readonly { readonly value: SeriesUnit; readonly label: string }[] = [
  { value: 'day', label: 'Days' },
  { value: 'workday', label: 'Working days' },
  { value: 'week', label: 'Weeks' },
  { value: 'month', label: 'Months' },
  { value: 'year', label: 'Years' },
];

const sayNext = ({ from, next, last }: SeriesView): string =>
  `${[...from, ...next].join(' · ')}${last === null ? '' : ` … ${last}`}`;

const Preview = ({ views }: { readonly views: readonly SeriesView[] }): ReactElement => (
  <table className="mini" aria-label="What is filled in">
    <tbody>
      {views.map((view) => (
        <tr key={view.label}>
          <th scope="row">{view.label}</th>
          <td className="tnum">{view.from.length === 0 ? 'Empty: there is nothing to count on from' : sayNext(view)}</td>
          <td className="muted">{view.from.length > 0 && view.isCopied ? 'copied' : ''}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** Null: as it stands, which is what blank text asks for. */
const readStep = (text: string, locale: string): number | null | undefined => {
  if (text.trim() === '') return null;
  const read = readNumber(text, styleOf(locale), true);
  return read && !read.isPercent && read.currencies.length === 0 ? Number(read.value.top) / Number(read.value.bottom) : undefined;
};

export const FillSeries = ({ ground, rules, onFill, onClose }: Props): ReactElement => {
  const [text, setText] = useState('');
  const [unit, setUnit] = useState<SeriesUnit | null>(null);
  const by = readStep(text, rules.display.setting.locale);
  const { plan, views } = useMemo(() => planSeries(ground, rules, { by: by ?? null, unit }), [ground, rules, by, unit]);
  const hasDays = ground.columns.some(({ kind }) => kind === 'date');
  const error = by === undefined ? 'Type a number, or nothing to go on as the cells do.' : undefined;
  const blocked = error ?? (plan.cells.length === 0 ? 'No cell of the selection would change.' : undefined);
  const fill = (): void => {
    if (blocked === undefined) onFill(plan);
  };
  return (
    <Dialog
      title="Fill series"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" blocked={blocked} onClick={fill}>
            Fill {countCells(plan.cells.length)}
          </Button>
        </>
      }
    >
      <Field label="Count on by" help="Blank: as the first cells do." error={error}>
        {(control) => (
          <input
            {...control}
            className="input"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              fill();
            }}
          />
        )}
      </Field>
      {hasDays && (
        <Field label="Dates in">
          {(control) => <Select {...control} value={unit} options={units} empty="As the first cells do" onChange={setUnit} />}
        </Field>
      )}
      <Preview views={views} />
    </Dialog>
  );
};
