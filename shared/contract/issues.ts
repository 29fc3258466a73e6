/**
 * What a schema has against its input, in words a person can use: said in one place, because whoever types a query, a
 * recipe or a command meets these messages and has never heard of schemas.
 */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** `files[2].columns.Qty`: how a person finds the place. */
export const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`),
    '',
  );

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'nothing',
};

const formats: Readonly<Record<string, string>> = {
  uuid: 'an id',
  date: 'a day such as 2026-03-14',
  datetime: 'a moment such as 2026-03-14T09:30:00Z',
  email: 'an e-mail address',
  url: 'a web address',
};

const counted = (count: number | bigint, one: string): string => `${count} ${one}${Number(count) === 1 ? '' : 's'}`;

const units: Readonly<Record<string, string>> = { string: 'character', array: 'entry', set: 'entry' };

const amount = (origin: string, count: number | bigint): string => {
  const unit = units[origin];
  return unit === undefined ? String(count) : counted(count, unit).replace(/entrys$/, 'entries');
};

const tooSmall = ({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): string => {
  if (units[origin] === undefined) return inclusive === false ? `must be more than ${minimum}` : `must be ${minimum} or more`;
  return Number(minimum) === 1 ? 'is empty' : `is too short: it takes ${amount(origin, minimum)} or more`;
};

const tooBig = ({ origin, maximum, inclusive }: z.core.$ZodIssueTooBig): string => {
  if (units[origin] !== undefined) return `is too long: it takes ${amount(origin, maximum)} at most`;
  return inclusive === false ? `must be less than ${maximum}` : `must be ${maximum} at most`;
};

const wrongType = ({ expected, message }: z.core.$ZodIssueInvalidType): string =>
  message.endsWith('received undefined') ? 'is missing' : `must be ${kinds[expected] ?? expected}`;

/** Of a choice between shapes: what the nearest one has against it, where only one has a single objection. */
const union = ({ errors }: z.core.$ZodIssueInvalidUnion): string => {
  const types = errors.map(([first, ...more]) =>
    first?.code === 'invalid_type' && first.path.length === 0 && more.length === 0 ? kinds[first.expected] : undefined,
  );
  const known = types.filter((type) => type !== undefined);
  return known.length > 0 && known.length === types.length
    ? `must be ${[...new Set(known)].join(' or ')}`
    : 'is in none of the forms it can have';
};

/** A pattern says itself what it takes, where somebody gave it words; those of zod begin so. */
const wrongFormat = ({ format, message }: z.core.$ZodIssueInvalidStringFormat): string => {
  if (formats[format] !== undefined) return `must be ${formats[format]}`;
  return message.startsWith('Invalid ') ? 'is not written as it has to be' : message;
};

/** What is wrong, to be said after the place: `is empty`, `must be a number`. */
export const sayIssue = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue);
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}`
        : `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_format':
      return wrongFormat(issue);
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return `has what is not known here: ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return union(issue);
    case 'invalid_key':
    case 'invalid_element':
      return 'has an entry that cannot be used';
    case 'custom':
      return issue.message;
  }
};
