/** What can be recorded of the lines of an order, each with the words of its dialog. */
import type { ArgsOf, OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import type { CommandId } from '../../../shared/commands.ts';

type Fulfil = ArgsOf<WorkbenchContract['orders.fulfil']>;
export type FulfilmentLine = OutputOf<WorkbenchContract['orders.fulfilment']>['lines'][number];
/** What a dialog hands over. */
export type Recorded = Pick<Fulfil, 'kind' | 'on'> & {
  readonly lines: NonNullable<Fulfil['lines']>;
  readonly by: NonNullable<Fulfil['by']>;
  readonly reason: string | null;
  /** Who of the customer agreed to what goes out in place of what was ordered (F4). */
  readonly consent: string | null;
};

export type Deed = {
  readonly command: CommandId;
  readonly kind: Fulfil['kind'];
  /** Takes back what was recorded of the kind. */
  readonly isBack: boolean;
  readonly title: string;
  readonly on: string;
  /** Heads the quantity there is. */
  readonly most: string;
  readonly nothing: string;
  readonly done: string;
  readonly needsReason: boolean;
  readonly by: Recorded['by'];
  /** Whether it is asked who did it. */
  readonly asksBy: boolean;
  /** Closed orders too. */
  readonly isLate: boolean;
};

const usual = { isBack: false, needsReason: false, by: 'us', asksBy: false, isLate: false } as const;

export const deeds: readonly Deed[] = [
  {
    ...usual,
    command: 'order.ship',
    kind: 'shipped',
    title: 'Record shipment',
    on: 'Went out on',
    most: 'Open',
    nothing: 'Nothing is open: everything went out or was cancelled.',
    done: 'Shipment recorded.',
  },
  {
    ...usual,
    command: 'order.deliver',
    kind: 'delivered',
    title: 'Record delivery',
    on: 'Arrived on',
    most: 'On its way',
    nothing: 'Nothing is on its way.',
    done: 'Delivery recorded.',
    by: 'carrier',
    isLate: true,
  },
  {
    ...usual,
    command: 'order.accept',
    kind: 'accepted',
    title: 'Record acceptance',
    on: 'Accepted on',
    most: 'To accept',
    nothing: 'Nothing was delivered or done that is not accepted yet.',
    done: 'Acceptance recorded.',
    by: 'customer',
    isLate: true,
  },
  {
    ...usual,
    command: 'order.close-short',
    kind: 'short_closed',
    title: 'Close short',
    on: 'Closed on',
    most: 'Open',
    nothing: 'Nothing is open.',
    done: 'Closed short.',
    needsReason: true,
  },
  {
    ...usual,
    command: 'order.cancel-rest',
    kind: 'cancelled',
    title: 'Cancel remainder',
    on: 'Cancelled on',
    most: 'Open',
    nothing: 'Nothing is open.',
    done: 'Remainder cancelled.',
    needsReason: true,
    asksBy: true,
  },
  {
    ...usual,
    command: 'order.reopen',
    kind: 'short_closed',
    isBack: true,
    title: 'Open again',
    on: 'Opened on',
    most: 'Closed short',
    nothing: 'Nothing was closed short.',
    done: 'Open again.',
  },
];

/** The deeds an order in a state allows. */
export const deedsIn = (status: string | null): readonly Deed[] =>
  status === 'confirmed' ? deeds : status === 'closed' ? deeds.filter(({ isLate }) => isLate) : [];

/** What of a line a deed usually is of, 10^-6 units; more may be, within what the customer takes. */
export const usualOf = ({ kind, isBack }: Deed, { usual, recorded }: FulfilmentLine): bigint =>
  BigInt((isBack ? recorded[kind] : usual[kind]) ?? '0');
