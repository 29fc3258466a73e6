/** The status sheet of an account: its open shipments as a file for its customer, who reads nothing of our own doing (C10). */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { customerStatus, expectedAt } from '../../../../shared/domain/tracking/customer.ts';
import type { SheetColumn, SheetRow } from '../../files/sheet.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { openReader } from '../../store/file/db.ts';
import { createReader } from '../../store/read/reader.ts';
import { numberOf, pictureOfBooking, textOf } from '../booking/read.ts';
import { companyZone } from '../company/company.ts';
import { localeOf, openSheet, placeOf, writeAll, type ExportDeps } from '../export/exports.ts';
import type { EngineEnv } from '../../env.ts';

/** In the order work goes through them; one that is closed or ended is no news. */
const OPEN = [
  'in_progress',
  'confirmed',
  'accepted',
  'accepted_exception',
  'tendered',
  'hold',
  'need',
  'declined',
  'done',
] as const;

const column = (header: string, kind: SheetColumn['kind'], width: number): SheetColumn => ({
  header,
  kind,
  width,
  places: 0,
  sum: null,
});

const columns: readonly SheetColumn[] = [
  column('Shipment', 'text', 120),
  column('Your PO', 'text', 120),
  column('From', 'text', 180),
  column('To', 'text', 180),
  column('Status', 'text', 200),
  column('Expected', 'instant', 130),
  column('Delivered', 'instant', 130),
  column('Signed by', 'text', 140),
  column('Signed at', 'instant', 130),
  column('Tracking', 'text', 140),
];

const placeText = (booking: StoredRow, side: 'from' | 'to'): string =>
  ['name', 'city', 'country'].flatMap((part) => textOf(booking[`${side}_${part}`]) ?? []).join(', ');

const rowOf = (booking: StoredRow, read: Reader, now: number): SheetRow => {
  const order = textOf(booking['order_id']);
  const picture = pictureOfBooking(read, booking.id);
  const shipment = { status: String(booking['status']), picture, deliverTo: numberOf(booking['deliver_to']) };
  return {
    currency: null,
    unit: null,
    cells: [
      textOf(booking['number']),
      order === null ? null : textOf(read.get('orders', order)?.['po_ref']),
      placeText(booking, 'from'),
      placeText(booking, 'to'),
      customerStatus(shipment, now),
      expectedAt(shipment),
      picture.deliveredAt,
      textOf(booking['pod_name']),
      numberOf(booking['pod_at']),
      textOf(booking['tracking']),
    ],
  };
};

type Deps = Pick<ExportDeps, 'about'> & { readonly env: Pick<EngineEnv, 'db' | 'clock' | 'locale' | 'zone'> };

/** Looks at the file by a connection of its own, which sees one moment. */
const readSheet = (account: string, env: Deps['env']) => {
  const db = openReader(env.db);
  try {
    const read = createReader(db);
    const name = textOf(read.get('accounts', account)?.['name']);
    if (read.get('accounts', account) === undefined)
      throw new AppError('not-found', 'The account is not here or was deleted.', { table: 'accounts', id: account });
    const rows = OPEN.flatMap((status) => read.matching('bookings', { account_id: account, status }))
      .flatMap((id) => read.get('bookings', id) ?? [])
      .filter(({ kind }) => kind === 'shipment')
      .map((booking) => rowOf(booking, read, env.clock()));
    return { title: `Shipments of ${name ?? 'the account'}`, zone: companyZone(read, env), rows };
  } finally {
    db.close();
  }
};

export const createStatusSheet = ({ env, about }: Deps): Pick<Commands, 'export.status'> => ({
  'export.status': async ({ account, to, locale, whenBusy }, call) => {
    const path = placeOf(to, env.db);
    const { rows, title, zone } = readSheet(account, env);
    const { author, company } = about(call);
    const look = { title, author, company, created: env.clock(), locale: localeOf(locale, env.locale), zone, whenBusy };
    const pages = async function* () {
      yield rows;
    };
    return writeAll(await openSheet(path, columns, look), { columns, total: rows.length, pages }, call);
  },
});
