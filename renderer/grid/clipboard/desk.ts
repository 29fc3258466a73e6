/**
 * The clipboard of one grid: the page's own copy, cut and paste events while a cell has the focus and no editor is open,
 * and the same by name from menus. Reading the clipboard needs no permission that way; a menu that would need one says so.
 */
import type { RefObject } from 'react';
import { client, host, onEdit } from '../../client/client.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { showKeys } from '../../ui/platform.ts';
import type { MountedGrid } from '../ag/mount.ts';
import type { CopyKind } from './copying.ts';
import { copySelection } from './copying.ts';
import { endCut } from './cut.ts';
import type { Clipped, PasteHost, PasteMode } from './paste.ts';
import { headersOf, isTooMuch, mostRows, paste, readClip } from './paste.ts';
import { ownType } from './payload.ts';
import { beginPaste, endPaste } from './session.ts';

export type ClipboardHost = Omit<PasteHost, 'grid'> & {
  /** More than one paste writes: the Import screen takes it. */
  readonly onTooMuch: ((text: string) => void) | null;
};

/** A paste that asks how. */
export type Special = { readonly clip: Clipped; readonly hasHeaders: boolean };

type Parts = {
  readonly grid: RefObject<MountedGrid | null>;
  readonly element: RefObject<HTMLElement | null>;
  readonly host: RefObject<ClipboardHost>;
  readonly ask: (special: Special | null) => void;
};

/** How long the event of a paste may take to follow its key. */
const eventMs = 300;

const fail = (error: unknown): void => say(messageOf(error), { tone: 'danger' });

const runPaste = async (open: MountedGrid, host: ClipboardHost, clip: Clipped, mode: PasteMode): Promise<void> => {
  const board: PasteHost = { ...host, grid: open };
  endPaste();
  const outcome = await paste(board, clip, mode);
  if (!outcome) return;
  const again = async (step: number | null): Promise<void> => {
    const { undo } = await client['undo.state']({});
    if (step === null || undo?.step !== step) return;
    await client['undo.undo']({});
    await runPaste(open, host, clip, 'headers');
  };
  const canMap = mode === 'values' && headersOf(clip, host.columns) !== null;
  await beginPaste(client, {
    outcome,
    source: host.source,
    columnsShown: host.columns,
    byHeaders: canMap ? () => void again(outcome.step).catch(fail) : null,
  });
};

/** What the clipboard holds, asked for by a menu of a page in a browser. */
const readLater = async (): Promise<Clipped> => {
  const [item] = await navigator.clipboard.read();
  const part = async (type: string): Promise<string> =>
    item?.types.includes(type) === true ? (await item.getType(type)).text() : '';
  return readClip(await part('text/plain'), await part('text/html'), '');
};

export class ClipboardDesk {
  /** Until when the next paste asks how: its key was pressed. */
  private specialUntil = 0;

  constructor(private readonly parts: Parts) {}

  /** Listens to the page; returns how to stop. */
  follow(): () => void {
    const copied = (event: ClipboardEvent): void => this.onCopy(event);
    const pasted = (event: ClipboardEvent): void => this.onPaste(event);
    const pressed = (event: KeyboardEvent): void => this.onKeyDown(event);
    document.addEventListener('copy', copied);
    document.addEventListener('cut', copied);
    document.addEventListener('paste', pasted);
    document.addEventListener('keydown', pressed, { capture: true });
    // What was copied can be pasted again and again; whatever else is done ends it, as in any spreadsheet.
    const stop = onEdit((source) => {
      if (source !== 'paste') this.endCopy();
    });
    return () => {
      stop();
      document.removeEventListener('copy', copied);
      document.removeEventListener('cut', copied);
      document.removeEventListener('paste', pasted);
      document.removeEventListener('keydown', pressed, { capture: true });
    };
  }

