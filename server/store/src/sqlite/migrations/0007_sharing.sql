-- Budgets with several members.

CREATE TABLE budget_members (
    budget_id BLOB NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
    user_id   BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role      TEXT NOT NULL,
    added_at  INTEGER NOT NULL,
    PRIMARY KEY (budget_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX budget_members_by_user ON budget_members (user_id);

CREATE TABLE budget_invites (
    id           BLOB NOT NULL PRIMARY KEY,
    budget_id    BLOB NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
    email_folded TEXT NOT NULL,
    email        TEXT NOT NULL,
    role         TEXT NOT NULL,
    token_hash   BLOB NOT NULL,
    invited_by   BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    status       TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX budget_invites_open ON budget_invites (budget_id, email_folded) WHERE status = 'open';
CREATE INDEX budget_invites_by_email ON budget_invites (email_folded);
CREATE UNIQUE INDEX budget_invites_by_token ON budget_invites (token_hash);
CREATE INDEX budget_invites_by_inviter ON budget_invites (invited_by);
CREATE INDEX budget_invites_by_end ON budget_invites (expires_at);

-- place: the row's budget, or its user where it is private. Whoever may see the one sees the rows.
ALTER TABLE expenses ADD COLUMN place BLOB NOT NULL DEFAULT x'';
ALTER TABLE expenses ADD COLUMN deleted_by BLOB;
UPDATE expenses SET place = coalesce(budget_id, user_id), deleted_by = iif(deleted_at IS NULL, NULL, user_id);

DROP INDEX expenses_by_date;
DROP INDEX expenses_by_amount;
DROP INDEX expenses_by_merchant;
-- Holds all that lists filter by, so that any filter is one walk along the index in the order of the list.
CREATE INDEX expenses_by_date ON expenses (
    place, deleted_at, date, id, account_id, kind, status, categories, amount_e3, currency, base_minor,
    payment_method, import_id, tags, merchant_key, words
);
CREATE INDEX expenses_by_amount ON expenses (place, deleted_at, amount_e3, id);
CREATE INDEX expenses_by_merchant ON expenses (place, deleted_at, merchant_key, id, category, updated_at, date);
CREATE INDEX expenses_by_user ON expenses (user_id, account_id, place);
CREATE INDEX expenses_by_deleter ON expenses (deleted_by, deleted_at, id) WHERE deleted_by IS NOT NULL;

-- How many rows that are not in the trash each place has.
DROP TABLE expense_tallies;
CREATE TABLE expense_tallies (
    place BLOB NOT NULL PRIMARY KEY,
    live  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO expense_tallies (place, live)
    SELECT place, count(*) FROM expenses WHERE deleted_at IS NULL GROUP BY place;
