/**
 * Files dropped anywhere on the window go to the import desk. Nothing dropped ever navigates: what the page does not
 * take is refused, and the window stays what it was.
 */
import { create } from 'zustand';
import { openFiles } from '../features/import/open.ts';
import { openScreen } from '../state/tabs.ts';

/** A file is over the window. */
export const useDropping = create<{ readonly isOver: boolean }>(() => ({ isOver: false }));

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;

/** The desk is there to take it; the first run and the repair page are not. */
const canTake = (): boolean => document.querySelector('.app') !== null && document.querySelector('[role="dialog"]') === null;

const show = (isOver: boolean): void => {
  if (useDropping.getState().isOver !== isOver) useDropping.setState({ isOver });
};

const onDragOver = (event: DragEvent): void => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const isTaken = canTake();
  if (event.dataTransfer) event.dataTransfer.dropEffect = isTaken ? 'copy' : 'none';
  show(isTaken);
};

/** Left the window, not just an element of it. */
const onDragLeave = (event: DragEvent): void => {
  if (event.relatedTarget === null) show(false);
};

const onDrop = (event: DragEvent): void => {
  show(false);
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length === 0 || !canTake()) return;
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
