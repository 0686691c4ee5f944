-- Rules that file expenses. details: JSON (domain::rule), of which hits is counted in its own column.
CREATE TABLE rules (
    id      BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hits    INTEGER NOT NULL,
    details TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX rules_by_user ON rules (user_id, id);