  /** By name, from a menu: a key brings its own event. False where a cell is being typed into. */
  copy(kind: CopyKind): boolean {
    const open = this.named();
    if (open) copySelection(open, this.parts.host.current, kind, null);
    return open !== null;
  }

  /**
   * By name, from a menu. A desktop window is asked to paste where the focus is, which brings the event of the key; a
   * browser may let the page read the clipboard, for it was asked by a press.
   */
  paste(isSpecial: boolean): boolean {
    const open = this.named();
    if (!open) return false;
    if (window.workbenchShell !== undefined) {
      if (isSpecial) this.specialUntil = performance.now() + eventMs;
      host['host.paste']({}).catch(fail);
      return true;
    }
    readLater()
      .then((clip) => this.take(open, clip, isSpecial))
      .catch(() =>
        say(
          `The browser does not let this page read the clipboard. Press ${showKeys(isSpecial ? 'grid.paste-special' : 'grid.paste')}: a key may paste.`,
        ),
      );
    return true;
  }

  /** The key of paste special: its event follows at once, where the window has one for it; else the clipboard is asked. */
  expectSpecial(): void {
    if (!this.current()) return;
    this.specialUntil = performance.now() + eventMs;
    setTimeout(() => {
      if (this.specialUntil === 0) return;
      this.specialUntil = 0;
      this.paste(true);
    }, eventMs);
  }

  /** What was asked about is pasted this way. */
  choose({ clip }: Special, mode: PasteMode): void {
    const open = this.named();
    if (open) runPaste(open, this.parts.host.current, clip, mode).catch(fail);
  }

  /** The grid, where a cell of it has the focus and is not being typed into. */
  private current(): MountedGrid | null {
    const open = this.parts.grid.current;
    const { activeElement } = document;
    const isInCell = this.parts.element.current?.contains(activeElement) === true && activeElement?.closest('.ag-cell') != null;
    return open && isInCell && !open.isEditing() ? open : null;
  }

  /** The grid, with the focus back in it. */
  private named(): MountedGrid | null {
    const open = this.parts.grid.current;
    if (!open || open.isEditing()) return null;
    open.focus();
    return open;
  }

  private onCopy(event: ClipboardEvent): void {
    const open = this.current();
    if (!open || !event.clipboardData) return;
    event.preventDefault();
    copySelection(open, this.parts.host.current, event.type === 'cut' ? 'cut' : 'copy', event.clipboardData);
  }

  private onPaste(event: ClipboardEvent): void {
    const open = this.current();
    const data = event.clipboardData;
    if (!open || !data) return;
    event.preventDefault();
    const isSpecial = performance.now() < this.specialUntil;
    this.specialUntil = 0;
    if (!data.types.includes('text/plain')) return say('There is no text on the clipboard.');
    const clip = readClip(data.getData('text/plain'), data.getData('text/html'), data.getData(ownType));
    this.take(open, clip, isSpecial);
  }

  private onKeyDown(event: KeyboardEvent): void {
    const open = event.key === 'Escape' ? this.current() : null;
    if (!open?.hasCopied()) return;
    event.preventDefault();
    event.stopPropagation();
    this.endCopy();
  }

  /** The line around what was copied goes, and nothing moves with the next paste. */
  private endCopy(): void {
    endCut();
    const open = this.parts.grid.current;
    if (open?.hasCopied()) open.markCopied(null);
  }

  private take(open: MountedGrid, clip: Clipped, isSpecial: boolean): void {
    const host = this.parts.host.current;
    if (isTooMuch(clip)) {
      const rows = mostRows.toLocaleString();
      say(
        host.onTooMuch
          ? `More than ${rows} rows are imported, with a look at them first.`
          : `More than ${rows} rows cannot be pasted here.`,
      );
      host.onTooMuch?.(clip.text);
    } else if (isSpecial) this.parts.ask({ clip, hasHeaders: headersOf(clip, host.columns) !== null });
    else runPaste(open, host, clip, 'values').catch(fail);
  }
}
