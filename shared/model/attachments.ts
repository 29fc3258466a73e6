/** Files kept with records: what they are, and apart from that their bytes, which nothing reads but who opens one. */
import { attachmentKinds } from '../domain/attachments.ts';
import { choice, field, link, ref } from './field.ts';
import { table } from './table.ts';

const given = { entry: 'command' } as const;

export const attachments = table({
  name: 'attachments',
  one: 'File',
  many: 'Files',
  scope: 'account',
  title: 'name',
  fields: {
    about: ref(
      'About',
      ['accounts', 'partners', 'quotes', 'orders', 'bookings', 'invoices', 'disputes', 'cases', 'claims', 'returns'],
      { ...given, required: true },
    ),
    name: field('text', 'Name', { ...given, required: true, width: 200 }),
    kind: choice('Kind', attachmentKinds, { ...given, width: 110 }),
    /** Media type. */
    type: field('text', 'Type', given),
    /** Bytes. */
    size: field('integer', 'Size', given),
    hash: field('text', 'SHA-256', given),
    at: field('instant', 'Added', { ...given, width: 116 }),
    person_id: link('By', 'people', { ...given, width: 110 }),
  },
});

export const attachment_contents = table({
  name: 'attachment_contents',
  one: 'Content of a file',
  many: 'Contents of files',
  scope: 'account',
  owner: 'attachment_id',
  title: 'attachment_id',
  insertOnly: true,
  fields: {
    attachment_id: link('File', 'attachments', { ...given, required: true }),
    /** Base64. */
    content: field('note', 'Content', given),
  },
});
