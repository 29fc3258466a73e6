/** Marks cells that just changed. Rows that are being scrolled to are marked as soon as they are there. */
import type { Flash } from '../../state/flash.ts';
import type { Api } from './types.ts';
import { nodeOf } from './view.ts';

const flashMs = 1200;

/** Frames a row may take to come; those that are not scrolled to never do. */
const triesToFlash = 90;

const flashRow = (api: Api, { id, fields }: Flash): boolean => {
  const node = nodeOf(api, id);
  if (!node?.data) return false;
  const columns = fields.filter((field) => api.getColumn(field)?.isVisible() === true);
  api.flashCells({ rowNodes: [node], ...(columns.length > 0 ? { columns } : {}), flashDuration: flashMs });
  return true;
};

export const flashRows = (api: Api, rows: readonly Flash[], tries = triesToFlash): void => {
  if (api.isDestroyed()) return;
  const missing = rows.filter((row) => !flashRow(api, row));
  if (missing.length > 0 && tries > 0) requestAnimationFrame(() => flashRows(api, missing, tries - 1));
};
