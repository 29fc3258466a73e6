/**
 * The files of a made-up trading company, in the columns that the Northwind recipe of the acceptance tests names: as
 * many as a measurement or a crash test needs, the same for the same numbers.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { recipe as shape, type Recipe } from '../../shared/contract/recipe.ts';

export const northwindRecipe = (): Recipe =>
  shape.parse(JSON.parse(readFileSync(resolve(import.meta.dirname, '../acceptance/northwind.recipe.json'), 'utf8')));

type Row = readonly (string | number)[];

const cell = (value: string | number): string => {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const write = (folder: string, name: string, headers: string, rows: readonly Row[]): void => {
  mkdirSync(folder, { recursive: true });
  const lines = rows.map((row) => row.map(cell).join(','));
  writeFileSync(join(folder, name), `${[headers, ...lines].join('\n')}\n`);
};

const many = (count: number, make: (at: number) => Row): readonly Row[] => Array.from({ length: count }, (_, at) => make(at));

/** Spreads whole numbers over a range, without chance. */
const spread = (at: number, range: number): number => (at * 2_654_435_761) % range;

const day = (at: number): string => new Date(Date.UTC(2024, 0, 1) + at * 86_400_000).toISOString().slice(0, 10);
const code = (at: number): string => `C${String(at).padStart(5, '0')}`;
const TOWNS = ['Łódź', 'Genève', 'Oslo', 'São Paulo', 'Leeds', 'Zürich'] as const;

export type Masters = { readonly customers: number; readonly products: number };

export const writeMasters = (folder: string, { customers, products }: Masters): void => {
  write(folder, 'shippers.csv', 'ShipperID,CompanyName,Phone', [
    [1, 'Speedy Express', '(503) 555-9831'],
    [2, 'United Package', '(503) 555-3199'],
  ]);
  write(folder, 'categories.csv', 'CategoryID,CategoryName,Description', [
    [1, 'Beverages', 'Soft drinks, coffees, teas'],
    [2, 'Condiments', 'Sauces, relishes'],
  ]);
  write(
    folder,
    'customers.csv',
    'CustomerID,CompanyName,ContactName,ContactTitle,Address,City,Region,PostalCode,Country,Phone,Fax',
    many(customers, (at) => [
      code(at),
      `Trading house ${at}, Müller & Sons`,
      `Ana Trujillo ${at}`,
      'Owner',
      `Obere Str. ${at}`,
      TOWNS[at % TOWNS.length] ?? '',
      '',
      String(10_000 + at),
      'Germany',
      `030-${1_000_000 + at}`,
      '',
    ]),
  );
  write(
    folder,
    'products.csv',
    'ProductID,ProductName,SupplierID,CategoryID,QuantityPerUnit,UnitPrice,UnitsInStock,UnitsOnOrder,ReorderLevel,Discontinued',
    many(products, (at) => [at + 1, `Chai ${at}`, '', 1 + (at % 2), '10 boxes', `${5 + (at % 90)}.25`, at % 50, 0, 10, 0]),
  );
};

export type Orders = Masters & {
  readonly orders: number;
  readonly linesEach: number;
  /** The number of the first order. */
  readonly first: number;
  /** Stands in every order as the name it is shipped to. */
  readonly mark: string;
};

export const writeOrders = (folder: string, { customers, products, orders, linesEach, first, mark }: Orders): void => {
  write(
    folder,
    'orders.csv',
    [
      'OrderID,CustomerID,EmployeeID,OrderDate,RequiredDate,ShippedDate,ShipVia,Freight',
      'ShipName,ShipAddress,ShipCity,ShipRegion,ShipPostalCode,ShipCountry',
    ].join(),
    many(orders, (at) => {
      const on = spread(at, 700);
      const shipped = at % 5 === 0 ? '' : day(on + 9);
      const customer = spread(at, customers);
      const address: Row = [mark, `Obere Str. ${customer}`, TOWNS[customer % TOWNS.length] ?? '', '', '10115', 'Germany'];
      return [first + at, code(customer), '', day(on), day(on + 28), shipped, 1 + (at % 2), `${at % 80}.5`, ...address];
    }),
  );
  write(
    folder,
    'order_details.csv',
    'OrderID,ProductID,UnitPrice,Quantity,Discount',
    many(orders * linesEach, (at) => {
      const order = Math.floor(at / linesEach);
      const product = (spread(order, products) + (at % linesEach)) % products;
      return [first + order, product + 1, `${5 + (product % 90)}.25`, 1 + spread(at, 60), at % 4 === 0 ? '0.05' : '0'];
    }),
  );
};
