import { tableOf } from './index.ts';
import type { TableName } from './index.ts';

/** A record by its kind and its title: `Account Harbour Parts`. What has neither number nor name yet is `Order`. */
export const recordName = (table: TableName, title: string): string =>
  title === '' ? tableOf(table).one : `${tableOf(table).one} ${title}`;
