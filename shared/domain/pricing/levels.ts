/**
 * Where a base price is looked for, and in which order (P2). The order is the company's data: a list of these words.
 */
/** In the order the workbench ships with. */
export const defaultLevels = [
  'quote',
  'contract_site',
  'contract_account',
  'contract_group',
  'account_list',
  'tier_list',
  'campaign_list',
  'general_list',
  'product',
] as const;

/** `product`: the price on the product itself, where no list has one. */
export type Level = (typeof defaultLevels)[number];

const labels: Readonly<Record<Level, string>> = {
  quote: 'Price from a quote',
  contract_site: 'Contract, ship-to',
  contract_account: 'Contract, account',
  contract_group: 'Contract, group',
  account_list: 'Account list',
  tier_list: 'Tier list',
  campaign_list: 'Campaign list',
  general_list: 'General list',
  product: 'Product’s own price',
};

export const levelLabel = (level: Level): string => labels[level];

export const isLevel = (text: string): text is Level => Object.hasOwn(labels, text);

/** Contract prices are what was agreed: promotions leave them alone unless they say otherwise (P7). */
export const isContract = (level: Level): boolean =>
  level === 'contract_site' || level === 'contract_account' || level === 'contract_group';
