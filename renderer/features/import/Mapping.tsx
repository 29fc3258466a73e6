/** The columns of the file: what they hold, where they go, how they are read, which of them name a row, and why. */
import type { ReactElement } from 'react';
import { useMemo } from 'react';
import type { TableName } from '../../../shared/model/index.ts';
import { isTableName } from '../../../shared/model/index.ts';
import { Combobox } from '../../ui/Combobox.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';
import { useDesk } from './desk.ts';
import type { MappedColumn, Question } from './mapping.ts';
import { columnsOf, isDateKind, isKey, isNumberKind, readKind, withColumn, withKey, without } from './mapping.ts';
import { setMapping, takenFields } from './open.ts';
import { columnFor, fieldIn, lookupWays, sayTarget, targetsFor } from './targets.ts';
import { QuestionBox, orderOptions, markOptions } from './Question.tsx';
import type { Column, Proposal, Recipe } from './types.ts';

type RowProps = {
  readonly recipe: Recipe;
  readonly index: number;
  readonly table: TableName;
  readonly mapped: MappedColumn;
  readonly question: Question | undefined;
  readonly sample: readonly string[];
  readonly filled: number | null;
  readonly why: Proposal['columns'][number] | undefined;
  readonly isTouched: boolean;
  readonly taken: ReadonlyMap<string, string>;
  /** What it looks like it holds, as found. */
  readonly found: { readonly type: string | null; readonly order: string | null };
};

const types = [
  { value: 'text', label: 'Text' },
  { value: 'integer', label: 'Whole number' },
  { value: 'decimal', label: 'Number' },
  { value: 'money', label: 'Amount' },
  { value: 'percent', label: 'Percent' },
  { value: 'date', label: 'Date' },
  { value: 'instant', label: 'Date and time' },
  { value: 'flag', label: 'Yes or no' },
] as const;

const typeLabel = (type: string | null): string => types.find(({ value }) => value === type)?.label ?? type ?? '';

const kindWords: Readonly<Record<string, string>> = {
  note: 'Text',
  list: 'Text',
  choice: 'One of a list',
  state: 'Status',
  duration: 'Length of time',
};

/** How the column's text is read: what is left open is as found, and what cannot be found is asked. */
const ReadAs = ({ recipe, index, table, mapped, question, found }: RowProps): ReactElement | null => {
  const { name, header, column } = mapped;
  if (column === undefined || column.ignore === true) return null;
  const set = (next: Column): void => setMapping(withColumn(recipe, index, name, next), name);
  if (question !== undefined && question.asks !== 'type')
    return <QuestionBox question={question} column={column} onAnswer={set} />;
  const kind = readKind(table, column);
  const ways = lookupWays(column);
  const { lookup } = column;
  return (
    <span className="row read-as">
      {column.custom !== undefined && (
        <Select
          label={`${header}: kind`}
          value={column.type ?? null}
          options={types}
          empty={`${typeLabel(found.type) || 'Text'}, as found`}
          onChange={(type) => set(type === null ? without(column, 'type') : { ...column, type })}
        />
      )}
      {lookup !== undefined && ways.length > 1 && (
        <Select
          label={`${header}: found by`}
          value={lookup.by}
          options={ways}
          onChange={(by) => by !== null && set({ ...column, lookup: { ...lookup, by } })}
        />
      )}
      {lookup !== undefined && ways.length === 1 && <span className="t2">{ways[0]?.label}</span>}
      {isDateKind(kind) && (
        <Select
          label={`${header}: order of day and month`}
          value={column.dateOrder ?? null}
          options={orderOptions}
          empty={found.order === null ? 'Date, as found' : `As found: ${found.order}`}
          onChange={(order) => set(order === null ? without(column, 'dateOrder') : { ...column, dateOrder: order })}
        />
      )}
      {isNumberKind(kind) && (
        <Select
          label={`${header}: decimals`}
          value={column.decimal ?? null}
          options={markOptions}
          empty="Number, as found"
          onChange={(mark) => set(mark === null ? without(column, 'decimal') : { ...column, decimal: mark })}
        />
      )}
      {column.custom === undefined && lookup === undefined && !isDateKind(kind) && !isNumberKind(kind) && (
        <span className="t2">{kindWords[kind ?? ''] ?? typeLabel(kind)}</span>
      )}
    </span>
  );
};

