-- What people prove who they are with, and work that is done later.

-- profile, standing: JSON; secrets: JSON (domain::secrets), encrypted where it says so; version: of standing, secrets,
-- address, password and epoch.
ALTER TABLE users ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';
ALTER TABLE users ADD COLUMN standing TEXT NOT NULL DEFAULT '{}';
ALTER TABLE users ADD COLUMN secrets TEXT NOT NULL DEFAULT '{}';
ALTER TABLE users ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

-- By which a person is found: SHA-256 of a key, of a link's secret, of an identity. Follows from users.secrets.
CREATE TABLE handles (
    hash    BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX handles_by_user ON handles (user_id);

-- status: open, done, dead. An open one that has a lease is being done until that runs out.
CREATE TABLE jobs (
    id          BLOB NOT NULL PRIMARY KEY,
    kind        TEXT NOT NULL,
    payload     TEXT NOT NULL,
    run_at      INTEGER NOT NULL,
    unique_key  TEXT,
    user_id     BLOB REFERENCES users (id) ON DELETE CASCADE,
    status      TEXT NOT NULL,
    attempts    INTEGER NOT NULL,
    lease_until INTEGER,
    lease_owner TEXT,
    last_error  TEXT,
    created_at  INTEGER NOT NULL,
    ended_at    INTEGER
) STRICT;
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE status = 'open';
CREATE INDEX jobs_ended ON jobs (status, created_at) WHERE status <> 'open';
CREATE UNIQUE INDEX jobs_by_key ON jobs (unique_key) WHERE status = 'open' AND unique_key IS NOT NULL;
