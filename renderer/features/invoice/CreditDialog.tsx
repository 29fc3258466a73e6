/**
 * What of an invoice is credited, line by line: a quantity at what it was billed for, or an amount where only the price was
 * wrong. The engine says what is too much, and everything typed stays.
 */
import type { KeyboardEvent, ReactElement } from 'react';
import { useState } from 'react';
import { formatMoney, formatScaled } from '../../../shared/domain/format.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useReading } from '../record/useReading.ts';
import { useSetting } from '../register/useSetting.ts';
import type { Story } from './asks.ts';
import { StepFoot } from '../../ui/StepFoot.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useOnce } from '../../ui/useOnce.ts';

export type CreditedLine = { readonly line: string; readonly qty: number | null; readonly amount: number | null };

type Props = {
  readonly story: Story;
  /** Why it was refused, in words; null where it is done. */
  readonly onCredit: (lines: readonly CreditedLine[], reason: string) => Promise<string | null>;
  readonly onClose: () => void;
};

type Texts = { readonly qty: string; readonly amount: string };

const useGathered = ({ lines, currency }: Story, texts: readonly Texts[], reason: string): readonly CreditedLine[] | string => {
  const read = useReading(currency);
  const credited: CreditedLine[] = [];
  for (const [at, { id, position }] of lines.entries()) {
    const name = `Line ${position ?? at + 1}`;
    const [qty, amount] = [read('decimal', name, texts[at]?.qty ?? ''), read('money', name, texts[at]?.amount ?? '')];
    const bad = qty.error ?? amount.error;
    if (bad !== null) return `${bad}.`;
    const [many, much] = [Number(qty.value ?? 0), Number(amount.value ?? 0)];
    if (many < 0 || much < 0) return `${name}: a credit is more than nothing.`;
    if (many > 0 || much > 0) credited.push({ line: id, qty: many > 0 ? many : null, amount: much > 0 ? much : null });
  }
  if (credited.length === 0) return 'Type a quantity or an amount on a line.';
  return reason.trim() === '' ? 'Say why it is credited.' : credited;
};

const Table = ({
  story,
  texts,
  onText,
  onKeyDown,
}: {
  readonly story: Story;
  readonly texts: readonly Texts[];
  readonly onText: (at: number, text: Partial<Texts>) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}): ReactElement => {
  const { locale } = useSetting();
  const qty = (value: bigint): string => formatScaled(String(value), 6, 0, 6, locale);
  return (
    <table className="mini fulfil">
      <thead>
        <tr>
          <th scope="col">#</th>
          <th scope="col">Product</th>
          <th scope="col" className="num">
            Billed
          </th>
          <th scope="col" className="num">
            Amount
          </th>
          <th scope="col" className="num">
            Credit qty
          </th>
          <th scope="col" className="num">
            or amount
          </th>
        </tr>
      </thead>
      <tbody>
        {story.lines.map((line, at) => {
          const name = `line ${line.position ?? at + 1}`;
          const field = (key: keyof Texts, label: string): ReactElement => (
            <input
              className="input num"
              aria-label={`${label}, ${name}`}
              value={texts[at]?.[key] ?? ''}
              onChange={(event) => onText(at, { [key]: event.target.value })}
              onKeyDown={onKeyDown}
            />
          );
          return (
            <tr key={line.id}>
              <td>{line.position ?? at + 1}</td>
              <td>{line.product}</td>
              <td className="num">{qty(BigInt(line.qty) - BigInt(line.credited_qty))}</td>
              <td className="num">{formatMoney(String(BigInt(line.amount) - BigInt(line.credited)), story.currency, locale)}</td>
              <td className="num">{field('qty', 'Quantity')}</td>
              <td className="num">{field('amount', 'Amount')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

export const CreditDialog = ({ story, onCredit, onClose }: Props): ReactElement => {
  const [texts, setTexts] = useState<readonly Texts[]>(() => story.lines.map(() => ({ qty: '', amount: '' })));
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const gathered = useGathered(story, texts, reason);
  const credit = useOnce(async () => {
    setRefusal(typeof gathered === 'string' ? gathered : await onCredit(gathered, reason.trim()));
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') credit();
  };
  return (
    <Dialog
      title="Credit"
      onClose={onClose}
      isWide
      foot={
        <StepFoot label="Credit" blocked={typeof gathered === 'string' ? gathered : null} onDone={credit} onClose={onClose} />
      }
    >
      <TextField label="Reason" isRequired value={reason} onText={setReason} onEnter={credit} />
      <Table
        story={story}
        texts={texts}
        onText={(at, text) => setTexts((now) => now.with(at, { qty: '', amount: '', ...now[at], ...text }))}
        onKeyDown={onKeyDown}
      />
      <p className="t2">A credit note is given at once and stays: it cannot be taken back by Undo.</p>
      <p className="err" role="alert">
        {refusal}
      </p>
    </Dialog>
  );
};
