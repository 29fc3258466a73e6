/** Which level a rule stands on for a customer (P2): one, or none. */
import type { Level } from './levels.ts';
import type { PriceAsk, PriceRule } from './types.ts';

/** The list that a product's own price counts as: behind all others. */
export const PRODUCT_LIST = 'products';

/** A level, and how far away its customer is: 0 = the account itself, 1 = its parent, and so on. */
export type Standing = { readonly level: Level; readonly distance: number };

const at = (level: Level, distance = 0): Standing => ({ level, distance });

const isFor = (wanted: string | null, given: string | null): boolean => wanted === null || wanted === given;

const ofContract = (rule: PriceRule, { account, site, parents }: PriceAsk): Standing | null => {
  if (rule.site !== null) return rule.site === site ? at('contract_site') : null;
  if (rule.account === null) return null;
  if (rule.account === account) return at('contract_account');
  const distance = parents.indexOf(rule.account);
  return distance < 0 ? null : at('contract_group', distance + 1);
};

/** Where a rule stands for a customer; null = not for this one. */
export const standingOf = (rule: PriceRule, ask: PriceAsk): Standing | null => {
  if (!isFor(rule.channel, ask.channel)) return null;
  switch (rule.kind) {
    case 'contract':
      return ofContract(rule, ask);
    case 'account':
      return rule.account !== null && rule.account === ask.account ? at('account_list') : null;
    case 'tier':
      return rule.tier !== null && rule.tier === ask.tier ? at('tier_list') : null;
    case 'campaign':
      return rule.isReplacing && isFor(rule.account, ask.account) && isFor(rule.tier, ask.tier) ? at('campaign_list') : null;
    case 'general':
      return at(rule.list === PRODUCT_LIST ? 'product' : 'general_list');
  }
};
