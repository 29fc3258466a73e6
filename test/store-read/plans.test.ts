/** No statement that runs while a person waits reads a large table from end to end. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillFile } from '../bench/grid-data.ts';
import { gridStatements, planFaults } from '../bench/plans.ts';
import { newFile, type TestFile } from './file.ts';

let file: TestFile;
beforeAll(() => {
  file = newFile();
  fillFile(file.db, 1000);
});
afterAll(() => file.close());

describe('the plan guard', () => {
  it('passes every statement of registers, pages, look-ups and search', () => {
    const bad = gridStatements(file.reader).flatMap((statement) =>
      planFaults(file.reader, statement).map((fault) => `${statement.name}: ${fault}`),
    );
    expect(bad).toEqual([]);
  });

  it('sees a scan, and a sort for a group', () => {
    expect(planFaults(file.reader, { name: '', sql: 'SELECT * FROM order_lines t WHERE t.qty = 1', scans: [] })).toHaveLength(1);
    expect(
      planFaults(file.reader, { name: '', sql: 'SELECT count(*) FROM order_lines t GROUP BY t.qty', scans: ['t'] }),
    ).toHaveLength(1);
  });
});
