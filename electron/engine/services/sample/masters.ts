/** People, partners, products, accounts, sites and contacts of the sample: what orders are then made from. */
import { addDays } from '../../../../shared/domain/dates.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { StorePatch } from '../../store/api.ts';
import { atLeastOne, type Random } from './random.ts';
import * as words from './words.ts';

export type Size = {
  readonly accounts: number;
  readonly partners: number;
  readonly products: number;
  readonly contacts: number;
  readonly people: number;
  readonly orders: number;
  /** Lines of an order: from 1 to this many, so half of it and a half on average. */
  readonly mostLines: number;
  readonly activities: number;
  /** Whether arrivals are recorded beside departures. */
  readonly hasArrivals: boolean;
};

export type SampleProduct = { readonly id: string; readonly price: number; readonly lot: number };
export type SampleAccount = {
  readonly id: string;
  readonly currency: string;
  readonly tier: 'a' | 'b' | 'c';
  readonly owner: string;
  readonly site: string | null;
  /** What it orders again and again, with its usual quantity. */
  readonly basket: readonly [SampleItem, ...SampleItem[]];
};
export type SampleItem = { readonly product: SampleProduct; readonly qty: number };
export type Masters = {
  readonly people: readonly [string, ...string[]];
  readonly carriers: readonly [string, ...string[]];
  readonly products: readonly [SampleProduct, ...SampleProduct[]];
  readonly accounts: readonly [SampleAccount, ...SampleAccount[]];
};

export type Making = {
  readonly random: Random;
  readonly size: Size;
  readonly ids: () => string;
  readonly today: string;
  readonly zone: string;
  readonly currency: string;
  /** Takes a patch to be written. */
  readonly put: (patch: StorePatch) => void;
};

const MICRO = 1_000_000;
const CENT = 10_000;

const insert = ({ ids, put }: Making, table: TableName, values: Readonly<Record<string, CellInput>>): string => {
  const id = ids();
  put({ kind: 'insert', table, id, values });
  return id;
};

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^a-zA-Z]+/g, '')
    .toLowerCase();

/** Numbers that are never given to anybody (the regulator keeps them for drama). */
const phone = (random: Random): string => `01632 960${String(random.int(0, 999)).padStart(3, '0')}`;

const personName = (random: Random): { readonly first: string; readonly last: string } => ({
  first: random.pick(words.firstNames),
  last: random.pick(words.lastNames),
});

const makePeople = (making: Making): Masters['people'] => {
  const random = making.random.fork('people');
  const [firsts, lasts] = [words.firstNames, words.lastNames];
  return atLeastOne(
    Array.from({ length: making.size.people }, (_, at) => {
      const first = firsts[at % firsts.length] ?? '';
      const last = lasts[(at * 7) % lasts.length] ?? '';
      return insert(making, 'people', {
        code: `${first.slice(0, 1)}${last.slice(0, 2)}${at + 1}`.toUpperCase(),
        name: `${first} ${last}`,
        job_title: at === 0 ? 'Account manager' : random.pick(['Account manager', 'Sales support', 'Customer operations']),
        email: `${plain(first)}.${plain(last)}${at < lasts.length ? '' : at}@ourfirm.example`,
      });
    }),
  );
};

const makePartners = (making: Making): { readonly carriers: Masters['carriers']; readonly vendors: readonly string[] } => {
  const random = making.random.fork('partners');
  const made: { carriers: string[]; vendors: string[] } = { carriers: [], vendors: [] };
  for (let at = 0; at < making.size.partners; at += 1) {
    const isCarrier = at % 2 === 0;
    const names = isCarrier ? words.carriers : words.vendors;
    const round = Math.floor(at / 2 / names.length);
    const name = `${names[Math.floor(at / 2) % names.length] ?? ''}${round === 0 ? '' : ` ${random.pick(words.towns).city} ${round + 1}`}`;
    const town = random.pick(words.towns);
    const id = insert(making, 'partners', {
      code: `${isCarrier ? 'C' : 'V'}${String(Math.floor(at / 2) + 1).padStart(2, '0')}`,
      name,
      kind: isCarrier ? 'carrier' : 'vendor',
      city: town.city,
      country: town.country,
      phones: JSON.stringify([['', phone(random)]]),
      email: `desk@${plain(name)}.example`,
      insurance_to: isCarrier ? addDays(making.today, random.int(-20, 300)) : null,
      contract_to: addDays(making.today, random.int(30, 700)),
      active: 1,
    });
    (isCarrier ? made.carriers : made.vendors).push(id);
  }
  return { carriers: atLeastOne(made.carriers), vendors: made.vendors };
};

const makeProducts = (making: Making, vendors: readonly string[]): Masters['products'] => {
  const random = making.random.fork('products');
  const groupIds = words.groups.map(({ code, name }) => insert(making, 'product_groups', { code, name }));
  return atLeastOne(
    Array.from({ length: making.size.products }, (_, at): SampleProduct => {
      const group = words.groups[at % words.groups.length] ?? words.groups[0];
      const place = Math.floor(at / words.groups.length);
      const step = place % group.sizes.length;
      const kind = Math.floor(place / group.sizes.length);
      const [colour, letters] = words.colours[kind % words.colours.length] ?? words.colours[0];
      const series = Math.floor(kind / words.colours.length);
      const [low, high] = group.price;
      const pence = Math.round(low + ((high - low) * step) / Math.max(1, group.sizes.length - 1) + random.int(0, 40) * 5);
      const size = group.sizes[step] ?? '';
      const id = insert(making, 'products', {
        sku: `${group.code}-${size.replace(/[^0-9A-Z]/gi, '').toUpperCase()}-${letters}${series === 0 ? '' : series + 1}`,
        name: `${group.noun} ${size}, ${colour}${series === 0 ? '' : `, series ${series + 1}`}`,
        group_id: groupIds[at % words.groups.length] ?? null,
        uom: group.uom,
        pack: group.pack,
        list_price: pence * CENT,
        cost: Math.round(pence * (0.52 + random.next() * 0.2)) * CENT,
        currency: making.currency,
        stock: random.int(0, 400) * group.lot * MICRO,
        lead_days: random.int(2, 21),
        supplier_id: vendors[at % Math.max(1, vendors.length)] ?? null,
        status: random.chance(0.04) ? 'discontinued' : 'active',
      });
      return { id, price: pence * CENT, lot: group.lot };
    }),
  );
};

