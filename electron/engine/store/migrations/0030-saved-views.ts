/** Views of registers that people saved. They are private: they never leave the device. */
export const savedViews = `
CREATE TABLE saved_views(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, screen TEXT, "table" TEXT, filter TEXT, layout TEXT, sort TEXT, density TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE VIEW live_saved_views AS SELECT * FROM saved_views WHERE _alive = 1;
`;
