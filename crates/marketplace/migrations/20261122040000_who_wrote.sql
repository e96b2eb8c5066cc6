-- The laptop whose push a record's state came from: it knows that state already. NULL for all that others wrote.
ALTER TABLE feed ADD COLUMN laptop_id TEXT;
