-- The small rendition of a piece's first photo, for lists.
ALTER TABLE products ADD COLUMN cover TEXT NOT NULL DEFAULT '';
