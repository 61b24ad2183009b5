/** Which watched lists a case stands in; cases already here are folded anew, and so find their lists. */
export const watched = `
CREATE TABLE case_marks (mark TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (mark, row)) STRICT, WITHOUT ROWID;
CREATE INDEX case_marks_row ON case_marks (row);
DELETE FROM meta WHERE key = 'fold_version';
`