const accountName = (at: number): { readonly name: string; readonly trade: string } => {
  const [{ length: placeCount }, { length: tradeCount }] = [words.places, words.trades];
  const trade = words.trades[(at + Math.floor(at / placeCount)) % tradeCount] ?? '';
  const round = Math.floor(at / (placeCount * tradeCount));
  const suffix = round === 0 ? '' : ` ${words.suffixes[(round - 1) % words.suffixes.length] ?? ''}`;
  return { name: `${words.places[at % placeCount] ?? ''} ${trade}${suffix}`, trade };
};

const makeBasket = (random: Random, products: Masters['products']): SampleAccount['basket'] => {
  const chosen = new Set(Array.from({ length: random.int(4, 10) }, () => random.pickEarly(products)));
  return atLeastOne([...chosen].map((product) => ({ product, qty: product.lot * random.int(1, 12) })));
};

const makeSites = (making: Making, random: Random, account: string, isAbroad: boolean): string | null => {
  if (!random.chance(0.4)) return null;
  const town = isAbroad ? random.pick(words.abroad) : random.pick(words.towns);
  return insert(making, 'sites', {
    account_id: account,
    name: random.pick(['Main store', 'Cold store', 'North depot', 'Returns yard']),
    street: `${random.int(1, 190)} ${random.pick(words.streets)}`,
    city: town.city,
    country: town.country,
    instructions: random.chance(0.3) ? 'Report to goods-in. High-visibility vest.' : null,
  });
};

const makeAccounts = (making: Making, people: Masters['people'], products: Masters['products']): Masters['accounts'] => {
  const random = making.random.fork('accounts');
  const foreign = making.currency === 'EUR' ? 'USD' : 'EUR';
  return atLeastOne(
    Array.from({ length: making.size.accounts }, (_, at): SampleAccount => {
      const { name, trade } = accountName(at);
      const isAbroad = at % 13 === 7;
      const town = isAbroad ? random.pick(words.abroad) : random.pick(words.towns);
      const tier = at < making.size.accounts / 5 ? 'a' : at < making.size.accounts / 2 ? 'b' : 'c';
      const owner = at % 3 === 0 ? people[0] : random.pick(people);
      const currency = isAbroad ? foreign : making.currency;
      const id = insert(making, 'accounts', {
        code: `${plain(name).slice(0, 4).toUpperCase()}${String(at + 1).padStart(2, '0')}`,
        name,
        status: at > 4 && random.chance(0.04) ? 'on_stop' : at > 4 && random.chance(0.08) ? 'prospect' : 'active',
        tier,
        next_step: random.chance(0.35) ? random.pick(words.nextSteps) : null,
        next_step_on: random.chance(0.35) ? addDays(making.today, random.int(-6, 30)) : null,
        renewal_on: random.chance(0.5) ? addDays(making.today, random.int(5, 400)) : null,
        owner_id: owner,
        industry: words.industries[trade] ?? 'Manufacturing',
        street: `${random.int(1, 240)} ${random.pick(words.streets)}`,
        city: town.city,
        postcode: `${town.postcode}${random.int(1, 28)}${isAbroad ? '7' : ` ${random.int(1, 9)}AB`}`,
        country: town.country,
        phones: JSON.stringify([['', phone(random)]]),
        email: `office@${plain(name)}.example`,
        website: `https://www.${plain(name)}.example`,
        currency,
        terms: random.pick(['30 days', '30 days', '14 days', 'End of month']),
        credit_limit: random.int(5, 80) * 100_000,
      });
      return { id, currency, tier, owner, site: makeSites(making, random, id, isAbroad), basket: makeBasket(random, products) };
    }),
  );
};

const makeContacts = (making: Making, accounts: Masters['accounts']): void => {
  const random = making.random.fork('contacts');
  for (let at = 0; at < making.size.contacts; at += 1) {
    // Everybody has one; the large accounts have more.
    const account = accounts[at] ?? random.pickEarly(accounts);
    const { first, last } = personName(random);
    insert(making, 'contacts', {
      name: `${first} ${last}`,
      party: `accounts/${account.id}`,
      role: random.pick(words.roles),
      emails: JSON.stringify([['work', `${plain(first)}.${plain(last)}@mail.example`]]),
      phones: JSON.stringify([['mobile', `07700 900${String(random.int(0, 999)).padStart(3, '0')}`]]),
      next_due_on: random.chance(0.25) ? addDays(making.today, random.int(-5, 40)) : null,
      consent: random.pick(['yes', 'yes', 'yes', 'asked', 'no']),
      owner_id: account.owner,
    });
  }
};

/** Writes the masters through `put` and returns what orders are made from. */
export const makeMasters = (making: Making): Masters => {
  const people = makePeople(making);
  const { carriers, vendors } = makePartners(making);
  const products = makeProducts(making, vendors);
  const accounts = makeAccounts(making, people, products);
  makeContacts(making, accounts);
  return { people, carriers, products, accounts };
};
