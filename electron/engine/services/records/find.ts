/**
 * Finding a text in the cells of a register, in rows no window has loaded: by what the cells say or by what their
 * editors open with, as the asking window formats both. A call looks at some thousand rows and says where to go on, so
 * that the hits so far can be shown and a search nobody wants any more ends with the next row.
 */
import { AppError, type InputOf, type OutputOf } from '../../../../shared/contract/define.ts';
import type { GridRow } from '../../../../shared/contract/shapes.ts';
import type { views } from '../../../../shared/contract/views.ts';
import { createFinder } from '../../../../shared/domain/find.ts';
import type { ShownSetting } from '../../../../shared/domain/shown.ts';
import { openedText, shownText } from '../../../../shared/domain/shown.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { ReadContext } from '../../store/grid/computed.ts';
import type { ReadStore } from '../../store/read/read-store.ts';

type Contract = typeof views;
type Asked = InputOf<Contract['view.search']>;
type Found = OutputOf<Contract['view.search']>;

/** What one call does at most. */
const mostRows = 20_000;
const mostHits = 1000;
/** Characters of the texts that go along with the hits. */
const mostText = 1_000_000;
/** Rows read before others get their turn. */
const atOnce = 250;

const fieldsOf = (store: ReadStore, table: TableName, keys: readonly string[]): readonly (readonly [string, Field])[] => {
  const custom = store.customFields(table);
  return keys.map((key) => {
    const field = custom.get(key) ?? fieldOf(table, key);
    if (field === undefined) throw new AppError('invalid', `There is no field "${key}".`, { table, field: key });
    return [key, field] as const;
  });
};

/** @param pause lets other calls run; throws when the caller has gone */
export const searchView = async (
  store: ReadStore,
  connection: string,
  asked: Asked,
  context: ReadContext,
  pause: () => Promise<void>,
): Promise<Found> => {
  const { view, look, words, locale } = asked;
  const { table, count } = store.views.describe(connection, view);
  const fields = fieldsOf(store, table, asked.fields);
  const finder = createFinder(words);
  const setting: ShownSetting = { locale, zone: context.zone, today: context.today, currency: context.currency };
  const hits: Found['hits'] = [];
  let size = 0;

  const take = (row: GridRow, at: number): void => {
    for (const [key, field] of fields) {
      const text = (look === 'typed' ? openedText : shownText)(field, key, row, setting);
      if (text === '' || !finder.has(text)) continue;
      if (look === 'typed') size += text.length;
      hits.push({
        row: at,
        id: row.id,
        field: key,
        ...(look === 'typed' && { text }),
        ...(row.importing && { importing: true }),
      });
    }
  };

  const end = Math.min(count, asked.to, asked.from + mostRows);
  let at = asked.from;
  while (at < end && hits.length < mostHits && size < mostText) {
    for (const row of store.views.rows(connection, view, at, Math.min(at + atOnce, end), context)) {
      if (hits.length >= mostHits || size >= mostText) break;
      if (row.gone === undefined) take(row, at);
      at += 1;
    }
    await pause();
  }
  return { hits, next: at < Math.min(count, asked.to) ? at : null };
};
