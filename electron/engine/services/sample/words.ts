/** The words that sample data is made of. Every firm, person and product put together from them is invented. */

export const places = [
  'Harbour',
  'Kestrel',
  'Brightwater',
  'Alder',
  'Fernhill',
  'Copperfield',
  'Saltmarsh',
  'Larkspur',
  'Stonebridge',
  'Willowbank',
  'Northgate',
  'Foxglove',
  'Ironbark',
  'Meadowlark',
  'Tidewater',
  'Hazelmere',
  'Quarry Lane',
  'Blackthorn',
  'Silverbirch',
  'Ravenscar',
  'Oakhollow',
  'Puffin Bay',
  'Greenwell',
  'Millrace',
  'Thistledown',
  'Sandpiper',
  'Rookwood',
  'Amberley',
  'Winterbourne',
  'Cobblestone',
  'Lanternhouse',
  'Juniper',
  'Kingfisher',
  'Otterburn',
  'Peppercorn',
  'Rosemead',
  'Skylark',
  'Tamarind',
  'Wherry',
  'Yewdale',
] as const;

export const trades = [
  'Foods',
  'Parts',
  'Dairy',
  'Bakery',
  'Logistics',
  'Growers',
  'Fisheries',
  'Pharma',
  'Catering',
  'Textiles',
  'Brewing',
  'Timber',
  'Plastics',
  'Packaging',
  'Interiors',
  'Electrical',
  'Nurseries',
  'Coffee',
  'Salads',
  'Hardware',
] as const;

export const industries: Readonly<Record<string, string>> = {
  Foods: 'Food',
  Dairy: 'Food',
  Bakery: 'Food',
  Growers: 'Agriculture',
  Fisheries: 'Food',
  Catering: 'Hospitality',
  Salads: 'Food',
  Coffee: 'Hospitality',
  Brewing: 'Beverages',
  Pharma: 'Health',
  Logistics: 'Transport',
  Nurseries: 'Agriculture',
};

/** What tells firms of one name apart. */
export const suffixes = ['Ltd', 'Group', 'Trading', 'Supplies', 'Partners', 'Holdings', '& Daughters', '& Sons'] as const;

export const towns = [
  { city: 'Leeds', country: 'United Kingdom', postcode: 'LS' },
  { city: 'Bristol', country: 'United Kingdom', postcode: 'BS' },
  { city: 'Norwich', country: 'United Kingdom', postcode: 'NR' },
  { city: 'Hull', country: 'United Kingdom', postcode: 'HU' },
  { city: 'Swansea', country: 'United Kingdom', postcode: 'SA' },
  { city: 'Carlisle', country: 'United Kingdom', postcode: 'CA' },
  { city: 'Exeter', country: 'United Kingdom', postcode: 'EX' },
  { city: 'Perth', country: 'United Kingdom', postcode: 'PH' },
  { city: 'Derby', country: 'United Kingdom', postcode: 'DE' },
  { city: 'Lincoln', country: 'United Kingdom', postcode: 'LN' },
] as const;

export const abroad = [
  { city: 'Bremen', country: 'Germany', postcode: '28' },
  { city: 'Aarhus', country: 'Denmark', postcode: '80' },
  { city: 'Nantes', country: 'France', postcode: '44' },
  { city: 'Gent', country: 'Belgium', postcode: '90' },
] as const;

export const streets = [
  'Quay Street',
  'Mill Lane',
  'Station Road',
  'Foundry Way',
  'Orchard Road',
  'Canal Walk',
  'Market Place',
] as const;

export const firstNames = [
  'Ada',
  'Ben',
  'Carys',
  'Dev',
  'Elin',
  'Femi',
  'Grace',
  'Hamid',
  'Iris',
  'Jonas',
  'Kofi',
  'Leila',
  'Mateo',
  'Nora',
  'Owen',
  'Priya',
  'Quentin',
  'Rosa',
  'Sami',
  'Tilda',
  'Uma',
  'Viktor',
  'Wren',
  'Yusuf',
  'Zofia',
  'Maëlle',
  'Jürgen',
  'Søren',
] as const;

export const lastNames = [
  'Fern',
  'Marsh',
  'Calder',
  'Osei',
  'Lindqvist',
  'Brook',
  'Haddad',
  'Pryce',
  'Novak',
  'Achebe',
  'Rowan',
  'Sato',
  'Varga',
  'Whitlock',
  'Iyer',
  'Kessler',
  'Dunmore',
  'Ashby',
  'Lefèvre',
  'Tran',
  'Okafor',
  'Holloway',
  'Petersen',
  'Quill',
] as const;

