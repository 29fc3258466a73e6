/**
 * What a status says and how loudly: a filled chip asks for something, a quiet one informs. States and derived
 * chips are those of the domain, in the order of urgency the engine gives them.
 */
import type { GridRow } from '../../shared/contract/shapes.ts';
import type { Tone } from '../../shared/domain/lifecycle.ts';
import { stateOf } from '../../shared/domain/lifecycle.ts';
import { shownChip } from '../../shared/domain/shown.ts';
import type { Field } from '../../shared/model/field.ts';
import type { IconName } from '../ui/Icon.tsx';
import { iconPaths } from '../ui/Icon.tsx';
import type { ChipView } from './cellView.ts';

/** Choices that ask for something, or say how a thing stands. Every other choice is plain text. */
const choices: Readonly<Record<string, Omit<ChipView, 'label'>>> = {
  on_stop: { tone: 'danger', icon: 'lock', isQuiet: false },
  dormant: { tone: 'warning', icon: 'clock', isQuiet: true },
  prospect: { tone: 'neutral', icon: 'draft', isQuiet: true },
  discontinued: { tone: 'warning', icon: 'x', isQuiet: true },
};

const isIcon = (name: string): name is IconName => Object.hasOwn(iconPaths, name);

/** The domain names icons by text; one that is not drawn yet is a tick. */
const chipView = ({ label, tone, icon, isQuiet }: { label: string; tone: Tone; icon: string; isQuiet: boolean }): ChipView => ({
  label,
  tone,
  icon: isIcon(icon) ? icon : 'tick',
  isQuiet,
});

const stateChip = (lifecycle: string, key: string): ChipView | null => {
  const state = stateOf(lifecycle, key);
  return state ? chipView({ ...state, isQuiet: true }) : null;
};

/** The chip of a status cell, or null where the cell is plain text. */
export const chipOf = (field: Field, row: GridRow, key: string): ChipView | null => {
  const value = row.v[key];
  if (field.kind === 'computed' && field.clock !== undefined) {
    const clock = shownChip(field, key, row);
    return clock && chipView(clock);
  }
  if (typeof value !== 'string') return null;
  if (field.kind === 'choice') {
    const look = choices[value];
    const label = field.choices.find((choice) => choice.key === value)?.label;
    return look && label !== undefined ? { ...look, label } : null;
  }
  if (field.kind !== 'state') return null;
  const chip = shownChip(field, key, row);
  return chip ? chipView(chip) : stateChip(field.lifecycle, value);
};
