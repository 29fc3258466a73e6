/** Prices of a confirmed order that came to be others since (P9): what was agreed on stands, and somebody decides. */
import type { ReactElement } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { formatScaled } from '../../../shared/domain/format.ts';
import { client } from '../../client/client.ts';
import { useEngine } from '../../client/cache.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useSetting } from '../register/useSetting.ts';
import { tryStep } from './tryStep.ts';

type Review = OutputOf<WorkbenchContract['prices.reviews']>['rows'][number];

const sayReviews = ([first, ...rest]: readonly Review[], currency: string, locale: string): string => {
  if (first === undefined) return '';
  const amount = (price: number): string => formatScaled(String(price), 6, 2, 6, locale);
  const more = rest.length === 0 ? '' : ` So for ${rest.length} more ${rest.length === 1 ? 'line' : 'lines'}.`;
  return `${first.product} was agreed at ${amount(first.price)}, the prices now say ${amount(first.says)} ${currency}.${more}`;
};

type Props = { readonly id: string; readonly isConfirmed: boolean };

export const PriceReview = ({ id, isConfirmed }: Props): ReactElement | null => {
  const { data } = useEngine(
    'prices.reviews',
    { order: id },
    { tables: ['order_lines', ['orders', id]], isEnabled: isConfirmed },
  );
  const { locale } = useSetting();
  const rows = (isConfirmed ? data?.rows : undefined) ?? [];
  const keep = async (): Promise<void> => {
    const refusal = await tryStep('Prices kept.', () => client['prices.keep']({ order: id, screen: `orders/${id}` }));
    if (refusal !== null) say(refusal, { tone: 'danger' });
  };
  useCommand('price.keep', rows.length > 0 ? keep : null);
  if (rows.length === 0) return null;
  return (
    <section className="bar quiet" aria-label="Prices to review">
      <Icon name="note" />
      <span className="grow">{sayReviews(rows, data?.currency ?? '', locale)}</span>
      <Button command="price.keep" onClick={() => void runCommand('price.keep')}>
        Keep prices
      </Button>
      <Button onClick={() => void runCommand('order.amend')}>Amend …</Button>
    </section>
  );
};
