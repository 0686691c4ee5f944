-- Conventions: ids are blobs of 12 bytes; instants are microseconds since 1970, UTC; dates are yyyymmdd and months
-- yyyymm as numbers, so that they sort; money is a count of minor units. Words with few values are small numbers in the
-- tables that grow (see codec.rs), text elsewhere. Nested parts are JSON.

CREATE TABLE users (
    id                BLOB NOT NULL PRIMARY KEY,
    email_folded      TEXT NOT NULL UNIQUE,
    email             TEXT NOT NULL,
    name              TEXT NOT NULL,
    is_email_verified INTEGER NOT NULL,
    password_hash     TEXT,
    preferences       TEXT NOT NULL,
    default_budget_id BLOB,
    terms_accepted_at INTEGER NOT NULL,
    disabled_at       INTEGER,
    auth_epoch        INTEGER NOT NULL,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    secret_hash BLOB NOT NULL PRIMARY KEY,
    id          BLOB NOT NULL UNIQUE,
    user_id     BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    auth_epoch  INTEGER NOT NULL,
    device      TEXT NOT NULL,
    address     TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id, seen_at);

CREATE TABLE flashes (
    token_hash BLOB NOT NULL PRIMARY KEY,
    payload    BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX flashes_by_end ON flashes (expires_at);

CREATE TABLE budgets (
    id              BLOB NOT NULL PRIMARY KEY,
    user_id         BLOB NOT NULL REFERENCES users (id),
    kind            TEXT NOT NULL,
    currency        TEXT NOT NULL,
    plan            TEXT NOT NULL,
    ai_generated    INTEGER NOT NULL,
    month_start_day INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    is_active       INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    deleted_at      INTEGER
) STRICT;
CREATE INDEX budgets_by_user ON budgets (user_id, deleted_at, created_at);
CREATE INDEX budgets_in_trash ON budgets (deleted_at) WHERE deleted_at IS NOT NULL;

-- Immutable: one row for each version of a budget.
CREATE TABLE budget_versions (
    budget_id      BLOB NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
    version        INTEGER NOT NULL,
    made_by        BLOB NOT NULL,
    made_at        INTEGER NOT NULL,
    source         TEXT NOT NULL,
    note           TEXT,
    effective_from INTEGER NOT NULL,
    plan           TEXT NOT NULL,
    PRIMARY KEY (budget_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
    id           BLOB NOT NULL PRIMARY KEY,
    user_id      BLOB NOT NULL REFERENCES users (id),
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    currency     TEXT NOT NULL,
    external_ids TEXT NOT NULL,
    closed       INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX accounts_by_user ON accounts (user_id);

-- budget_id, account_id and import_id are no foreign keys: each write checks in its transaction that they are the
-- actor's, and the keys would cost an index each for the rare deletion of what they name.
CREATE TABLE expenses (
    row            INTEGER PRIMARY KEY,
    id             BLOB NOT NULL,
    user_id        BLOB NOT NULL REFERENCES users (id),
    budget_id      BLOB,
    account_id     BLOB,
    kind           INTEGER NOT NULL,
    status         INTEGER NOT NULL,
    minor          INTEGER NOT NULL,
    currency       TEXT NOT NULL,
    amount_e3      INTEGER NOT NULL, -- in thousandths of the major unit: compares currencies of 0 to 3 decimals
    base_minor     INTEGER,
    base_currency  TEXT,
    rate           TEXT,
    rate_date      INTEGER,
    category       INTEGER,
    subcategory    TEXT,
    categories     INTEGER NOT NULL, -- a bit for each category of the row or its splits, bit 10 for the lack of one
    description    TEXT,
    notes          TEXT,
    merchant       TEXT,
    merchant_key   TEXT NOT NULL,
    date           INTEGER NOT NULL,
    payment_method INTEGER,
    tags           TEXT,
    splits         TEXT,
    import_id      BLOB,
    external_id    TEXT,
    dedupe_key     TEXT NOT NULL,
    words          TEXT NOT NULL, -- folded words of merchant, description and tags, a space before each
    version        INTEGER NOT NULL,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    deleted_at     INTEGER
) STRICT;
CREATE UNIQUE INDEX expenses_by_id ON expenses (id);
-- Holds all that lists filter by, so that any filter is one walk along the index in the order of the list. Its first
-- two columns also serve the trash (deleted_at not null).
CREATE INDEX expenses_by_date ON expenses (
    user_id, deleted_at, date, id, budget_id, account_id, kind, status, categories, amount_e3, currency, base_minor,
    payment_method, import_id, tags, merchant_key, words
);
CREATE INDEX expenses_by_amount ON expenses (user_id, deleted_at, amount_e3, id, budget_id);
CREATE INDEX expenses_by_merchant ON expenses (
    user_id, deleted_at, merchant_key, id, budget_id, category, updated_at, date
);
CREATE INDEX expenses_by_import ON expenses (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX expenses_unconverted ON expenses (budget_id, date) WHERE base_minor IS NULL AND deleted_at IS NULL;
CREATE INDEX expenses_in_trash ON expenses (deleted_at) WHERE deleted_at IS NOT NULL;

-- How many rows a list without further filters has; x'' stands for private ones.
CREATE TABLE expense_tallies (
    user_id   BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    budget_id BLOB NOT NULL,
    live      INTEGER NOT NULL,
    PRIMARY KEY (user_id, budget_id)
) STRICT, WITHOUT ROWID;

-- Kept totals: category -1 stands for none. Always what a sum over the expenses gives.
CREATE TABLE spending (
    budget_id BLOB NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
    day       INTEGER NOT NULL,
    kind      INTEGER NOT NULL,
    category  INTEGER NOT NULL,
    minor     INTEGER NOT NULL,
    count     INTEGER NOT NULL,
    PRIMARY KEY (budget_id, day, kind, category)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
    id            BLOB NOT NULL PRIMARY KEY,
    user_id       BLOB NOT NULL REFERENCES users (id),
    status        TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL,
    details       TEXT NOT NULL, -- the import as JSON
    made_accounts TEXT           -- those that its commit made, as JSON
) STRICT;
CREATE INDEX imports_by_user ON imports (user_id, created_at);
CREATE INDEX imports_open ON imports (expires_at) WHERE status = 'draft';

CREATE TABLE import_files (
    import_id BLOB NOT NULL PRIMARY KEY REFERENCES imports (id) ON DELETE CASCADE,
    bytes     BLOB NOT NULL
) STRICT;

-- Rows of a draft, some hundred to a chunk.
CREATE TABLE import_rows (
    import_id BLOB NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    first     INTEGER NOT NULL,
    rows      TEXT NOT NULL,
    PRIMARY KEY (import_id, first)
) STRICT;

-- What an import changed in rows that were entered by hand, so that it can be taken back.
CREATE TABLE import_absorbed (
    import_id      BLOB NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    expense_id     BLOB NOT NULL,
    account_before BLOB,
    account_after  BLOB,
    external_after TEXT,
    PRIMARY KEY (import_id, expense_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency (
    user_id      BLOB NOT NULL,
    key          TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    answer       TEXT NOT NULL,
    expires_at   INTEGER NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT;
CREATE INDEX idempotency_by_end ON idempotency (expires_at);
