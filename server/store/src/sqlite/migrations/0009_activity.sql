-- The timeline: one row for each write of a budget, an expense or an import, kept in its transaction.
-- subject: the id of what it was done to; details: JSON (service::ports::activity), of which the other columns are what is
-- looked for, and undone_* what changes.
CREATE TABLE activity (
    id        BLOB NOT NULL PRIMARY KEY,
    user_id   BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    budget_id BLOB REFERENCES budgets (id) ON DELETE CASCADE,
    subject   BLOB NOT NULL,
    kind      TEXT NOT NULL,
    at        INTEGER NOT NULL,
    undone_by BLOB,
    undone_at INTEGER,
    details   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_by_user ON activity (user_id, at, id);
CREATE INDEX activity_by_budget ON activity (budget_id, at, id) WHERE budget_id IS NOT NULL;
-- What a way back from the trash, or out of the books, takes back.
CREATE INDEX activity_by_end ON activity (subject, at) WHERE kind IN ('deleted', 'imported');
