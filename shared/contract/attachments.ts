/** Files kept with a record. */
import { z } from 'zod';
import { attachmentKinds, MAX_ATTACHMENT_BYTES } from '../domain/attachments.ts';
import { command, query } from './define.ts';
import { changed, id } from './shapes.ts';

const screen = z.string().max(100).nullable().default(null);
/** `<table>/<id>`. */
const about = z.string().regex(/^[a-z_]{1,40}\/[0-9a-f-]{36}$/);
/** Four characters for three bytes. */
const base64 = z.base64().max(Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4);

export const attachments = {
  'attachments.add': command(
    'Keep a file with a record',
    z.strictObject({
      about,
      name: z.string().min(1).max(1000),
      /** Null = what its name says. */
      kind: z
        .enum(attachmentKinds.map(({ key }) => key))
        .nullable()
        .default(null),
      content: base64,
      screen,
    }),
    changed.extend({ id: z.string(), name: z.string() }),
  ),
  'attachments.remove': command('Remove a file from its record', z.strictObject({ id, screen }), changed),
  'attachments.save': command(
    'Write a kept file out: to a full path, or under its name into the folder exports beside the open file',
    z.strictObject({ id, to: z.string().min(1).max(4096).nullable().default(null) }),
    z.object({ path: z.string() }),
  ),
  'attachments.list': query(
    'The files kept with a record, newest first',
    z.strictObject({ about }),
    z.object({
      files: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          /** In words. */
          kind: z.string().nullable(),
          type: z.string().nullable(),
          /** Bytes. */
          size: z.int(),
          at: z.int().nullable(),
          by: z.string().nullable(),
        }),
      ),
    }),
  ),
  'attachments.read': query(
    'The bytes of a kept file',
    z.strictObject({ id }),
    z.object({ name: z.string(), type: z.string(), content: z.string() }),
  ),
};
