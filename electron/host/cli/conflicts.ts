/** What met badly, as a person reads it, and deciding it: the command line's Review conflicts. */
import { AppError } from '../../../shared/contract/define.ts';
import type { ArgsOf } from '../../../shared/contract/define.ts';
import type { Client, WorkbenchContract } from '../../../shared/contract/index.ts';
import { countOf } from '../../../shared/domain/import/evidence.ts';
import { writtenOut } from '../../../shared/domain/written-out.ts';
import type { FormatContext } from '../../../shared/domain/format.ts';
import { recordName } from '../../../shared/model/record-name.ts';
import { fieldOf, isTableName } from '../../../shared/model/index.ts';
import { fieldOfRegister } from '../../../shared/model/registers.ts';
import { usage, type Work } from './work.ts';

const MOST_CONFLICTS = 1000;

type Conflict = Awaited<ReturnType<Client['sync.review']>>['fields'][number];
type Head = Conflict['heads'][number];
type Choice = ArgsOf<WorkbenchContract['sync.resolve']>['items'][number]['choice'];

/** What a conflict is named by: `accounts/0190…/name`. */
const placeOf = ({ table, row, field }: Pick<Conflict, 'table' | 'row' | 'field'>): string => `${table}/${row}/${field}`;

const labelOf = (table: string, field: string): string => {
  if (field === '_st') return 'deleted or not';
  return (isTableName(table) ? fieldOf(table, fieldOfRegister(field))?.label : undefined) ?? field;
};

const createWords = async ({ client, options }: Pick<Work, 'client' | 'options'>) => {
  const { company } = await client['app.info']({}, options);
  const locale = Intl.NumberFormat().resolvedOptions().locale;
  const format: FormatContext = { locale, zone: company?.zone ?? 'UTC', today: '', currency: null };
  const value = ({ table, field }: Conflict, said: Pick<Head, 'value' | 'label'>): string => {
    if (said.label !== null) return said.label;
    if (field === '_st') return said.value === 1 ? 'not deleted' : 'deleted';
    const known = isTableName(table) ? fieldOf(table, fieldOfRegister(field)) : undefined;
    if (said.value === null) return 'empty';
    return known === undefined ? String(said.value) : writtenOut(known, said.value, format);
  };
  const author = ({ who, device, at }: Pick<Head, 'who' | 'device' | 'at'>): string =>
    `${who === null || who === device ? '' : `${who}, `}device ${device}, ${new Date(at).toISOString()}`;
  /** A move that was not made: what it was wanted from, what the record was by then, and why. */
  const move = (of: Conflict, { base, move: tried }: Head): string => {
    if (tried === null) return '';
    const from = base === null ? '' : `, from ${value(of, base)}`;
    return `${from}: it was ${value(of, { value: tried.meanwhile, label: null })} by then${tried.why === null ? '' : ` (${tried.why})`}`;
  };
  return (of: Conflict): readonly string[] => [
    `${isTableName(of.table) ? recordName(of.table, of.title) : of.table}, ${labelOf(of.table, of.field)}  ${placeOf(of)}`,
    `  stands  ${value(of, of.now)}  (${author(of.now)})`,
    ...of.heads.map((head, at) => `  ${at + 1}       ${value(of, head)}${move(of, head)}  (${author(head)})`),
  ];
};

const list = async (work: Work): Promise<void> => {
  const { client, asked, output, options } = work;
  const text = asked.values.limit ?? String(MOST_CONFLICTS);
  if (!/^\d{1,5}$/.test(text)) throw usage(`--limit needs a whole number, not “${text}”.`);
  const limit = Number(text);
  if (asked.values.json) return output.json(await client['sync.conflicts']({ limit }, options));
  const { count, fields } = await client['sync.review']({ limit: Math.min(Math.max(limit, 1), MOST_CONFLICTS) }, options);
  const words = await createWords(work);
  for (const one of fields.slice(0, limit)) output.print(words(one).join('\n'));
  output.print(countOf(count, 'conflict'));
};

/** @throws AppError `usage` */
const choiceOf = (how: string, field: string, more: string | undefined): Choice => {
  if (how === 'keep' && more === undefined) return { how };
  if (how === 'take' && /^[1-9]\d?$/.test(more ?? '1')) return { how, head: Number(more ?? '1') - 1 };
  if (how === 'write' && more !== undefined) return { how: 'edit', field, text: more };
  throw usage(
    'conflicts keep PLACE, conflicts take PLACE [NUMBER] or conflicts write PLACE TEXT. Try workbench conflicts --help.',
  );
};

const decide = async ({ client, asked, output, options }: Work, how: string): Promise<void> => {
  const [, place = '', more] = asked.args;
  const choice = choiceOf(how, fieldOfRegister(place.split('/').at(-1) ?? ''), more);
  const { fields } = await client['sync.review']({ limit: MOST_CONFLICTS }, options);
  const conflict = fields.find((one) => placeOf(one) === place);
  if (conflict === undefined)
    throw new AppError('not-found', `There is no conflict ${place} to decide. workbench conflicts lists those there are.`);
  const { table, row, field } = conflict;
  const isState = isTableName(table) && fieldOf(table, field)?.kind === 'state';
  if (how === 'write' && (isState || field === '_st'))
    throw usage('A status, or whether a record is deleted, is kept or taken, not written. Try workbench conflicts --help.');
  const heads = conflict.heads.map(({ stamp, deviceId }) => ({ stamp, device: deviceId }));
  const done = await client['sync.resolve']({ items: [{ table, row, field, heads, choice }] }, options);
  if (asked.values.json) output.json(done);
  else output.print('Decided. workbench undo takes it back.');
};

/** Lists what was written without knowing of each other; or decides one of it, for everybody, as one step of undo. */
export const runConflicts = async (work: Work): Promise<void> => {
  const [how] = work.asked.args;
  return how === undefined ? list(work) : decide(work, how);
};
