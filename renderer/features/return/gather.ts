/** What was typed into the box of a return, as it is asked for; or what is wrong with it. */
import type { ArgsOf, OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { operationOf, type ReturnOperation } from '../../../shared/domain/returns/states.ts';
import type { useReading } from '../record/useReading.ts';

export type ReturnLine = OutputOf<WorkbenchContract['returns.returnable']>['lines'][number];
export type ReturnAsked = Omit<ArgsOf<WorkbenchContract['returns.ask']>, 'order' | 'screen'>;

/** As it stands in the fields. */
export type Typed = {
  readonly operation: ReturnOperation;
  readonly reason: string;
  readonly override: string;
  readonly fee: string;
  readonly received: string;
  /** Quantities by line. */
  readonly quantities: Readonly<Record<string, string>>;
};

/** All of the credit, in millionths. */
const WHOLE = 1_000_000;

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const isAsked = (line: ReturnLine, { quantities }: Typed): boolean => (quantities[line.line] ?? '').trim() !== '';

/** Whether something is asked back after its last day: that needs its reason. */
export const isLate = (lines: readonly ReturnLine[], typed: Typed): boolean =>
  lines.some((line) => line.is_late && isAsked(line, typed));

export const gather = (lines: readonly ReturnLine[], typed: Typed, read: ReturnType<typeof useReading>): ReturnAsked | string => {
  const { operation, reason, override } = typed;
  const quantities = lines
    .filter((line) => isAsked(line, typed))
    .map(({ line, position }) => ({ line, ...read('decimal', `Line ${position ?? ''}`, typed.quantities[line] ?? '') }));
  const fee = operationOf(operation)?.isCredited === true ? read('percent', 'Restocking fee %', typed.fee) : null;
  const share = typeof fee?.value === 'number' ? fee.value : null;
  const comesBack = operationOf(operation)?.comesBack !== false;
  const received = comesBack && typed.received.trim() !== '' ? read('date', 'Came back on', typed.received) : null;
  const bad = quantities.find(({ error }) => error !== null)?.error ?? fee?.error ?? received?.error ?? null;
  if (bad !== null) return `${bad}.`;
  if (share !== null && (share < 0 || share > WHOLE)) return 'The restocking fee is a share of the credit: 0 to 100 %.';
  const said = quantities.flatMap(({ line, value }) => (typeof value === 'number' && value > 0 ? [{ line, qty: value }] : []));
  if (said.length === 0) return 'Type a quantity on a line.';
  if (reason.trim() === '') return 'Say why it comes back.';
  if (isLate(lines, typed) && override.trim() === '') return 'Say why it is taken back after its last day.';
  return {
    lines: said,
    operation,
    reason: reason.trim(),
    override: textOrNull(override),
    fee: share,
    received: typeof received?.value === 'string' ? received.value : null,
  };
};
