-- Who wrote each field and photo of a piece last, and at which position of the feed: JSON by the field's name or the
-- photo's hash. With it a write that did not know of another laptop's is told from one that did.
ALTER TABLE products ADD COLUMN written TEXT NOT NULL DEFAULT '{}';
