-- What the marketplace said last of each record, as a digest (api::parity; 64 bits, read as a signed number): proof
-- that nothing was lost on the way. The sum of all is in the settings.
CREATE TABLE base (
    kind   TEXT NOT NULL,
    id     TEXT NOT NULL,
    digest INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Values that another laptop's later write replaced without knowing of them: api::conflict::ConflictState.
CREATE TABLE conflicts (
    id         TEXT NOT NULL PRIMARY KEY,
    product_id TEXT NOT NULL,
    field      TEXT NOT NULL,
    state      TEXT NOT NULL,
    at_ms      INTEGER NOT NULL,
    -- Also when this laptop's word about it is still on its way.
    settled_ms INTEGER
) STRICT;
CREATE INDEX conflicts_open ON conflicts (at_ms) WHERE settled_ms IS NULL;

-- The shop's laptops, for saying who changed what.
CREATE TABLE laptops (
    id   TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;
