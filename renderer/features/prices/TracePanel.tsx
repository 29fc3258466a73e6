/**
 * Why a line costs what it costs (RULES.md P1, P8): the levels that were asked and the one that answered, every step to
 * the price, what the next quantity would cost, and how far the margin lets it go down. It follows the line in focus.
 */
import type { ReactElement } from 'react';
import type { LineTable } from '../../../shared/model/documents.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { useFormat } from '../../client/info.ts';
import { runCommand, useCommandRegistry } from '../../state/commands.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { KeyValue, type Pair } from '../../ui/KeyValue.tsx';
import { deciding, showPrice } from './showPrice.ts';
import * as say from './words.ts';
import '../record/record.css';
import './prices.css';

/** What a price is made from: it is explained anew when one of them changes. */
const behind: readonly TableName[] = [
  'orders',
  'quotes',
  'order_lines',
  'quote_lines',
  'prices',
  'price_lists',
  'promotions',
  'products',
  'product_groups',
  'product_units',
  'accounts',
  'settings',
];

const Rows = ({ rows, label, words }: { rows: readonly say.Row[]; label: string; words: say.Words }): ReactElement => (
  <table className="mini trace" aria-label={label}>
    <tbody>
      {rows.map(({ key, at, name, note, price, isHit }) => (
        <tr key={key} className={isHit ? 'hit' : undefined}>
          <td className="num">{at}</td>
          <td>
            {isHit ? <b>{name}</b> : name} <span className={isHit ? 't2' : 'muted'}>{note}</span>
          </td>
          <td className={isHit ? 'num' : 'num muted'}>{price === null ? '' : say.sayPrice(price, words)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** What the prices say where the line says something else, and the way to take it. */
const Differs = ({ traced, words }: { traced: say.Traced; words: say.Words }): ReactElement | null => {
  const canTake = useCommandRegistry(({ handlers }) => (handlers.get('price.take')?.length ?? 0) > 0);
  const now = traced.trace?.price ?? null;
  const { by, price, why } = traced;
  if (by !== 'hand' && (now === null || now === price)) return null;
  const told = by === 'hand' ? 'Set by hand: it stays when quantity, day or customer change.' : 'This price came with the line.';
  return (
    <div className="reason">
      {why !== null && <p>Why: {why}</p>}
      <p>
        {told} {now === null ? 'The prices say nothing.' : <b>The prices now say {say.sayPrice(now, words)}.</b>}
      </p>
      {now !== null && now !== price && canTake && (
        <div>
          <Button kind="primary" command="price.take" onClick={() => void runCommand('price.take')}>
            Take {say.sayPrice(now, words)}
          </Button>
        </div>
      )}
    </div>
  );
};

const pairsOf = (traced: say.Traced, words: say.Words): readonly Pair[] => {
  const { trace, margin, hash, price } = traced;
  if (trace === null) return [];
  const isPriced = trace.outcome === 'priced';
  const found: readonly (readonly [string, string])[] = [
    ['Valid', isPriced && trace.level !== null ? say.validity(trace, words) : ''],
    ['Discounts', say.passedOver(trace)],
    ['Next break', say.nextBreak(trace, words)],
    ['Quote', trace.excess > 0 ? `${say.sayQty(trace.excess, words)} more than it still holds` : ''],
    ['Margin', margin === null ? '' : say.marginText(margin, words)],
    ['Room', margin === null ? '' : say.roomText(price, margin.least, words)],
  ];
  return [
    ...found.filter(([, value]) => value !== '').map(([label, value]) => ({ label, value })),
    ...(hash === null ? [] : [{ label: 'Check', value: <code className="hash">{hash}</code> }]),
  ];
};

const Explained = ({ traced, words }: { traced: say.Traced; words: say.Words }): ReactElement => {
  const { trace } = traced;
  if (trace === null) return <EmptyState text="This line has no product yet, so there is no price to look for." />;
  const rules = deciding(trace);
  const rows = say.steps(trace, words);
  // A base price alone is said by the level that gave it.
  const hasSteps = rows.length > 1 || rows.some(({ note }) => note !== '');
  return (
    <>
      <Differs traced={traced} words={words} />
      {trace.outcome === 'unpriced' && (
        <p className="sec warning-t">No list has a price for this line. It cannot be confirmed before it has one.</p>
      )}
      {trace.outcome === 'conflict' && (
        <p className="sec warning-t">Nothing tells these prices apart, so neither is taken. Change one of them.</p>
      )}
      <section className="sec">
        <h3 className="h3">Where it was looked for</h3>
        <Rows rows={say.lookRows(trace, words)} label="Where the price was looked for" words={words} />
      </section>
      {hasSteps && (
        <section className="sec">
          <h3 className="h3">Steps</h3>
          <Rows rows={rows} label="Steps to the price" words={words} />
        </section>
      )}
      <section className="sec">
        <KeyValue pairs={pairsOf(traced, words)} />
      </section>
      {rules.length > 0 && (
        <div className="sec trace-b">
          {rules.map((rule, at) => (
            <Button key={rule.id} icon="open" onClick={() => showPrice(rule)}>
              {rules.length === 1 ? 'Open price' : `Open price ${at + 1}`}
            </Button>
          ))}
        </div>
      )}
    </>
  );
};

type Props = { readonly table: TableName; readonly id: string; readonly onClose: () => void };

export const TracePanel = ({ table, id, onClose }: Props): ReactElement => {
  const { data, error, refetch } = useEngine(
    'prices.trace',
    { table: table as LineTable, line: id },
    { tables: behind, isKept: true },
  );
  const format = useFormat(data?.asked?.currency ?? null);
  const words: say.Words = { format, lists: data?.lists ?? {}, uom: data?.asked?.uom ?? '' };
  const title = data === undefined ? 'Price' : say.headText(data, words);
  return (
    <>
      <div className="peek-head">
        <h2 title={title}>{title}</h2>
        <div className="acts">
          <Kbd of="price.trace" />
          <IconButton icon="x" label="Close panel" command="peek.show" onClick={onClose} />
        </div>
      </div>
      <div className="peek-body" data-testid="price-trace">
        {error !== null && <ErrorBar error={error} onRetry={() => void refetch()} />}
        {data !== undefined && <p className="trace-of muted">{say.askedText(data, words)}</p>}
        {data !== undefined && <Explained traced={data} words={words} />}
      </div>
    </>
  );
};
