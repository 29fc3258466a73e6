/**
 * What stands in the way of confirming an order: cells that cannot be used, findings of O3, holds. Findings that a reason
 * overrides are told apart, so that whoever confirms can say it once.
 */
import { formatMoney } from '../../../../shared/domain/format.ts';
import {
  blockingOf,
  checkOrder,
  type CheckedLine,
  type CheckedOrder,
  type Finding,
  type OtherOrder,
} from '../../../../shared/domain/order/checks.ts';
import { calendarOf, type Calendar } from '../../../../shared/domain/order/calendar.ts';
import { sayFinding } from '../../../../shared/domain/order/finding-words.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { documentBlockers, placeOf, type Blocker } from './blockers.ts';
import { currencyOf } from '../records/fields.ts';
import { isApproved, isCreditReleased, sayHold, standingHolds } from './holds.ts';
import { orderToApprove } from './order-approval.ts';
import { documentTotals } from './orders.ts';
import { quotedFor } from '../quotes/quote-rows.ts';
import { dayOfLine } from '../rules/schedules.ts';
import { creditOf } from '../credit/standing.ts';
import { taxWarning } from '../money/tax.ts';

const ON_ORDER: readonly unknown[] = ['draft', 'cancelled'];

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const big = (value: unknown): bigint | null => (typeof value === 'number' ? BigInt(value) : null);
const dayMs = (day: unknown): number => (typeof day === 'string' ? Date.parse(day) : 0);

const goodsOf = (lines: readonly StoredRow[]): OtherOrder['lines'] =>
  lines.flatMap(({ product_id: product, uom, qty }) =>
    typeof product === 'string' ? [{ product, uom: text(uom), qty: big(qty) ?? 0n }] : [],
  );

/** Pack and least quantity are said on the cell itself (P4). */
const lineOf = (line: StoredRow, read: Reader, today: string): readonly CheckedLine[] => {
  const product = typeof line['product_id'] === 'string' ? read.get('products', line['product_id']) : undefined;
  const qty = big(line['qty']);
  if (product === undefined || qty === null) return [];
  const isOwnUnit = line['uom'] === null || line['uom'] === product['uom'];
  const stock = isOwnUnit ? big(product['stock']) : null;
  return [
    {
      id: line.id,
      product: product.id,
      uom: text(line['uom']),
      qty,
      quoted: quotedFor(line, read),
      pack: null,
      isDiscontinued: product['status'] === 'discontinued',
      successor: text(product['substitute_id']),
      stock: stock === null ? null : { qty: stock, asOf: today },
      promised: dayOfLine(line.id, 'promised', read),
      leadDays: typeof product['lead_days'] === 'number' ? product['lead_days'] : 0,
    },
  ];
};

/** Orders of the account that may be the same: of its PO number, or of the same day. */
const othersOf = (order: StoredRow, read: Reader): readonly OtherOrder[] => {
  const account = text(order['account_id']);
  const [po, day] = [text(order['po_ref']), text(order['ordered_on'])];
  if (account === null) return [];
  const ids = new Set([
    ...(po === null ? [] : read.match('orders', 'po_ref', po)),
    ...(day === null ? [] : read.matching('orders', { account_id: account, ordered_on: day })),
  ]);
  return [...ids].flatMap((id): readonly OtherOrder[] => {
    const row = read.get('orders', id);
    // A draft is not ordered yet: it is told when it is confirmed itself.
    if (row === undefined || row['account_id'] !== account || ON_ORDER.includes(row['status'])) return [];
    return [
      {
        id,
        number: text(row['number']) ?? 'another order',
        po: text(row['po_ref']),
        at: dayMs(row['ordered_on']),
        isCancelled: false,
        lines: goodsOf(read.children('order_lines', id)),
      },
    ];
  });
};

/** The days the place it goes to takes goods. */
const calendarOfShipTo = (order: StoredRow, read: Reader): Calendar => {
  const site = typeof order['site_id'] === 'string' ? read.get('sites', order['site_id']) : undefined;
  return calendarOf(text(site?.['work_days']), text(site?.['closed_on']));
};

type Found = { readonly finding: Finding; readonly blocker: Blocker };

