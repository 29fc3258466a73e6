/** Files kept with records: what is told of them, and their bytes apart from it. */
import { instant, word } from './view-sql.ts';

const SYSTEM = '_scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER';

const KINDS = {
  photo: 'Photo',
  proof: 'Proof of delivery',
  sign_off: 'Sign-off',
  drawing: 'Drawing',
  permit: 'Permit',
  paper: 'Paper',
};

export const attachments = `
CREATE TABLE attachments(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about TEXT, about_id TEXT, name TEXT, kind TEXT,
  type TEXT, size INTEGER, hash TEXT, at INTEGER, person_id TEXT, ${SYSTEM});
CREATE TABLE attachment_contents(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, attachment_id TEXT, content TEXT, ${SYSTEM});
CREATE VIEW live_attachments AS SELECT * FROM attachments WHERE _alive = 1;
CREATE VIEW live_attachment_contents AS SELECT * FROM attachment_contents WHERE _alive = 1;
CREATE INDEX attachments_about ON attachments(about);
CREATE INDEX attachments_about_id ON attachments(about_id);
CREATE INDEX attachment_contents_file ON attachment_contents(attachment_id);

CREATE VIEW v_attachments AS SELECT t.id, substr(t.about, 1, instr(t.about, '/') - 1) AS about_table, t.about_id, t.name,
  ${word('t.kind', KINDS)} AS kind, t.type, t.size, t.hash, ${instant('t.at')} AS at, p.code AS person_code, p.name AS person
FROM live_attachments t LEFT JOIN people p ON p.id = t.person_id AND p._alive = 1;

CREATE VIEW v_attachment_contents AS SELECT t.id, t.attachment_id, a.name, t.content
FROM live_attachment_contents t LEFT JOIN attachments a ON a.id = t.attachment_id AND a._alive = 1;
`;
