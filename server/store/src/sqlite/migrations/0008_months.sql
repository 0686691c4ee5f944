-- What is kept of a month of a budget besides its plan: moves between categories, income. As JSON: it is always read and
-- written as a whole.
CREATE TABLE budget_months (
    budget_id BLOB NOT NULL REFERENCES budgets (id) ON DELETE CASCADE,
    month     INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    entry     TEXT NOT NULL,
    PRIMARY KEY (budget_id, month)
) STRICT, WITHOUT ROWID;

-- For the sums of subcategories: only rows that have one, or parts that may.
CREATE INDEX expenses_by_part ON expenses (budget_id, date)
    WHERE deleted_at IS NULL AND (subcategory IS NOT NULL OR splits IS NOT NULL);