const findingsOf = (order: StoredRow, read: Reader, { today, locale }: Pick<Asked, 'today' | 'locale'>): readonly Found[] => {
  const lines = read.children('order_lines', order.id);
  const account = text(order['account_id']);
  const minimum = account === null ? null : big(read.get('accounts', account)?.['min_order']);
  const checked: CheckedOrder = {
    id: order.id,
    account: account ?? '',
    po: text(order['po_ref']),
    net: BigInt(documentTotals('orders', read, order.id).net),
    lines: lines.flatMap((line) => lineOf(line, read, today)),
    at: dayMs(order['ordered_on']),
  };
  const words = {
    money: (minor: string): string => formatMoney(minor, currencyOf('orders', order, read), locale),
    nameOf: (product: string): string => text(read.get('products', product)?.['sku']) ?? 'another',
  };
  return checkOrder(checked, othersOf(order, read), { today, calendar: calendarOfShipTo(order, read), minimum }).map(
    (finding) => {
      const at = finding.line === null ? -1 : lines.findIndex(({ id }) => id === finding.line);
      const line = lines[at];
      const said = sayFinding(finding, words);
      return {
        finding,
        blocker: {
          table: line === undefined ? 'orders' : 'order_lines',
          row: line?.id ?? order.id,
          field: finding.field === 'net' ? 'line_count' : finding.field,
          code: finding.code,
          message: line === undefined ? said : `${placeOf(line, at + 1)}${said}`,
        },
      };
    },
  );
};

const holdBlocker = (hold: StoredRow): Blocker => ({
  table: 'order_holds',
  row: hold.id,
  field: 'reason',
  code: 'ON_HOLD',
  message: `On hold. ${sayHold(hold)}`,
});

/** What is in the way by credit alone: the order is kept on hold instead of being confirmed. */
const CREDIT_HOLD = 'CREDIT_HOLD';
/** And what somebody else has to agree to. */
const APPROVAL_HOLD = 'APPROVAL_HOLD';

/** The hold an order is put on for what is in its way; null where nothing but putting it right helps. */
export const holdReasonOf = ({ code }: Blocker): 'credit' | 'approval' | null =>
  code === CREDIT_HOLD ? 'credit' : code === APPROVAL_HOLD ? 'approval' : null;

/** Credit that the account has no more of (K2), where no release covers it and no hold says it already. */
const creditBlockers = (
  order: StoredRow,
  held: readonly StoredRow[],
  why: string,
  read: Reader,
  today: string,
): readonly Blocker[] =>
  held.some(({ reason }) => reason === 'credit') || isCreditReleased(order.id, read, today)
    ? []
    : [{ table: 'orders', row: order.id, field: 'account_id', code: CREDIT_HOLD, message: `Credit: ${why.replace(/\.$/, '')}` }];

/** What whoever confirms may not give alone (A2), where nobody has agreed to it and no hold says it already. */
const approvalBlockers = (
  order: StoredRow,
  held: readonly StoredRow[],
  actor: string,
  read: Reader,
  today: string,
): readonly Blocker[] => {
  const found = orderToApprove(order, actor, { read, today });
  if (found === null || held.some(({ reason }) => reason === 'approval') || isApproved(order, found.why, read)) return [];
  const { line, why } = found;
  const cell =
    line === null
      ? ({ table: 'orders', row: order.id, field: 'terms' } as const)
      : ({ table: 'order_lines', row: line, field: 'price' } as const);
  return [{ ...cell, code: APPROVAL_HOLD, message: `Approval: ${why}` }];
};

/** @param why given by whoever confirms all the same; null = none @param actor whoever confirms */
type Asked = { readonly today: string; readonly locale: string; readonly why: string | null; readonly actor: string };

export type OrderChecks = {
  readonly blockers: readonly Blocker[];
  /** All that is in the way gives way to a reason. */
  readonly canOverride: boolean;
  /** What was found and stops nothing, in words. */
  readonly warnings: readonly string[];
};

export const orderChecks = (order: StoredRow, read: Reader, { today, why, actor, locale }: Asked): OrderChecks => {
  const cells = documentBlockers('orders', order.id, read);
  const found = findingsOf(order, read, { today, locale });
  const findings = found.map(({ finding }) => finding);
  const overrides = findings.map(({ code, line }) => ({ code, line, reason: why ?? '' }));
  const blocking = new Set(blockingOf(findings, overrides));
  const inTheWay = found.filter(({ finding }) => blocking.has(finding));
  const held = standingHolds(order.id, read, today);
  const holds = held.map(holdBlocker);
  const credit = creditOf(order, read, { today, locale });
  const taxed = taxWarning('orders', order, read);
  const isOver = credit?.result === 'hold';
  const short = isOver ? creditBlockers(order, held, credit.why, read, today) : [];
  const toApprove = approvalBlockers(order, held, actor, read, today);
  return {
    blockers: [...cells, ...inTheWay.map(({ blocker }) => blocker), ...holds, ...toApprove, ...short],
    canOverride: cells.length + holds.length === 0 && inTheWay.length > 0 && inTheWay.every(({ finding }) => finding.canOverride),
    warnings: [
      ...found.filter(({ finding }) => finding.level === 'warn').map(({ blocker }) => blocker.message),
      ...(taxed === null ? [] : [taxed]),
      ...(credit === null || short.length > 0 ? [] : [`Credit: ${credit.why.replace(/\.$/, '')}`]),
    ],
  };
};
