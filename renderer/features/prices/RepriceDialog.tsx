/**
 * Pricing a draft again, on purpose (RULES.md P9): each line before and after, to be taken as a whole or in part as one
 * step. Prices that somebody set are shown with what the lists say, and stay unless they are chosen.
 */
import type { ReactElement } from 'react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import type { DocumentTable } from '../../../shared/model/documents.ts';
import { useEngine } from '../../client/cache.ts';
import { useFormat } from '../../client/info.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { sayPercent, sayPrice } from './words.ts';
import './prices.css';
import { StepFoot } from '../../ui/StepFoot.tsx';

type Line = OutputOf<WorkbenchContract['prices.repricing']>['rows'][number];

const WORDS: Readonly<Record<Line['change'], string>> = {
  same: 'Same',
  up: 'Up',
  down: 'Down',
  new: 'Had none',
  kept: 'Set by hand',
  unpriced: 'No price now',
  conflict: 'Two prices claim it',
};

/** Whether taking it would change anything: a line without a price now has nothing to take. */
const canTake = ({ says, before }: Line): boolean => says !== null && says !== before;

/** Taken unless somebody says otherwise: all that changes, but for what a person set. */
const isTakenFirst = (line: Line): boolean => canTake(line) && line.change !== 'kept';

/** How far a price moves, where it does: a fraction in millionths of what it was. */
const moveOf = ({ before, says }: Line): number | null =>
  before === null || before === 0 || says === null || says === before
    ? null
    : Number((BigInt(says - before) * 1_000_000n) / BigInt(before));

type RowProps = {
  readonly line: Line;
  readonly isTaken: boolean;
  readonly onTake: () => void;
  readonly words: Parameters<typeof sayPrice>[1];
};

const Row = ({ line, isTaken, onTake, words }: RowProps): ReactElement => {
  const { position, sku, description, before, says, change } = line;
  const move = moveOf(line);
  const name = `${sku ?? ''} ${description ?? ''}`.trim() || `line ${position ?? ''}`;
  return (
    <tr>
      <td>{canTake(line) && <input type="checkbox" aria-label={`Take ${name}`} checked={isTaken} onChange={onTake} />}</td>
      <td className="num muted">{position}</td>
      <td className="line">{name}</td>
      <td className="num">{before === null ? '' : sayPrice(before, words)}</td>
      <td className="num">{says === null ? '' : isTaken ? <b>{sayPrice(says, words)}</b> : sayPrice(says, words)}</td>
      <td className="num">{move === null ? '' : `${move > 0 ? '+' : ''}${sayPercent(move, words)}`}</td>
      <td className={change === 'conflict' || change === 'unpriced' ? 'warning-t' : 'muted'}>{WORDS[change]}</td>
    </tr>
  );
};

type Props = {
  readonly table: DocumentTable;
  readonly id: string;
  readonly onTake: (lines: readonly string[]) => void;
  readonly onClose: () => void;
};

export const RepriceDialog = ({ table, id, onTake, onClose }: Props): ReactElement => {
  const { data, error, refetch } = useEngine('prices.repricing', { table, id }, { tables: [table, 'prices', 'price_lists'] });
  const words = { format: useFormat() };
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const rows = data?.rows ?? [];
  const isTaken = (line: Line): boolean => canTake(line) && (chosen.get(line.line) ?? isTakenFirst(line));
  const taken = rows.filter(isTaken).map(({ line }) => line);
  const choose = (lines: readonly Line[], to: boolean): void =>
    setChosen(new Map([...chosen, ...lines.map(({ line }) => [line, to] as const)]));
  const open = rows.filter(canTake);
  const refusal = data === undefined ? 'Reading the prices.' : taken.length === 0 ? 'No line is taken.' : undefined;
  return (
    <Dialog
      title="Price again"
      isWide
      onClose={onClose}
      foot={
        <StepFoot
          label={`Take ${taken.length} ${taken.length === 1 ? 'price' : 'prices'}`}
          blocked={refusal ?? null}
          isFirst
          onDone={() => onTake(taken)}
          onClose={onClose}
        />
      }
    >
      {error && <ErrorBar error={error} onRetry={() => void refetch()} />}
      <table className="mini reprice">
        <thead>
          <tr>
            <th scope="col">
              {open.length > 0 ? (
                <input
                  type="checkbox"
                  aria-label="Take all"
                  checked={open.every(isTaken)}
                  onChange={(event) => choose(open, event.target.checked)}
                />
              ) : (
                <span className="vh">Take</span>
              )}
            </th>
            <th scope="col" className="num">
              #
            </th>
            <th scope="col">Line</th>
            <th scope="col" className="num">
              On the line
            </th>
            <th scope="col" className="num">
              Now
            </th>
            <th scope="col" className="num">
              Change
            </th>
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((line) => (
            <Row
              key={line.line}
              line={line}
              words={words}
              isTaken={isTaken(line)}
              onTake={() => choose([line], !isTaken(line))}
            />
          ))}
        </tbody>
      </table>
      {data !== undefined && (
        <p className="muted">
          {open.length === 0
            ? 'There is nothing to take: no price says anything else.'
            : 'What is taken is one step: Undo brings all of it back. Prices set by hand stay unless they are ticked.'}
        </p>
      )}
    </Dialog>
  );
};
