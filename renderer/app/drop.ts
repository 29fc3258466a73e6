/**
 * Files dropped on the page of a record are kept with it; dropped anywhere else they go to the import desk. Nothing dropped
 * ever navigates: what the page does not take is refused, and the window stays what it was.
 */
import { create } from 'zustand';
import { attachFiles } from '../features/files/attach.ts';
import { openFiles } from '../features/import/open.ts';
import { openScreen } from '../state/tabs.ts';

/** A file is over the window, and where it would go. */
export const useDropping = create<{ readonly to: 'import' | 'record' | null }>(() => ({ to: null }));

/** `<table>/<id>` of the record whose page it is over. */
const recordUnder = ({ target }: DragEvent): string | null =>
  target instanceof Element ? (target.closest('[data-attach]')?.getAttribute('data-attach') ?? null) : null;

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** The desk is there to take it; the first run and the repair page are not. */
const canTake = (): boolean => document.querySelector('.app') !== null && document.querySelector('[role="dialog"]') === null;

const show = (to: 'import' | 'record' | null): void => {
  if (useDropping.getState().to !== to) useDropping.setState({ to });
};

const onDragOver = (event: DragEvent): void => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const isTaken = canTake();
  if (event.dataTransfer) event.dataTransfer.dropEffect = isTaken ? 'copy' : 'none';
  show(isTaken ? (recordUnder(event) === null ? 'import' : 'record') : null);
};

/** Left the window, not just an element of it. */
const onDragLeave = (event: DragEvent): void => {
  if (event.relatedTarget === null) show(null);
};

const onDrop = (event: DragEvent): void => {
  show(null);
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length === 0 || !canTake()) return;
  const record = recordUnder(event);
  if (record !== null) return void attachFiles(record, files);
  openScreen('import');
  void openFiles(files.map((file) => ({ file, path: window.workbenchShell?.pathOf?.(file) ?? null })));
};

/** Starts listening; returns how to stop. */
export const followDrops = (): (() => void) => {
  window.addEventListener('dragover', onDragOver);
  window.addEventListener('dragleave', onDragLeave);
  window.addEventListener('drop', onDrop);
  return () => {
    window.removeEventListener('dragover', onDragOver);
    window.removeEventListener('dragleave', onDragLeave);
    window.removeEventListener('drop', onDrop);
  };
};
