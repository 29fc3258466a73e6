/**
 * Documents that count and waited for a legal number (N1), once no device is named any more that would give them one: they go out
 * under their own. Drafts are issued by a person.
 */
import { tableNames, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader, StorePatch, WriteStore } from '../../store/api.ts';
import { numberingOf } from '../company/issuing.ts';
import { applySettled } from './settling.ts';

/** What waits of a table, issued under its own number. @param isAsked whether one is for this device to issue: of two there would be two papers */
export const issueUnderOwn = (table: TableName, read: Reader, isAsked: (id: string) => boolean = () => true) =>
  table === 'invoices' || tableOf(table).legal === undefined
    ? []
    : read
        .toPost(table)
        .filter(isAsked)
        .flatMap((id): readonly StorePatch[] => [
          { kind: 'update', table, id, values: { ready_on: null } },
          { kind: 'issue', table, id },
        ]);

/** What was made here and is not known yet to who named none. Call after every round with the others. */
export const settleWithoutIssuer = (store: WriteStore): void => {
  const patches = tableNames
    .filter((table) => numberingOf(table, store).issuer === null)
    .flatMap((table) => issueUnderOwn(table, store, (id) => store.stampOf(table, id, 'ready_on')?.device === store.device.id));
  applySettled(store, 'Issued under its own number', patches);
};
