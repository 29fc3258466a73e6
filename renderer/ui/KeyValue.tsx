/** Labels with their values. */
import type { ReactElement, ReactNode } from 'react';

export type Pair = { readonly label: string; readonly value: ReactNode };

export const KeyValue = ({ pairs }: { readonly pairs: readonly Pair[] }): ReactElement => (
  <dl className="dl">
    {pairs.map(({ label, value }) => (
      <div key={label} className="dl-pair">
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
