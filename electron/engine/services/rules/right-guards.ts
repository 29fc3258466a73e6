/**
 * Who sets what people may do (A2): roles and limits are an owner's to give, and the last owner stays one. How far an account
 * is trusted is said by those who could release its orders (K2). What holds for the whole company is an owner's to set; how
 * files are read, a manager's too.
 */
import { releasersOf } from '../../../../shared/domain/order/holds.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { roleOf, whoIs } from '../approval/authority.ts';
import { RECIPE } from '../import/recipes.ts';

/** What a patch would make of a person's role; undefined where it says nothing of it. */
const roleIn = (patch: StorePatch, before: StoredRow | undefined): unknown => {
  if (patch.table !== 'people' || (patch.kind !== 'insert' && patch.kind !== 'update')) return undefined;
  const role = patch.values['role'];
  return role === (before?.['role'] ?? null) ? undefined : role;
};

/** Somebody without a role is an owner too. */
const hasOtherOwner = (person: string, read: Reader): boolean =>
  [null, 'owner'].some((role) => read.matching('people', { role }).some((id) => id !== person));

const RECIPE_KEEPERS: readonly string[] = ['owner', 'manager'];
const TRUST = ['credit_limit', 'no_credit_check'] as const;

const setsTrust = (patch: StorePatch, before: StoredRow | undefined): boolean =>
  patch.table === 'accounts' &&
  (patch.kind === 'insert' || patch.kind === 'update') &&
  TRUST.some((field) => Object.hasOwn(patch.values, field) && (patch.values[field] ?? null) !== (before?.[field] ?? null));

/** It was one, and stays one. */
const keepsRecipe = (patch: StorePatch, before: StoredRow | undefined): boolean => {
  const keys = [before?.['key'], 'values' in patch ? patch.values['key'] : undefined].filter((key) => key !== undefined);
  return patch.table === 'settings' && keys.length > 0 && keys.every((key) => key === RECIPE);
};

/** Why somebody may not set these rights, in plain words; null where they may or nothing of the kind is set. */
export const refuseRights = (patch: StorePatch, before: StoredRow | undefined, actor: string, read: Reader): string | null => {
  // Whoever is nobody here is an owner: a person with a role is not done away with by themselves.
  const isLeaving = patch.table === 'people' && patch.kind === 'delete' && (before?.['role'] ?? null) !== null;
  const role = roleIn(patch, before);
  if (patch.table === 'settings' && !(keepsRecipe(patch, before) ? RECIPE_KEEPERS : ['owner']).includes(roleOf(actor, read)))
    return 'Your role does not set what holds for the whole company: ask an owner.';
  if (setsTrust(patch, before) && !releasersOf('credit').includes(roleOf(actor, read)))
    return 'Your role does not set how far an account is trusted: ask whoever releases credit holds.';
  if (role === undefined && patch.table !== 'approval_limits' && !isLeaving) return null;
  if (roleOf(actor, read) !== 'owner') return 'Your role does not set what people may do: ask an owner.';
  const isOwn = before !== undefined && before.id === whoIs(actor, read);
  return isOwn && role !== undefined && role !== 'owner' && role !== null && !hasOtherOwner(before.id, read)
    ? 'Nobody would be left to give roles: make somebody else an owner first.'
    : null;
};
