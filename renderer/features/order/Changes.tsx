/** The changes made to a confirmed order so far: what stood before, what stands since, why. */
import type { ReactElement } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { formatDate, formatMoney, formatScaled } from '../../../shared/domain/format.ts';
import { fieldOf } from '../../../shared/model/index.ts';
import { useSetting } from '../register/useSetting.ts';
import type { AmendLine } from './AmendDialog.tsx';
import { sayAmended } from './AmendTable.tsx';
import { amendFields, headerFields } from './amendRows.ts';

type Change = OutputOf<WorkbenchContract['orders.amendable']>['changes'][number];

const kindField = fieldOf('order_changes', 'kind');
const kindLabel = (kind: string): string =>
  (kindField?.kind === 'choice' ? kindField.choices.find(({ key }) => key === kind)?.label : undefined) ?? kind;

/** What an amendment changes of the whole, in words; nothing where there is none. */
export const sayHeader = (
  field: (typeof headerFields)[number],
  value: string | null,
  currency: string,
  locale: string,
): string => {
  if (value === null) return '';
  if (field === 'terms') return value;
  return field === 'header_percent' ? `${formatScaled(value, 4, 0, 4, locale)} %` : formatMoney(value, currency, locale);
};

const sayBoth = ({ before, after }: Change, currency: string, locale: string): string => {
  const say = (label: string, was: string, is: string): string => `${label} ${was || 'none'} → ${is || 'none'}`;
  const ofLine = amendFields
    .filter((field) => before[field] !== after[field])
    .map((field) => {
      const label = fieldOf('order_lines', field)?.label ?? field;
      return say(label, sayAmended(field, before[field], locale), sayAmended(field, after[field], locale));
    });
  const ofWhole = headerFields
    .filter((field) => before[field] !== after[field])
    .map((field) => {
      const label = fieldOf('orders', field)?.label ?? field;
      return say(label, sayHeader(field, before[field], currency, locale), sayHeader(field, after[field], currency, locale));
    });
  return [...ofLine, ...ofWhole].join(', ');
};

export const Changes = ({
  lines,
  changes,
  currency,
}: {
  readonly lines: readonly AmendLine[];
  readonly changes: readonly Change[];
  readonly currency: string;
}): ReactElement | null => {
  const { locale } = useSetting();
  if (changes.length === 0) return null;
  const placeOf = (id: string): string => {
    if (id === '') return 'Whole order';
    const at = lines.findIndex((line) => line.id === id);
    return at < 0 ? 'A line that is gone' : `Line ${lines[at]?.position ?? at + 1}`;
  };
  return (
    <table className="mini" aria-label="Changes so far">
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Line</th>
          <th scope="col">Change</th>
          <th scope="col">Before and after</th>
          <th scope="col">Day</th>
          <th scope="col">Reason</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.id}>
            <td>{change.number}</td>
            <td>{placeOf(change.line)}</td>
            <td>{kindLabel(change.kind)}</td>
            <td>{sayBoth(change, currency, locale)}</td>
            <td>{change.changed_on === null ? '' : formatDate(change.changed_on, locale)}</td>
            <td className="stretch">{change.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
