/** Everything that can be asked of the engine. A method is looked up here by own property, nowhere else. */
import { app } from './app.ts';
import { attachments } from './attachments.ts';
import { billing } from './billing.ts';
import { bookings } from './bookings.ts';
import { briefs } from './briefs.ts';
import { approvals } from './approvals.ts';
import { cases } from './cases.ts';
import { claims } from './claims.ts';
import { returns } from './returns.ts';
import type { ClientOf, ServiceOf } from './define.ts';
import { documents } from './documents.ts';
import { exports } from './exports.ts';
import { files } from './files.ts';
import { hub } from './hub.ts';
import { imports } from './imports.ts';
import { numbers } from './numbers.ts';
import { orders } from './orders.ts';
import { prices } from './prices.ts';
import { quotes } from './quotes.ts';
import { records } from './records.ts';
import { tasks } from './tasks.ts';
import { today } from './today.ts';
import { sync } from './sync.ts';
import { views } from './views.ts';

export const contract = {
  ...app,
  ...numbers,
  ...records,
  ...views,
  ...orders,
  ...prices,
  ...quotes,
  ...billing,
  ...approvals,
  ...cases,
  ...tasks,
  ...today,
  ...bookings,
  ...claims,
  ...returns,
  ...imports,
  ...exports,
  ...documents,
  ...attachments,
  ...briefs,
  ...files,
  ...sync,
  ...hub,
} as const;
export type WorkbenchContract = typeof contract;
export type MethodName = keyof WorkbenchContract;
export type Client = ClientOf<WorkbenchContract>;
export type Commands = ServiceOf<WorkbenchContract, 'command'>;
export type Queries = ServiceOf<WorkbenchContract, 'query'>;
export type Aparts = ServiceOf<WorkbenchContract, 'apart'>;
