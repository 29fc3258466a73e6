/** The changes made to a confirmed order so far: what stood before, what stands since, why. */
import type { ReactElement } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { formatDate } from '../../../shared/domain/format.ts';
import { fieldOf } from '../../../shared/model/index.ts';
import { useSetting } from '../register/useSetting.ts';
import type { AmendLine } from './AmendDialog.tsx';
import { sayAmended } from './AmendTable.tsx';
import { amendFields } from './amendRows.ts';

type Change = OutputOf<WorkbenchContract['orders.amendable']>['changes'][number];

const kindField = fieldOf('order_changes', 'kind');
const kindLabel = (kind: string): string =>
  (kindField?.kind === 'choice' ? kindField.choices.find(({ key }) => key === kind)?.label : undefined) ?? kind;

const sayBoth = (change: Change, locale: string): string =>
  amendFields
    .flatMap((field) => {
      const [before, after] = [change.before[field], change.after[field]];
      if (before === after) return [];
      const label = fieldOf('order_lines', field)?.label ?? field;
      const was = sayAmended(field, before, locale);
      return [`${label} ${was === '' ? 'none' : was} → ${sayAmended(field, after, locale) || 'none'}`];
    })
    .join(', ');

export const Changes = ({
  lines,
  changes,
}: {
  readonly lines: readonly AmendLine[];
  readonly changes: readonly Change[];
}): ReactElement | null => {
  const { locale } = useSetting();
  if (changes.length === 0) return null;
  const placeOf = (id: string): string => {
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
            <td>{sayBoth(change, locale)}</td>
            <td>{change.changed_on === null ? '' : formatDate(change.changed_on, locale)}</td>
            <td className="stretch">{change.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
