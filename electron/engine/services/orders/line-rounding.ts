/** Whose order of work a new document has (M2): the account's, else that of the list it buys by; and keeps. */
import { defaultLevels, type Level } from '../../../../shared/domain/pricing/levels.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { levelsOf, parentsOf } from '../pricing/price-book.ts';
import { textOf } from '../billing/receivables.ts';

type Buyer = { readonly account: StoredRow; readonly site: unknown; readonly currency: string | null; readonly day: string };

const holdsOn = ({ valid_from: from, valid_to: to }: StoredRow, day: string): boolean =>
  (textOf(from) ?? day) <= day && (textOf(to) ?? day) >= day;

/** The level a list answers an account at; null where it is not for it. */
const levelOf = (list: StoredRow, { account, site }: Buyer, parents: readonly string[]): Level | null => {
  const [owner, place] = [textOf(list['account_id']), textOf(list['site_id'])];
  if (place !== null && place !== site) return null;
  const isOwn = owner === account.id;
  switch (list['kind']) {
    case 'contract':
      if (isOwn) return place === null ? 'contract_account' : 'contract_site';
      return owner !== null && parents.includes(owner) ? 'contract_group' : null;
    case 'account':
      return isOwn ? 'account_list' : null;
    case 'tier':
      return list['tier'] !== null && list['tier'] === account['tier'] ? 'tier_list' : null;
    case 'campaign':
      return list['replaces'] === 1 ? 'campaign_list' : null;
    default:
      return 'general_list';
  }
};

/** The setting of the first level that has one; of two lists there the one that came into force last. */
const ofLists = (buyer: Buyer, read: Reader): string | null => {
  const order = levelsOf(read);
  const parents = parentsOf(buyer.account.id, read);
  const found = ['line', 'unit']
    .flatMap((work) => read.match('price_lists', 'line_rounding', work))
    .flatMap((id) => read.get('price_lists', id) ?? [])
    .filter((list) => holdsOn(list, buyer.day) && (textOf(list['currency']) ?? buyer.currency) === buyer.currency)
    .flatMap((list) => {
      const level = levelOf(list, buyer, parents);
      const rank = level === null ? -1 : (order.length === 0 ? defaultLevels : order).indexOf(level);
      return rank < 0 ? [] : [{ list, rank, from: textOf(list['valid_from']) ?? '' }];
    })
    .toSorted((a, b) => a.rank - b.rank || (a.from === b.from ? (a.list.id < b.list.id ? 1 : -1) : a.from < b.from ? 1 : -1));
  return textOf(found[0]?.list['line_rounding']);
};

/** Null where nobody says anything: then a line is rounded as a whole. */
export const lineRoundingFor = (buyer: Buyer, read: Reader): string | null =>
  textOf(buyer.account['line_rounding']) ?? ofLists(buyer, read);
