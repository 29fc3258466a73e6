/** Claims of the sample, one of each stage, with its evidence. They draw nothing by chance, so that nothing else moves. */
import { addDays } from '../../../../shared/domain/dates.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import { numberPrefix, renderNumber } from '../../../../shared/domain/numbering.ts';
import type { StorePatch } from '../../store/api.ts';
import { DEVICE } from './documents.ts';
import type { Making, Masters } from './masters.ts';

type Cells = Readonly<Record<string, CellInput>>;

type Tale = {
  readonly status: string;
  readonly cause: string;
  readonly amount: number;
  /** Fields with a day: so many days before today. */
  readonly days?: Readonly<Record<string, number>>;
  readonly more?: Cells;
  readonly evidence: readonly string[];
};

const tales: readonly Tale[] = [
  { status: 'draft', cause: 'damaged', amount: 18_400, evidence: ['photos'] },
  { status: 'filed', cause: 'short', amount: 24_000, days: { filed_on: 2, told_on: 3 }, evidence: ['proof', 'invoice'] },
  {
    status: 'acknowledged',
    cause: 'damaged',
    amount: 41_250,
    days: { filed_on: 9, told_on: 10, acknowledged_on: 4 },
    evidence: ['proof', 'photos', 'invoice', 'salvage'],
  },
  {
    status: 'offered',
    cause: 'late',
    amount: 9_000,
    days: { filed_on: 12, acknowledged_on: 10, decided_on: 1 },
    more: { offered: 4_500 },
    evidence: ['proof', 'invoice'],
  },
  {
    status: 'paid',
    cause: 'damaged',
    amount: 12_600,
    days: { filed_on: 14, acknowledged_on: 12, decided_on: 2 },
    more: { paid: 12_600 },
    evidence: ['proof', 'photos', 'invoice'],
  },
];

const insert = (table: string, id: string, values: Cells): StorePatch => ({ kind: 'insert', table, id, values });

/** When the goods of all of them came, in days before today. */
const DELIVERED = 16;

/** @param masters whose goods they were, and on whose trucks: shipments from before the bookings there are */
export const makeClaims = ({ ids, today, currency, put }: Making, { accounts, carriers }: Masters): void =>
  tales.forEach(({ status, cause, amount, days = {}, more = {}, evidence }, at) => {
    const id = ids();
    const account = accounts[at % accounts.length] ?? accounts[0];
    put(
      insert('claims', id, {
        number: renderNumber(numberPrefix('K', today, DEVICE), at + 1),
        account_id: account.id,
        partner_id: carriers[at % carriers.length] ?? carriers[0],
        currency,
        owner_id: account.owner,
        status,
        cause,
        amount,
        shipment: `NLF-5480${at}`,
        delivered_on: addDays(today, -DELIVERED),
        is_liable: 1,
        ...Object.fromEntries(Object.entries(days).map(([field, before]) => [field, addDays(today, -before)])),
        ...more,
      }),
    );
    for (const kind of evidence) {
      const name = kind === 'photos' ? 'Pallet 2, three sides' : null;
      put(insert('claim_evidence', ids(), { claim_id: id, kind, name, added_on: today }));
    }
  });
