/**
 * The common words of tracking (B5): status and appointment codes of X12 214, what each says has happened, and what a
 * reason is. Codes outside the list are kept as they came and move nothing.
 */

/** What an event is to the booking, whatever its code. */
export type Milestone =
  | 'appointment'
  | 'at_pickup'
  | 'loaded'
  | 'departed'
  | 'terminal'
  | 'en_route'
  | 'estimate'
  | 'at_delivery'
  | 'attempted'
  | 'delivered'
  | 'trouble'
  | 'cancelled'
  | 'pod'
  | 'note';

type Code = {
  readonly code: string;
  readonly label: string;
  readonly milestone: Milestone;
  /** The words carriers use for it in their own files. */
  readonly aliases?: readonly string[];
};

export const statusCodes: readonly Code[] = [
  { code: 'XA', label: 'Pickup appointment set', milestone: 'appointment', aliases: ['pickup appointment'] },
  { code: 'X9', label: 'Delivery appointment set', milestone: 'appointment', aliases: ['delivery appointment'] },
  { code: 'AA', label: 'Pickup appointment', milestone: 'appointment' },
  { code: 'AB', label: 'Delivery appointment', milestone: 'appointment' },
  { code: 'XB', label: 'Acknowledged', milestone: 'note', aliases: ['received'] },
  { code: 'X3', label: 'Arrived for pickup', milestone: 'at_pickup', aliases: ['arrived at pickup', 'at pickup'] },
  { code: 'CP', label: 'Loaded', milestone: 'loaded', aliases: ['loading complete'] },
  { code: 'AF', label: 'Departed', milestone: 'departed', aliases: ['picked up', 'pickup', 'collected', 'dispatched'] },
  { code: 'X4', label: 'Arrived at terminal', milestone: 'terminal', aliases: ['at depot', 'arrived at depot'] },
  { code: 'P1', label: 'Departed terminal', milestone: 'terminal', aliases: ['departed depot'] },
  { code: 'X6', label: 'En route', milestone: 'en_route', aliases: ['in transit', 'on the way', 'out for delivery'] },
  { code: 'AG', label: 'Delivery expected', milestone: 'estimate', aliases: ['estimated delivery', 'eta'] },
  { code: 'X2', label: 'Arrival expected', milestone: 'estimate', aliases: ['estimated arrival'] },
  { code: 'SD', label: 'Delayed', milestone: 'trouble', aliases: ['delay'] },
  { code: 'X1', label: 'Arrived for delivery', milestone: 'at_delivery', aliases: ['arrived at delivery', 'at delivery'] },
  { code: 'AH', label: 'Delivery attempted', milestone: 'attempted', aliases: ['attempted delivery', 'attempted'] },
  { code: 'D1', label: 'Delivered', milestone: 'delivered', aliases: ['delivery', 'unloaded', 'complete', 'completed'] },
  { code: 'CD', label: 'Departed delivery', milestone: 'note' },
  { code: 'A7', label: 'Refused', milestone: 'trouble', aliases: ['refused by consignee'] },
  { code: 'A9', label: 'Damaged', milestone: 'trouble', aliases: ['damage'] },
  { code: 'PA', label: 'Partial', milestone: 'trouble', aliases: ['partial delivery', 'short'] },
  { code: 'A3', label: 'Returned', milestone: 'trouble', aliases: ['returned to shipper'] },
  { code: 'CA', label: 'Cancelled', milestone: 'cancelled', aliases: ['canceled'] },
  // Our own, outside the standard: what no carrier file says.
  { code: 'POD', label: 'Proof of delivery', milestone: 'pod', aliases: ['pod received', 'signed'] },
  { code: 'BEG', label: 'Started', milestone: 'departed', aliases: ['arrived on site', 'live'] },
  { code: 'END', label: 'Done', milestone: 'delivered', aliases: ['finished', 'left site'] },
  { code: 'TMP', label: 'Temperature', milestone: 'note' },
  { code: 'NTE', label: 'Note', milestone: 'note' },
];

/** The codes that stand for any of some milestones. */
export const codesFor = (milestones: readonly Milestone[]): readonly string[] =>
  statusCodes.flatMap(({ code, milestone }) => (milestones.includes(milestone) ? [code] : []));

const byCode = new Map(statusCodes.map((one) => [one.code, one]));

/** What a move is called on the way: goods are loaded and unloaded, a visit or a campaign begins and ends. */
export const moveCodes: Readonly<Record<'in_progress' | 'done', (kind: unknown) => string>> = {
  in_progress: (kind) => (kind === 'shipment' ? 'AF' : 'BEG'),
  done: (kind) => (kind === 'shipment' ? 'D1' : 'END'),
};

/** What is recorded by hand, likeliest first, by what is booked. */
export const stepEvents = (kind: string): readonly { readonly code: string; readonly label: string }[] => {
  const own =
    kind === 'shipment'
      ? ['AF', 'X6', 'AG', 'X4', 'X3', 'CP', 'X1', 'AH', 'D1', 'SD', 'A7', 'A9', 'PA']
      : ['BEG', 'SD', 'AH', 'END'];
  return [...own, 'NTE'].flatMap((code) => byCode.get(code) ?? []);
};

/** An unknown code is a note: kept, shown, moving nothing. */
export const milestoneOf = (code: string): Milestone => byCode.get(code)?.milestone ?? 'note';

export const codeLabel = (code: string): string => byCode.get(code)?.label ?? code;

const fold = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');

const byWord = new Map(
  statusCodes.flatMap(({ code, label, aliases }) => [code, label, ...(aliases ?? [])].map((word) => [fold(word), code] as const)),
);

/** The code a word of a carrier stands for; null where nobody knows it. */
export const codeOfWord = (word: string): string | null => byWord.get(fold(word)) ?? null;

/** The reasons that are met; the standard has more, which are kept as they came. */
const reasons: Readonly<Record<string, string>> = {
  A1: 'Missed delivery',
  A2: 'Wrong address',
  A5: 'Not found',
  AD: 'Customer asked for a later delivery',
  AF: 'Accident',
  AG: 'Receiver',
  AH: 'Driver',
  AI: 'Breakdown',
  AJ: 'Another carrier',
  AL: 'Stop before',
  AM: 'Shipper',
  AN: 'Closed for a holiday',
  AO: 'Weather',
  AQ: 'Receiver not there',
  AS: 'Customs papers',
  AU: 'Civil event',
  AW: 'After cut-off',
  AX: 'Too little time at pickup',
  AY: 'Missed pickup',
  B1: 'Receiver closed',
  B5: 'Held for the receiver',
  B9: 'Receiving hours',
  BB: 'Held for the shipper',
  BC: 'Papers missing',
  BD: 'Border',
  BE: 'Road conditions',
  BF: 'Keying error of the carrier',
  BG: 'Other',
  BH: 'Too little time',
  BK: 'Appointment agreed before',
  BQ: 'Overweight',
  BS: 'Refused by the customer',
  CA: 'Customs',
  D1: 'Dispatch error',
  D2: 'No driver',
  HB: 'Waiting for an appointment',
};

/** What carriers send where there is no reason: normal status, normal appointment. */
const ordinary: readonly string[] = ['', 'NS', 'NA'];

/** Why it went otherwise, in words; null where it went as it should. */
export const reasonLabel = (code: string | null): string | null => {
  const known = (code ?? '').toUpperCase();
  return ordinary.includes(known) ? null : (reasons[known] ?? code);
};
