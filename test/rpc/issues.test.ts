/** What a schema has against its input is said in plain words. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from '../../shared/contract/index.ts';
import { placeOf, sayIssue } from '../../shared/contract/issues.ts';

const first = (schema: z.ZodType, value: unknown): string => {
  const issue = schema.safeParse(value).error?.issues[0];
  return issue ? `${placeOf(issue.path)} ${sayIssue(issue)}`.trim() : 'nothing';
};

describe('what is wrong with an input', () => {
  it.each([
    ['nothing typed', z.strictObject({ sql: z.string().min(1) }), { sql: '' }, 'sql is empty'],
    ['too little typed', z.string().min(3), 'ab', 'is too short: it takes 3 characters or more'],
    ['too much typed', z.string().max(2), 'abc', 'is too long: it takes 2 characters at most'],
    ['too many', z.array(z.string()).max(1), ['a', 'b'], 'is too long: it takes 1 entry at most'],
    ['another version', z.strictObject({ v: z.literal(1) }), { v: 2 }, 'v must be 1'],
    ['no choice', z.enum(['a', 'b']), 'c', 'must be one of a, b'],
    ['a part left out', z.strictObject({ id: z.uuid() }), {}, 'id is missing'],
    ['a part too many', z.strictObject({}), { b: 1 }, 'has what is not known here: b'],
    ['text for a number', z.strictObject({ n: z.int() }), { n: 'x' }, 'n must be a number'],
    ['half a thing', z.int(), 1.5, 'must be a whole number'],
    ['a number too large', z.number().max(3), 5, 'must be 3 at most'],
    ['a number too small', z.number().positive(), 0, 'must be more than 0'],
    ['no id', z.array(z.uuid()), ['x'], '[0] must be an id'],
    ['no day', z.iso.date(), 'soon', 'must be a day such as 2026-03-14'],
    ['neither of two kinds', z.union([z.string(), z.int()]), true, 'must be text or a number'],
    ['neither of two forms', z.union([z.strictObject({ a: z.int() }), z.string()]), 1, 'must be an object or text'],
    ['words of its own', z.string().refine(() => false, 'says so'), 'x', 'says so'],
    ['another form', z.string().regex(/^a/), 'b', 'is not written as it has to be'],
    ['a form with words', z.string().regex(/^a/, 'begins with a'), 'b', 'begins with a'],
  ] as const)('%s', (_, schema, value, said) => {
    expect(first(schema, value)).toBe(said);
  });

  it('is never said in the words of a schema, whatever a method is asked', () => {
    const odd: readonly unknown[] = [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { id: 1, sql: '', table: 9, filter: { flag: 'x' }, more: 1 },
    ];
    for (const { input } of Object.values(contract))
      for (const value of odd)
        for (const issue of input.safeParse(value).error?.issues ?? [])
          expect(sayIssue(issue)).not.toMatch(/Invalid|expected|received|undefined|>=|<=|\/\^/);
  });
});
