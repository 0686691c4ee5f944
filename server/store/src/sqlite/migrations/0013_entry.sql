-- Where something was spent (JSON, as in domain::expense::Location), and the words of the search by place.

ALTER TABLE expenses ADD COLUMN location TEXT;
-- Which tokeniser the words are of: 0, an earlier program's. Those rows are renewed while the program runs.
ALTER TABLE expenses ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0;
CREATE INDEX expenses_words_old ON expenses (row) WHERE tokens = 0;

-- The rows that are not in the trash by their words. Kept by the triggers below, whatever changes a row.
CREATE TABLE expense_words (
    place BLOB NOT NULL,
    word  TEXT NOT NULL,
    row   INTEGER NOT NULL,
    PRIMARY KEY (place, word, row)
) STRICT, WITHOUT ROWID;

-- Words are letters and digits only: they need no quoting in JSON.
CREATE TRIGGER expense_words_of_new AFTER INSERT ON expenses
WHEN new.deleted_at IS NULL AND new.tokens > 0 AND new.words <> '' BEGIN
    INSERT OR IGNORE INTO expense_words
        SELECT new.place, value, new.row FROM json_each('["' || replace(substr(new.words, 2), ' ', '","') || '"]');
END;

CREATE TRIGGER expense_words_of_changed AFTER UPDATE OF words, place, deleted_at, tokens ON expenses
WHEN old.words <> new.words OR old.place <> new.place OR old.tokens <> new.tokens
    OR (old.deleted_at IS NULL) <> (new.deleted_at IS NULL) BEGIN
    DELETE FROM expense_words WHERE place = old.place AND row = old.row AND word IN (
        SELECT value FROM json_each('["' || replace(substr(old.words, 2), ' ', '","') || '"]'));
    INSERT OR IGNORE INTO expense_words
        SELECT new.place, value, new.row FROM json_each('["' || replace(substr(new.words, 2), ' ', '","') || '"]')
        WHERE new.deleted_at IS NULL AND new.tokens > 0 AND new.words <> '';
END;

CREATE TRIGGER expense_words_of_gone AFTER DELETE ON expenses BEGIN
    DELETE FROM expense_words WHERE place = old.place AND row = old.row AND word IN (
        SELECT value FROM json_each('["' || replace(substr(old.words, 2), ' ', '","') || '"]'));
END;
