/** What an order has to say above its lines, while there is something. */
import type { ComponentProps, ReactElement } from 'react';
import { CarriageNotice } from './CarriageNotice.tsx';
import { MergeNotice } from './MergeNotice.tsx';
import { PriceReview } from './PriceReview.tsx';

type Props = ComponentProps<typeof MergeNotice> & { readonly status: string | null };

export const OrderNotices = ({ status, isOpen, ...of }: Props): ReactElement => (
  <>
    <MergeNotice {...of} isOpen={isOpen && status !== null} />
    <PriceReview id={of.id} isConfirmed={status === 'confirmed'} />
    <CarriageNotice id={of.id} status={status} />
  </>
);
