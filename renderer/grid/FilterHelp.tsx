/** How the quick filter is written, in a dialog beside its field. */
import type { ReactElement } from 'react';
import { daysHelp, filterHelp, flagHelp, orderStatusHelp, type FilterHelp as Entry } from '../../shared/domain/filter-help.ts';
import { Dialog } from '../ui/Dialog.tsx';

type TableProps = { readonly title: string; readonly entries: readonly Entry[] };

const Table = ({ title, entries }: TableProps): ReactElement => (
  <>
    <h3 className="h3">{title}</h3>
    <table className="mini" aria-label={title}>
      <tbody>
        {entries.map(({ example, means }) => (
          <tr key={example}>
            <th scope="row">
              <code>{example}</code>
            </th>
            <td>{means}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </>
);

type Props = {
  /** Whether the status of the rows can show more than their state. */
  readonly hasChips: boolean;
  /** Whether the rows hold from one day to another. */
  readonly hasDays: boolean;
  readonly onClose: () => void;
};

export const FilterHelp = ({ hasChips, hasDays, onClose }: Props): ReactElement => (
  <Dialog title="How to write a filter" isWide onClose={onClose}>
    <Table title="Words, columns and days" entries={filterHelp} />
    <Table title="Marks" entries={flagHelp} />
    {hasDays && <Table title="Days" entries={daysHelp} />}
    {hasChips && <Table title="Status of orders" entries={orderStatusHelp} />}
  </Dialog>
);
