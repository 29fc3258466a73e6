/**
 * Who is trusted with how much (K1): the limit of an account, else of the nearest above it, else the company's; and from
 * when on the workbench warns and holds. The company's part is settings of its own, which only an owner changes.
 */
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { defaultCreditPolicy, type CreditLimits, type CreditPolicy } from '../../../../shared/domain/credit/exposure.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StoredRow, WriteStore } from '../../store/api.ts';
import { baseCurrency, settingPatches } from '../company/company.ts';
import { currencyOf } from '../records/fields.ts';
import { changeBy } from '../access/identity.ts';
import { textOf } from '../billing/receivables.ts';

/** A chain of accounts is followed no further: nobody has so many above them. */
const LONGEST_CHAIN = 100;

const numberAt = (read: Reader, key: string): number | null => {
  const value = read.setting(key);
  return typeof value === 'number' ? value : null;
};

export const creditPolicyOf = (read: Reader): CreditPolicy => ({
  warnAt: numberAt(read, 'creditWarnAt') ?? defaultCreditPolicy.warnAt,
  graceDays: numberAt(read, 'creditGraceDays') ?? defaultCreditPolicy.graceDays,
});

/** An account and those above it, from itself up. */
const chainOf = (account: StoredRow, read: Reader): readonly StoredRow[] => {
  const chain = [account];
  for (let above = textOf(account['parent_id']); above !== null && chain.length < LONGEST_CHAIN;) {
    const parent = read.get('accounts', above);
    if (parent === undefined || chain.some(({ id }) => id === parent.id)) break;
    chain.push(parent);
    above = textOf(parent['parent_id']);
  }
  return chain;
};

/** A limit in other money says nothing here: it is passed over. Minor units of the account's currency. */
export const creditLimitsOf = (account: StoredRow, read: Reader): CreditLimits => {
  const [own, ...above] = chainOf(account, read);
  const currency = currencyOf('accounts', account, read);
  const limitOf = (row: StoredRow | undefined): bigint | null => {
    const limit = row?.['credit_limit'];
    return row !== undefined && typeof limit === 'number' && currencyOf('accounts', row, read) === currency
      ? BigInt(limit)
      : null;
  };
  const company = baseCurrency(read) === currency ? numberAt(read, 'creditLimit') : null;
  return {
    account: limitOf(own),
    group: above.map(limitOf).find((limit) => limit !== null) ?? null,
    company: company === null ? null : BigInt(company),
    isBypassed: [account, ...above].some((row) => row['no_credit_check'] === 1),
  };
};

export const creditQueries = ({ read }: { readonly read: Reader }): Pick<Queries, 'app.credit'> => ({
  'app.credit': () => {
    const { warnAt, graceDays } = creditPolicyOf(read);
    return { limit: numberAt(read, 'creditLimit'), warnAt, graceDays };
  },
});

export const creditCommands = ({
  store,
  env,
}: {
  readonly store: WriteStore;
  readonly env: Pick<EngineEnv, 'ids'>;
}): Pick<Commands, 'app.setCredit'> => ({
  'app.setCredit': ({ limit, warnAt, graceDays }, context) => {
    const wanted = { creditLimit: limit, creditWarnAt: warnAt, creditGraceDays: graceDays };
    const patches = settingPatches(store, env.ids, wanted);
    if (patches.length > 0) store.apply(patches, changeBy(store, context, { label: 'Credit settings', silent: true }));
    return {};
  },
});
