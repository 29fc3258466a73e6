/** What goes out of a line (F4): what was ordered, or its usual substitute where the customer agrees; and what went out so before. */
import type { ReactElement } from 'react';
import { formatScaled } from '../../../shared/domain/format.ts';
import { Select } from '../../ui/Select.tsx';
import { useSetting } from '../register/useSetting.ts';
import type { Deed, FulfilmentLine } from './deeds.ts';

/** Only goods that go out can be something else. */
export const canSwap = ({ kind, isBack }: Deed, { substitute }: FulfilmentLine): boolean =>
  kind === 'shipped' && !isBack && substitute !== null;

type Props = {
  readonly line: FulfilmentLine;
  /** How the line is called. */
  readonly name: string;
  readonly isSwapped: boolean;
  readonly onSwap: (isSwapped: boolean) => void;
};

export const SentProduct = ({ line, name, isSwapped, onSwap }: Props): ReactElement => {
  const { locale } = useSetting();
  const { product, substitute, sent_instead: sent } = line;
  return (
    <>
      <Select
        label={`Goes out, ${name}`}
        value={isSwapped ? 'substitute' : 'ordered'}
        options={[
          { value: 'ordered', label: product },
          { value: 'substitute', label: `${substitute?.product ?? ''} instead` },
        ]}
        onChange={(next) => onSwap(next === 'substitute')}
      />
      {sent.map(({ product: other, qty, consent }) => (
        <div key={`${other} ${consent} ${qty}`} className="help">
          {`${formatScaled(qty, 6, 0, 6, locale)} of ${other} went out instead, agreed by ${consent}`}
        </div>
      ))}
    </>
  );
};
