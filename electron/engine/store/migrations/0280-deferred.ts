/** Whether an op waits for a build that can read it is asked for each that was based on it. */
export const deferred = `CREATE INDEX deferred_stamps ON deferred(json_extract(part, '$.op.h'), json_extract(part, '$.dev'));`;
