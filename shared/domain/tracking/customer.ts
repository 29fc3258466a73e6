/** A shipment in the words its customer is told (C10): where it is and when it comes; nothing of partners or costs. */
import { codeLabel } from './codes.ts';
import type { Picture } from './events.ts';

type Shipment = {
  readonly status: string;
  readonly picture: Pick<Picture, 'deliveredAt' | 'pickedUpAt' | 'reached' | 'trouble' | 'eta'>;
  /** The end of its window, UTC milliseconds. */
  readonly deliverTo: number | null;
};

const BOUND: readonly string[] = ['confirmed', 'in_progress', 'done', 'closed'];

const whereIs = ({ status, picture: { reached, pickedUpAt } }: Shipment): string => {
  if (reached === 'at_delivery') return 'Arrived for delivery';
  if (reached === 'terminal' || reached === 'en_route') return 'In transit';
  return pickedUpAt !== null || status === 'in_progress' ? 'Picked up' : 'Booked';
};

/** @param now UTC milliseconds */
export const customerStatus = (shipment: Shipment, now: number): string => {
  const { status, picture, deliverTo } = shipment;
  const { deliveredAt, trouble, eta } = picture;
  if (!BOUND.includes(status)) return 'Being booked';
  const isDelivered = deliveredAt !== null || status === 'done' || status === 'closed';
  if (trouble !== null) {
    const what = codeLabel(trouble.code);
    return isDelivered ? `Delivered, ${what.toLowerCase()}` : what;
  }
  if (isDelivered) return 'Delivered';
  const isLate = deliverTo !== null && ((eta !== null && eta > deliverTo) || now > deliverTo);
  return isLate ? `${whereIs(shipment)}, later than planned` : whereIs(shipment);
};

/** When it is expected: by the last estimate, else by the end of its window; null once it is there. UTC milliseconds. */
export const expectedAt = ({ picture, deliverTo }: Shipment): number | null =>
  picture.deliveredAt === null ? (picture.eta ?? deliverTo) : null;
