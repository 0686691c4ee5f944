-- Series of recurring expenses. details: JSON (domain::recurrence::Series), of which the other columns are what is looked for;
-- what budget_id and next_date say counts.
CREATE TABLE recurring (
    id        BLOB NOT NULL PRIMARY KEY,
    user_id   BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    budget_id BLOB REFERENCES budgets (id) ON DELETE SET NULL,
    next_date INTEGER,
    version   INTEGER NOT NULL,
    details   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX recurring_by_user ON recurring (user_id);
CREATE INDEX recurring_by_budget ON recurring (budget_id) WHERE budget_id IS NOT NULL;
CREATE INDEX recurring_by_next ON recurring (next_date, id) WHERE next_date IS NOT NULL;

-- Which occurrence of which series an expense is: nothing is made twice of one day.
ALTER TABLE expenses ADD COLUMN series_id BLOB;
ALTER TABLE expenses ADD COLUMN slot INTEGER;
CREATE UNIQUE INDEX expenses_by_series ON expenses (series_id, slot) WHERE series_id IS NOT NULL;
