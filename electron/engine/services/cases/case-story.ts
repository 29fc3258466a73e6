/** The events of an issue as a person reads them: newest first, each in words, with the time it happened and was noted. */
import type { OutputOf } from '../../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../../shared/contract/index.ts';
import { complaintSteps } from '../../../../shared/domain/sla/complaint.ts';
import { channels, clockNames, waitsOn } from '../../../../shared/domain/sla/kinds.ts';
import { inOrder } from '../../../../shared/domain/sla/story.ts';
import type { CaseEvent } from '../../../../shared/domain/sla/types.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { textOf } from '../billing/receivables.ts';

type Told = OutputOf<WorkbenchContract['cases.story']>['events'][number];
type Words = readonly { readonly key: string; readonly label: string }[];

const labelOf = (words: Words, key: unknown): string | null => words.find((one) => one.key === key)?.label ?? null;

const nameOf = (person: unknown, read: Reader): string | null =>
  typeof person === 'string' ? textOf(read.get('people', person)?.['name']) : null;

/** What an event says beside its kind. */
const sayEvent = (row: StoredRow, read: Reader): string | null => {
  const parts = [
    labelOf(complaintSteps, row['step']),
    labelOf(clockNames, row['clock']),
    row['kind'] === 'paused' ? `Waits for: ${labelOf(waitsOn, row['waiting_on'])?.toLowerCase() ?? ''}` : null,
    nameOf(row['to_person_id'], read),
    textOf(row['reason']),
    textOf(row['note']),
  ];
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? null : said.join(' · ');
};

export const tellEvent = (rows: readonly StoredRow[], events: readonly CaseEvent[], read: Reader): Told[] => {
  const happened = new Map(inOrder(events).map(({ id, at }) => [id, at]));
  return rows
    .map((row): Told => {
      const noted = Number(row['at']);
      const at = happened.get(row.id) ?? noted;
      return {
        id: row.id,
        kind: String(row['kind']),
        at,
        recorded: Number(row['recorded_at'] ?? noted),
        is_corrected: at !== noted,
        by: nameOf(row['person_id'], read),
        text: sayEvent(row, read),
        resume_on: textOf(row['resume_on']),
        channel: labelOf(channels, row['channel']),
      };
    })
    .toSorted((a, b) => b.at - a.at || b.recorded - a.recorded || (a.id < b.id ? 1 : -1));
};
