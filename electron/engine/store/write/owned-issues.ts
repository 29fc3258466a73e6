/**
 * A record is as good as the rows it owns: an order with a line that cannot be used needs attention, though no cell of
 * its own is wrong. The errors below a row, to any depth of ownership, as SQL; found from the errors, which are few,
 * or from the rows of a page, which are few too.
 */
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import { childrenOf, quote } from '../file/layout.ts';

/** One way down from a table to rows it owns: the tables in between, and the link by which each knows its owner. */
type Path = readonly { readonly table: TableName; readonly link: string }[];

const pathsFrom = (table: TableName): readonly Path[] =>
  childrenOf(table).flatMap(({ child, field }): readonly Path[] => {
    const step = { table: child, link: field };
    return [[step], ...pathsFrom(child).map((rest) => [step, ...rest])];
  });

const alive = (alias: string): string => `${alias}._alive = 1`;

/** The table at the end of a path, and the errors that are not already shown in a field of the topmost row. */
const errorsAt = (top: TableName, path: Path): { readonly table: TableName; readonly errors: string } => {
  const { table } = path.at(-1) ?? { table: top };
  const shown = Object.values(tableOf(top).fields).flatMap(({ lives }) => {
    const [child, field] = lives?.split('.') ?? [];
    return child === table && field !== undefined ? [`'${field}'`] : [];
  });
  const isBelow = shown.length === 0 ? '' : ` AND i.field NOT IN (${shown.join(', ')})`;
  return { table, errors: `i.tbl = '${table}' AND i.level = 'error'${isBelow}` };
};

/** Ids of the rows of a table with an error in a row they own, one SELECT for each way down. */
export const ownersOfErrors = (table: TableName): readonly string[] =>
  pathsFrom(table).map((path) => {
    const up = path.toReversed();
    const joins = up.map(({ table: name }, at) => {
      const below = up[at - 1];
      const on = below === undefined ? 'i."row"' : `c${at - 1}.${quote(below.link)}`;
      return `CROSS JOIN ${quote(name)} c${at} ON c${at}.id = ${on} AND ${alive(`c${at}`)}`;
    });
    const last = up.length - 1;
    return `SELECT c${last}.${quote(up[last]?.link ?? '')} FROM cell_issues i ${joins.join(' ')}
      WHERE i.tbl = '${up[0]?.table ?? table}' AND i.level = 'error'`;
  });

type Below = {
  /** Whether there is anything to count at all. */
  readonly any: string;
  /** For each error below a row of the JSON list :ids, the id of that row. */
  readonly each: string;
};

/** The errors below the rows of a page, one pair of statements for each way down. */
export const errorsBelow = (table: TableName): readonly Below[] =>
  pathsFrom(table).map((path) => {
    const { table: end, errors } = errorsAt(table, path);
    const joins = path.map(({ table: name, link }, at) => {
      const owner = at === 0 ? 'ids.value' : `c${at - 1}.id`;
      return `CROSS JOIN ${quote(name)} c${at} ON c${at}.${quote(link)} = ${owner} AND ${alive(`c${at}`)}`;
    });
    return {
      any: `SELECT 1 FROM cell_issues WHERE tbl = '${end}' LIMIT 1`,
      each: `SELECT ids.value AS "row" FROM json_each(:ids) ids ${joins.join(' ')}
        CROSS JOIN cell_issues i ON i."row" = c${path.length - 1}.id AND ${errors}`,
    };
  });