const howWords: Readonly<Record<string, string>> = {
  recipe: 'By the saved mapping',
  name: 'Same name',
  alias: 'Known by this name',
  near: 'Nearly the same name',
  none: 'No field of this name',
};

const Why = ({ why, isTouched, mapped, table }: RowProps): ReactElement => {
  if (isTouched) return <span className="t2">You chose it</span>;
  if (why === undefined)
    return <span className="muted">{mapped.column === undefined ? 'Not in the recipe' : 'As the recipe says'}</span>;
  const field = fieldIn(table, mapped.column);
  return (
    <span className={why.how === 'near' ? 'warning-t' : 'muted'} title={why.because}>
      {why.because === '' ? howWords[why.how] : why.because}
      {why.how === 'near' && field !== undefined && ' (check it)'}
    </span>
  );
};

const Row = (props: RowProps): ReactElement => {
  const { recipe, index, table, mapped, sample, filled, taken, question } = props;
  const { name, header, column, at } = mapped;
  const entry = recipe.files[index];
  const isIgnored = column === undefined || column.ignore === true;
  const set = (choice: string): void => setMapping(withColumn(recipe, index, name, columnFor(table, header, choice)), name);
  const others = useMemo(() => new Map([...taken].filter(([, by]) => by !== header)), [taken, header]);
  return (
    <tr className={question === undefined ? (isIgnored ? 'is-ignored' : '') : 'is-asked'}>
      <th scope="row">
        {header}
        {at === null && <span className="muted small"> not in this file</span>}
      </th>
      <td className="sample" title={sample.join('\n')}>
        {sample.slice(0, 3).join('  ·  ')}
        {filled === 0 && <span className="muted">every cell is blank</span>}
      </td>
      <td>
        <Combobox
          label={`${header} goes to`}
          text={sayTarget(table, header, column)}
          lookup={(text) => Promise.resolve(targetsFor(table, text, others))}
          onChoose={(choice) => set(choice?.id ?? '+ignore')}
          onText={(text) => setMapping(withColumn(recipe, index, name, { custom: text.slice(0, 100) }), name)}
        />
      </td>
      <td>
        <ReadAs {...props} />
      </td>
      <td className="key">
        {entry !== undefined && !isIgnored && (
          <input
            type="checkbox"
            aria-label={`${header} names a row`}
            checked={isKey(entry, mapped)}
            onChange={({ target }) => setMapping(withKey(recipe, index, mapped, target.checked))}
          />
        )}
      </td>
      <td className="why">
        <Why {...props} />
      </td>
    </tr>
  );
};

export const Mapping = ({ questions }: { readonly questions: readonly Question[] }): ReactElement | null => {
  const { recipe, entry: index, inspected, proposal, touched } = useDesk();
  const entry = recipe?.files[index];
  const own = recipe?.files.length === 1 ? inspected : null;
  const taken = useMemo(
    () => (recipe === null ? new Map<string, string>() : takenFields(recipe, index, own)),
    [recipe, index, own],
  );
  if (recipe === null || entry === undefined || !isTableName(entry.table)) return null;
  const { table } = entry;
  return (
    <table className="map">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">In the file</th>
          <th scope="col">Goes to</th>
          <th scope="col">Read as</th>
          <th scope="col" className="key">
            Key
          </th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {columnsOf(entry, own).map((mapped) => {
          const seen = mapped.at === null ? undefined : own?.columns[mapped.at];
          return (
            <Row
              key={mapped.name}
              recipe={recipe}
              index={index}
              table={table}
              mapped={mapped}
              question={questions.find((one) => one.entry === index && one.name === mapped.name)}
              sample={seen?.sample ?? []}
              filled={seen?.filled ?? null}
              why={mapped.at === null ? undefined : proposal?.columns[mapped.at]}
              isTouched={touched.includes(mapped.name)}
              taken={taken}
              found={{ type: seen?.type.answer ?? null, order: seen?.dateOrder?.answer ?? null }}
            />
          );
        })}
      </tbody>
      {own === null && (
        <caption>
          <Icon name="file" size={14} /> As the recipe has them: {entry.pattern}
        </caption>
      )}
    </table>
  );
};
