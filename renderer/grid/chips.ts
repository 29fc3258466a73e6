/**
 * What a status says and how loudly (mockups, principle 3): a filled chip asks for something, a quiet one informs.
 * States come from the life cycle; derived chips, in the order of urgency the engine gives, are named here.
 */
import type { GridRow } from '../../shared/contract/shapes.ts';
import type { Tone } from '../../shared/domain/lifecycle.ts';
import { stateOf } from '../../shared/domain/lifecycle.ts';
import type { Field } from '../../shared/model/field.ts';
import type { IconName } from '../ui/Icon.tsx';
import { iconPaths } from '../ui/Icon.tsx';

export type ChipView = { readonly label: string; readonly tone: Tone; readonly icon: IconName; readonly isQuiet: boolean };

const derived: Readonly<Record<string, ChipView>> = {
  late: { label: 'Late', tone: 'danger', icon: 'clock', isQuiet: false },
  on_hold: { label: 'On hold', tone: 'waiting', icon: 'pause', isQuiet: false },
  part_shipped: { label: 'Part shipped', tone: 'info', icon: 'arr-r', isQuiet: true },
  shipped: { label: 'Shipped', tone: 'info', icon: 'arr-r', isQuiet: true },
  delivered: { label: 'Delivered', tone: 'success', icon: 'tick', isQuiet: true },
  closed_short: { label: 'Closed short', tone: 'neutral', icon: 'tick', isQuiet: true },
};

/** Choices that ask for something, or say how a thing stands. Every other choice is plain text. */
const choices: Readonly<Record<string, Omit<ChipView, 'label'>>> = {
  on_stop: { tone: 'danger', icon: 'lock', isQuiet: false },
  dormant: { tone: 'warning', icon: 'clock', isQuiet: true },
  prospect: { tone: 'neutral', icon: 'draft', isQuiet: true },
  discontinued: { tone: 'warning', icon: 'x', isQuiet: true },
};

/** The life cycle names its icons in its own words. */
const isIcon = (name: string): name is IconName => Object.hasOwn(iconPaths, name);

const stateChip = (lifecycle: string, key: string): ChipView | null => {
  const state = stateOf(lifecycle, key);
  return state ? { label: state.label, tone: state.tone, icon: isIcon(state.icon) ? state.icon : 'tick', isQuiet: true } : null;
};

/** The derived chips of a row, most urgent first. */
export const chipsOf = (row: GridRow): readonly ChipView[] => (row.chips ?? []).flatMap((chip) => derived[chip] ?? []);

/** The chip of a status cell, or null where the cell is plain text. */
export const chipOf = (field: Field, row: GridRow, key: string): ChipView | null => {
  const value = row.v[key];
  if (typeof value !== 'string') return null;
  if (field.kind === 'choice') {
    const look = choices[value];
    const label = field.choices.find((choice) => choice.key === value)?.label;
    return look && label !== undefined ? { ...look, label } : null;
  }
  if (field.kind !== 'state') return null;
  const isRunning = value === 'confirmed' || value === 'submitted';
  const first = isRunning ? chipsOf(row)[0] : undefined;
  return first ?? stateChip(field.lifecycle, value);
};
