/** Puts merging together over an open file. */
import type { CellParts } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import type { TableIndex } from '../file/local.ts';
import type { Streams } from '../log/streams.ts';
import type { SubjectKeys } from '../subjects/keys.ts';
import { createBelongs } from '../territory/belongs.ts';
import { createElsewhere } from '../territory/elsewhere.ts';
import type { Row } from '../write/rows.ts';
import type { States } from '../write/states.ts';
import { createDevices } from './devices.ts';
import { createHeads } from './heads.ts';
import { knowsTable } from './op.ts';
import type { IsCounter, OpParts } from './op.ts';
import { createOtherOps } from './other-ops.ts';
import { createReceiver } from './receive.ts';
import { holdsRegister } from './registers.ts';
import { createTwins } from './twins.ts';

export type MergeParts = Omit<OpParts, 'fromWire'>;

/** No column of this build is counted. */
const noneCounts: IsCounter = () => false;

/** How the parts are changed before they are used: a test of the tests puts faulty ones in. */
export type AdaptMerge = (parts: MergeParts) => MergeParts;

type MergeDeps = Pick<MergeParts, 'noteNumber' | 'noteUnseen' | 'arrive' | 'extras' | 'issued'> & {
  readonly streams: Streams;
  readonly subjects: SubjectKeys;
  readonly tables: TableIndex;
  readonly clock: () => number;
  readonly adapt?: AdaptMerge;
};

export const createMerge = (
  db: Db,
  cells: CellParts,
  states: States,
  { tables, clock, noteNumber, noteUnseen, arrive, extras, issued, streams, subjects, adapt = (parts) => parts }: MergeDeps,
) => {
  const devices = createDevices(db);
  const heads = createHeads(db);
  const plain = {
    ...cells,
    heads,
    extras,
    states,
    isNewer: devices.isNewer,
    twins: createTwins(db, tables),
    others: createOtherOps(db),
    issued,
    knows: knowsTable,
    belongs: createBelongs(streams),
    isCounter: noneCounts,
    knowsRegister: holdsRegister,
    noteNumber,
    noteUnseen,
    arrive,
    isKeyToDrop: ({ layout: { name: table }, id: row }: Row, erased: number) => subjects.isToDrop({ table, row }, erased),
    elsewhere: createElsewhere(db, { ...cells, extras, issued }, { tables, streams, subjects, isNewer: devices.isNewer }),
  };
  const parts = adapt(plain);
  const receiver = createReceiver(db, parts, { tables, devices, clock });
  return {
    parts,
    devices,
    receiver,
    forget(): void {
      devices.forget();
      receiver.forget();
      extras.forget();
    },
  };
};
