/** The filter of an export as text, in the language of the quick filter, for those who have no screen to type it on. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { FilterContext } from '../../../../shared/domain/filter-fields.ts';
import { readFilter, type FilterQuery } from '../../../../shared/domain/filter-text.ts';
import { foldText } from '../../../../shared/domain/fold.ts';
import { styleOf } from '../../../../shared/domain/locale.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { isTableName, type TableName } from '../../../../shared/model/index.ts';
import type { ReadContext } from '../../store/grid/computed.ts';
import type { ExportReader, ExportView } from '../../store/read/export.ts';

const MOST_MEANT = 50;
const LONGEST_NAME = 200;

const tablesOf = (field: Field | undefined): readonly TableName[] =>
  (field?.kind === 'link' ? [field.to] : field?.kind === 'ref' ? field.to : []).filter(isTableName);

/** The rows a name means: those of exactly that code or name, else those that have it in them. */
const meant = (read: ExportReader, table: TableName, text: string): readonly string[] => {
  const wanted = foldText(text);
  const rows = read.lookup(table, text.slice(0, LONGEST_NAME), MOST_MEANT);
  const exact = rows.filter(({ code, title }) => foldText(code ?? '') === wanted || foldText(title) === wanted);
  const loose = rows.filter(({ code, title }) => foldText(`${code ?? ''} ${title}`).includes(wanted));
  return (exact.length > 0 ? exact : loose).map(({ id }) => id);
};

type Setting = { readonly context: ReadContext; readonly locale: string; readonly weekStart: number };

/** @throws AppError `invalid` where a part of it cannot be read */
export const readWhere = (
  text: string,
  of: ExportView,
  read: ExportReader,
  { context, locale, weekStart }: Setting,
): FilterQuery => {
  const { today, zone, currency, me } = context;
  const filterContext: FilterContext = {
    fields: [...of.fields].map(([key, field]) => ({ ...field, key })),
    parse: { style: styleOf(locale), today, zone, currency: currency || null, arithmetic: true },
    weekStart,
    resolve: (key, sought) => {
      const field = of.fields.get(key);
      const tables = tablesOf(field);
      if (sought === 'me' && me !== null && tables.includes('people')) return [field?.kind === 'ref' ? `people/${me}` : me];
      return tables.flatMap((table) => meant(read, table, sought).map((id) => (field?.kind === 'ref' ? `${table}/${id}` : id)));
    },
    label: () => null,
  };
  const { query, errors } = readFilter(text, filterContext);
  const [error] = errors;
  if (error === undefined) return query;
  throw new AppError('invalid', `The filter cannot be read at “${text.slice(error.from, error.to)}”: ${error.message}`, {
    errors,
  });
};