export const roles = [
  'Buyer',
  'Warehouse manager',
  'Accounts payable',
  'Operations director',
  'Site manager',
  'Owner',
  'Goods-in',
] as const;

export const carriers = ['Swiftline Haulage', 'Blue Pennant Freight', 'Dales Parcel', 'Harrier Express'] as const;
export const vendors = ['Moulded Works', 'Castor & Axle', 'Papermark', 'Cleanline Chemicals'] as const;

type Group = {
  readonly code: string;
  readonly name: string;
  readonly noun: string;
  readonly uom: string;
  readonly pack: string;
  readonly sizes: readonly string[];
  /** Pence, of the smallest and of the largest. */
  readonly price: readonly [number, number];
  /** What an order of it is a multiple of, and how many of these. */
  readonly lot: number;
};

export const groups: readonly [Group, ...Group[]] = [
  {
    code: 'CRT',
    name: 'Crates',
    noun: 'Euro crate',
    uom: 'EA',
    pack: 'each',
    sizes: ['300×200', '400×300', '600×400', '800×600'],
    price: [420, 2150],
    lot: 10,
  },
  {
    code: 'LID',
    name: 'Lids',
    noun: 'Crate lid',
    uom: 'EA',
    pack: 'each',
    sizes: ['300×200', '400×300', '600×400', '800×600'],
    price: [180, 640],
    lot: 10,
  },
  {
    code: 'PLT',
    name: 'Pallets',
    noun: 'Plastic pallet',
    uom: 'EA',
    pack: 'each',
    sizes: ['800×600', '1200×800', '1200×1000'],
    price: [1980, 6240],
    lot: 4,
  },
  {
    code: 'DLY',
    name: 'Dollies',
    noun: 'Dolly',
    uom: 'EA',
    pack: 'each',
    sizes: ['400×300', '600×400', '800×600'],
    price: [2290, 5490],
    lot: 2,
  },
  {
    code: 'BIN',
    name: 'Bins',
    noun: 'Picking bin',
    uom: 'EA',
    pack: 'each',
    sizes: ['1.5 l', '4 l', '9 l', '18 l'],
    price: [95, 980],
    lot: 20,
  },
  {
    code: 'LBL',
    name: 'Labels',
    noun: 'Thermal label',
    uom: 'RL',
    pack: 'roll of 1,000',
    sizes: ['50×25', '100×50', '100×150'],
    price: [310, 1290],
    lot: 12,
  },
  {
    code: 'BAG',
    name: 'Bags and liners',
    noun: 'Liner bag',
    uom: 'PK',
    pack: 'pack of 100',
    sizes: ['S', 'M', 'L', 'XL'],
    price: [540, 1850],
    lot: 5,
  },
  {
    code: 'CLN',
    name: 'Cleaning',
    noun: 'Crate wash',
    uom: 'CAN',
    pack: 'can',
    sizes: ['1 l', '5 l', '20 l'],
    price: [690, 7850],
    lot: 1,
  },
];

export const colours = [
  ['blue', 'BL'],
  ['grey', 'GY'],
  ['red', 'RD'],
  ['green', 'GN'],
  ['black', 'BK'],
  ['white', 'WH'],
  ['yellow', 'YL'],
  ['orange', 'OR'],
] as const;

export const activityTexts = {
  call: ['Checked stock levels', 'Asked about the next delivery', 'Talked through the autumn order', 'Chased the purchase order'],
  visit: [
    'Walked the cold store with the site manager',
    'Showed the new dollies',
    'Quarterly review on site',
    'Counted crates in the yard',
  ],
  mail: ['Sent the price list', 'Confirmed delivery dates', 'Sent proof of delivery', 'Shared the updated order form'],
  note: [
    'Prefers deliveries before ten',
    'New goods-in entrance on the north side',
    'Budget is set in March',
    'Wants fewer, larger drops',
  ],
} as const;

export const nextSteps = [
  'Call about the autumn order',
  'Send samples of the new lids',
  'Agree delivery days',
  'Review prices',
  'Visit the new site',
] as const;

export const quoteTitles = [
  'Crates for the new line',
  'Pallets, autumn',
  'Dollies for goods-in',
  'Lids and liners',
  'Yearly framework',
  'Replacement bins',
  'Start-up set for the second site',
] as const;
