/** Temporary views and tables on a connection that cannot write: they live outside the file. */
import type { Database } from 'better-sqlite3';

/** `query_only` knows no difference between the file and what is temporary; the read-only handle itself does. */
export const withTemporary = (db: Database, make: () => void): void => {
  db.pragma('query_only = OFF');
  try {
    make();
  } finally {
    db.pragma('query_only = ON');
  }
};
