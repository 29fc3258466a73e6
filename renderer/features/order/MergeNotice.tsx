/** The same product on several lines of a draft (O2): one line is offered where nothing tells them apart, and never made by itself. */
import type { ReactElement } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { formatScaled } from '../../../shared/domain/format.ts';
import { client } from '../../client/client.ts';
import { useEngine } from '../../client/cache.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { tryStep } from './tryStep.ts';
import { useSetting } from '../register/useSetting.ts';

type Offer = OutputOf<WorkbenchContract['orders.mergeable']>['offers'][number];

const tables = ['orders', 'order_lines', 'schedule_lines', 'fulfilments', 'products'] as const;
const none: readonly Offer[] = [];
/** Every line is compared with the others at each change of one: beyond so many nobody reads them one by one. */
const MOST_COMPARED = 500;

const sayOffers = (offers: readonly Offer[], locale: string): string => {
  const [first, ...rest] = offers;
  if (first === undefined) return '';
  const { product, from, qty } = first;
  const more = rest.length === 0 ? '' : ` ${rest.length} more ${rest.length === 1 ? 'product stands' : 'products stand'} so.`;
  return `${product} stands on ${from.length + 1} lines that could be one of ${formatScaled(qty, 6, 0, 6, locale)}.${more}`;
};

type Props = {
  readonly id: string;
  /** Its lines can still be changed as they stand. */
  readonly isOpen: boolean;
  readonly row: GridRow | undefined;
  /** Waits for everything typed so far. */
  readonly settle: () => Promise<void>;
};

export const MergeNotice = ({ id, isOpen, row, settle }: Props): ReactElement | null => {
  const isEnabled = isOpen && Number(row?.v['line_count'] ?? 0) <= MOST_COMPARED;
  const { data } = useEngine('orders.mergeable', { id }, { tables, isEnabled, isKept: true });
  const { locale } = useSetting();
  const offers = (isEnabled ? data?.offers : undefined) ?? none;
  const merge = async (): Promise<void> => {
    await settle();
    const refusal = await tryStep('Lines merged.', () => client['orders.merge']({ id, screen: `orders/${id}` }));
    if (refusal !== null) say(refusal, { tone: 'danger' });
  };
  useCommand('order.merge', offers.length > 0 ? merge : null);
  if (offers.length === 0) return null;
  return (
    <section className="bar quiet" aria-label="Lines that could be one">
      <Icon name="note" />
      <span className="grow">{sayOffers(offers, locale)}</span>
      <Button onClick={() => void runCommand('order.merge')}>Merge lines</Button>
    </section>
  );
};
