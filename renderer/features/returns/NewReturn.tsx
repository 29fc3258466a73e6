/** What a new return asks: of an order its lines; without one, whose goods came that nobody ordered, and which. */
import type { ReactElement } from 'react';
import { client } from '../../client/client.ts';
import { openRecord } from '../../state/tabs.ts';
import { AskDialog, type Question } from '../invoice/AskDialog.tsx';
import { tryStep } from '../order/tryStep.ts';
import { useRecordName } from '../record/useRow.ts';
import { ReturnDialog } from '../return/ReturnDialog.tsx';
import { dropNewReturn, useNewReturn } from './newReturn.ts';

const rest: readonly Question[] = [
  { key: 'product', label: 'Product', kind: 'person', table: 'products' },
  { key: 'qty', label: 'How many', kind: 'quantity' },
  { key: 'reason', label: 'Why', kind: 'text' },
];

/** @param account of whom, where it is known; else it is asked */
const Unordered = ({ account, name }: { readonly account: string | null; readonly name: string | null }): ReactElement => (
  <AskDialog
    title="New return"
    note={
      name === null
        ? 'Of goods nobody ordered. What was ordered is returned from its order.'
        : `Of goods nobody ordered, at ${name}. What was ordered is returned from its order.`
    }
    questions={[
      ...(account === null ? [{ key: 'account', label: 'Account', kind: 'person', table: 'accounts' } as const] : []),
      ...rest,
    ]}
    currency=""
    onClose={dropNewReturn}
    onDone={async (answers) => {
      const refusal = await tryStep('Return asked for.', async () => {
        const made = await client['returns.unordered']({
          account: account ?? String(answers['account']),
          product: String(answers['product']),
          qty: Number(answers['qty']),
          reason: String(answers['reason']),
          screen: 'screen:returns',
        });
        openRecord('returns', made.id, 'Return');
      });
      if (refusal === null) dropNewReturn();
      return refusal;
    }}
  />
);

const OfAccount = ({ account }: { readonly account: string }): ReactElement => (
  <Unordered account={account} name={useRecordName('accounts', account)} />
);

export const NewReturn = (): ReactElement | null => {
  const wanted = useNewReturn((state) => state.wanted);
  if (wanted === null) return null;
  if (wanted.order !== null) return <ReturnDialog order={wanted.order} onClose={dropNewReturn} />;
  return wanted.account === null ? <Unordered account={null} name={null} /> : <OfAccount account={wanted.account} />;
};
