/**
 * What a window asks of its host and not of the engine: which file is open, dialogs, repair. Same frames, same
 * parsing, small on purpose: it must work while no engine does.
 */
import { z } from 'zod';
import { noticeKey } from '../contract/shapes.ts';
import { command, errorCodes, none, query, type ClientOf, type ServiceOf } from '../contract/define.ts';

const failure = z.object({ code: z.enum(errorCodes), message: z.string(), details: z.unknown() });

/** A copy of the file made by the workbench, newest first. */
const backup = z.object({ path: z.string(), at: z.number().int(), bytes: z.number().int() });

export const engineStatus = z.object({
  /** `locked`: another engine holds the file; this host takes over when that one ends. */
  state: z.enum(['starting', 'ready', 'crashed', 'locked', 'repair', 'stopped']),
  file: z.string(),
  /** In words, for `crashed` and `repair`: how the engine ended. */
  reason: z.string().nullable(),
  /** Crashes within the last minute. */
  crashes: z.number().int(),
  error: failure.nullable(),
});
export type EngineStatus = z.output<typeof engineStatus>;

export const hostContract = {
  'host.info': query(
    'Which host this is, and why; how its engine stands',
    none,
    z.object({
      kind: z.enum(['electron', 'browser']),
      versions: z.record(z.string(), z.string()),
      /** Why this host was chosen, in one line. */
      why: z.string(),
      platform: z.string(),
      file: z.string(),
      which: z.enum(['own', 'sample']),
      status: engineStatus,
    }),
  ),
  'host.open': command(
    "Switch to the person's own file or to the sample file beside it",
    z.strictObject({ which: z.enum(['own', 'sample']) }),
    none,
  ),
  'host.backups': query('Copies of the open file, newest first', none, z.object({ backups: z.array(backup) })),
  'host.repair': command(
    'Try a failed start again, open a copy, or set a damaged file aside. Nothing is ever deleted',
    z.discriminatedUnion('action', [
      z.strictObject({ action: z.literal('retry') }),
      /** A copy of this file, or a workbench file from elsewhere, by its full path. At any time, not only after a failure. */
      z.strictObject({ action: z.literal('backup'), path: z.string().min(1).max(4096) }),
      z.strictObject({ action: z.literal('aside') }),
    ]),
    /** Where the file that was here lies now. */
    z.object({ aside: z.string().nullable() }),
  ),
  'host.pick': command(
    'Ask the person for a file, a folder or a place to save; null when they cancel',
    z.strictObject({
      kind: z.enum(['file', 'folder', 'save']),
      title: z.string().max(200).nullable().default(null),
      suggest: z.string().max(4096).nullable().default(null),
      filters: z
        .array(z.strictObject({ name: z.string().max(60), extensions: z.array(z.string().regex(/^[a-z0-9]{1,10}$/)).max(20) }))
        .max(10)
        .default([]),
    }),
    z.object({ path: z.string().nullable() }),
  ),
  'host.reveal': command(
    'Show a file in its folder; where the host cannot, an address of this origin that downloads an export, once',
    z.strictObject({ path: z.string().min(1).max(4096) }),
    z.object({ url: z.string().nullable() }),
  ),
  'host.paste': command(
    'Paste what the system has on its clipboard where the focus of this window is, as its key does. Browsers let no host do it',
    none,
    none,
  ),
  'host.notify': command(
    'How many things are due, for the badge of the app, and notices of the system. Where the host has none, the page shows them',
    z.strictObject({
      badge: z.int().nonnegative(),
      notices: z.array(z.strictObject({ key: noticeKey, title: z.string().max(200), body: z.string().max(400) })).max(20),
    }),
    /** Whether the system was given them. */
    z.object({ shown: z.boolean() }),
  ),
  'host.focus': command('Bring the window to the front', none, none),
};

export const hostEvents = {
  'host.status': engineStatus,
  /** A notice of the system was clicked. */
  'host.notice': z.object({ key: z.string() }),
  /** A menu item was chosen: the id of a user command (shared/commands.ts). */
  'host.command': z.object({ id: z.string() }),
};

export type HostContract = typeof hostContract;
export type HostClient = ClientOf<HostContract>;
export type HostHandlers = ServiceOf<HostContract, 'query' | 'command'>;
export type HostEvents = { [K in keyof typeof hostEvents]: z.output<(typeof hostEvents)[K]> };
