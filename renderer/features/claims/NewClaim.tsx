/** What a new claim asks: what happened and how much; whose and of which carrier only where that is not known. */
import type { ReactElement } from 'react';
import { claimCauses } from '../../../shared/domain/claims/claim.ts';
import { client } from '../../client/client.ts';
import { openRecord } from '../../state/tabs.ts';
import { AskDialog, type Answers, type Question } from '../invoice/AskDialog.tsx';
import { tryStep } from '../order/tryStep.ts';
import { useSetting } from '../register/useSetting.ts';
import { dropNewClaim, useNewClaim } from './newClaim.ts';

const text = (value: Answers[string] | undefined): string | null => (value == null || value === '' ? null : String(value));

const what = (currency: string): readonly Question[] => [
  {
    key: 'cause',
    label: 'What happened',
    kind: 'choice',
    options: claimCauses.map(({ key, label }) => ({ value: key, label })),
    start: 'damaged',
  },
  { key: 'amount', label: currency === '' ? 'Claimed' : `Claimed, ${currency}`, kind: 'money', isOptional: true },
  { key: 'description', label: 'Description', kind: 'text', isOptional: true },
];

export const NewClaim = (): ReactElement | null => {
  const wanted = useNewClaim((state) => state.wanted);
  const setting = useSetting();
  if (wanted === null) return null;
  const currency = wanted.currency ?? setting.currency ?? '';
  const { booking, order, issue, account, partner } = wanted;
  const questions: readonly Question[] = [
    ...(account === null ? [{ key: 'account', label: 'Account', kind: 'person', table: 'accounts' } as const] : []),
    ...(partner === null ? [{ key: 'partner', label: 'Carrier', kind: 'person', table: 'partners' } as const] : []),
    ...what(currency),
  ];
  return (
    <AskDialog
      title="New claim"
      {...(account === null ? {} : { note: [account.name, partner?.name].filter((part) => part !== undefined).join(', ') })}
      questions={questions}
      currency={currency}
      onClose={dropNewClaim}
      onDone={async (answers) => {
        const refusal = await tryStep('Claim opened.', async () => {
          const made = await client['claims.open']({
            booking,
            order,
            issue,
            account: account?.id ?? text(answers['account']),
            partner: partner?.id ?? text(answers['partner']),
            cause: claimCauses.find(({ key }) => key === answers['cause'])?.key ?? 'damaged',
            amount: typeof answers['amount'] === 'number' ? answers['amount'] : null,
            currency: currency === '' ? null : currency,
            description: text(answers['description']),
            screen: 'screen:claims',
          });
          openRecord('claims', made.id, 'Claim');
        });
        if (refusal === null) dropNewClaim();
        return refusal;
      }}
    />
  );
};
