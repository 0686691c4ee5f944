-- Of a row that a series had made and a bank's file confirmed: what it was and is, as JSON (booking::Met).
ALTER TABLE import_absorbed ADD COLUMN met TEXT;

-- Of one leg of a transfer: the other one, and whether the money comes in.
ALTER TABLE expenses ADD COLUMN other_leg BLOB;
ALTER TABLE expenses ADD COLUMN incoming INTEGER;
