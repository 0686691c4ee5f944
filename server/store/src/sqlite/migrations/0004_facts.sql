-- What the store knows of itself: `identity` tells it from all others, `transfer` says that it is being filled from
-- another one, or was (JSON; see transfer/mod.rs).
CREATE TABLE facts (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
