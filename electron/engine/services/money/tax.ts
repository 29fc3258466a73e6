/**
 * Tax as the company has set it up, and as it stands on a document (M3 to M6). A draft follows the company; what was
 * agreed on follows itself.
 */
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/contract/define.ts';
import { isFrozen } from '../../../../shared/domain/lifecycle.ts';
import {
  exemptOn,
  noTax,
  readTaxPolicy,
  readTaxTable,
  writeTaxPolicy,
  type TaxPolicy,
} from '../../../../shared/domain/tax-policy.ts';
import { papers, type DocumentTable, type PaperTable } from '../../../../shared/model/documents.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { companyToday, settingPatches } from '../company/company.ts';
import { changeBy } from '../access/identity.ts';
import { textOf } from '../billing/receivables.ts';

const KEY = 'tax';

const accountOf = (document: StoredRow, read: Reader): StoredRow | undefined =>
  typeof document['account_id'] === 'string' ? read.get('accounts', document['account_id']) : undefined;

const DAYS = { orders: 'ordered_on', quotes: 'quoted_on', invoices: 'issued_on' } as const;

/** How the certificate of a document's customer stands on the document's day; without a day it is not asked. */
const exemptionOf = (table: PaperTable, document: StoredRow, read: Reader) => {
  const account = accountOf(document, read);
  const [certificate, expiresOn] = [textOf(account?.['tax_exempt_no']), textOf(account?.['tax_exempt_to'])];
  const day = textOf(document[DAYS[table]]);
  return { certificate, expiresOn, is: day === null ? ('none' as const) : exemptOn(certificate, expiresOn, day) };
};

/** What the company says of a document today. */
const policyNow = (table: PaperTable, document: StoredRow, read: Reader): TaxPolicy => {
  const worked = readTaxTable(read.setting(KEY));
  if (worked === null) return noTax;
  const { certificate, is } = exemptionOf(table, document, read);
  return { ...worked, exempt: is === 'exempt' ? certificate : null };
};

/**
 * What a document is taxed by: what stands on it, else the company's while it may still change, else nothing. An invoice
 * has it from its order when it is made.
 */
export const taxPolicyOf = (table: PaperTable, document: StoredRow, read: Reader): TaxPolicy =>
  readTaxPolicy(document['tax_policy']) ??
  (table === 'invoices' || isFrozen(papers[table].lifecycle, String(document['status']))
    ? noTax
    : policyNow(table, document, read));

/** What is written on a document when it is agreed on; nothing where it stands there already (M6). */
export const agreedTax = (table: DocumentTable, id: string, read: Reader): readonly StorePatch[] => {
  const document = read.get(table, id);
  const isTold = readTaxTable(read.setting(KEY)) !== null;
  if (document === undefined || !isTold || readTaxPolicy(document['tax_policy']) !== null) return [];
  return [{ kind: 'update', table, id, values: { tax_policy: writeTaxPolicy(policyNow(table, document, read)) } }];
};

/** That tax is charged though there is a certificate, and why (M5); null where nothing is to be said. */
export const taxWarning = (table: PaperTable, document: StoredRow, read: Reader): string | null => {
  if (readTaxTable(read.setting(KEY)) === null) return null;
  const { expiresOn, is } = exemptionOf(table, document, read);
  if (is === 'expired') return `Tax is charged: the exemption of the account ended on ${expiresOn}`;
  return is === 'incomplete' ? 'Tax is charged: an exemption needs the number of its certificate and its last day' : null;
};

const names = ['version', 'scope', 'isIncluded', 'mode', 'freight', 'rates'] as const;

export const taxQueries = ({ read }: { readonly read: Reader }): Pick<Queries, 'app.tax'> => ({
  'app.tax': () => ({ tax: readTaxTable(read.setting(KEY)) }),
});

export const taxCommands = ({
  store,
  env,
}: {
  readonly store: WriteStore;
  readonly env: Pick<EngineEnv, 'ids' | 'clock' | 'zone'>;
}): Pick<Commands, 'app.setTax'> => ({
  'app.setTax': ({ tax }, context) => {
    if (tax.freight !== null && !Object.hasOwn(tax.rates, tax.freight))
      throw new AppError('invalid', `No rate is given for “${tax.freight}”, the code of freight.`, { field: 'freight' });
    const before = readTaxTable(store.setting(KEY));
    const day = companyToday(store, env);
    const again = before?.version.startsWith(`${day}/`) === true ? Number(before.version.slice(day.length + 1)) : 0;
    const worked = { ...tax, version: `${day}/${again + 1}` };
    const isSame =
      before !== null &&
      names.every((name) => name === 'version' || JSON.stringify(before[name]) === JSON.stringify(worked[name]));
    if (isSame) return { version: before.version };
    store.apply(
      settingPatches(store, env.ids, { [KEY]: worked }),
      changeBy(store, context, { label: 'Tax settings', silent: true }),
    );
    return { version: worked.version };
  },
});
