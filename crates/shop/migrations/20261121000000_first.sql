-- The shop's first schema. Times are UTC milliseconds, money minor units, weights grams, lengths millimetres.

CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE products (
    id             TEXT NOT NULL PRIMARY KEY,
    sku            TEXT NOT NULL DEFAULT '',
    title          TEXT NOT NULL DEFAULT '',
    story          TEXT NOT NULL DEFAULT '',
    branch         TEXT NOT NULL DEFAULT '',
    technique      TEXT NOT NULL DEFAULT '',
    materials      TEXT NOT NULL DEFAULT '',
    community      TEXT NOT NULL DEFAULT '',
    people         TEXT NOT NULL DEFAULT '',
    maker          TEXT NOT NULL DEFAULT '',
    category       TEXT NOT NULL DEFAULT '',
    hours          INTEGER,
    price_minor    INTEGER,
    price_currency TEXT,
    weight_g       INTEGER,
    length_mm      INTEGER,
    width_mm       INTEGER,
    height_mm      INTEGER,
    stock_mode     TEXT NOT NULL DEFAULT 'quantity' CHECK (stock_mode IN ('unique', 'quantity')),
    listing        TEXT NOT NULL DEFAULT 'draft' CHECK (listing IN ('draft', 'listed', 'withdrawn')),
    deleted        INTEGER NOT NULL DEFAULT 0,
    on_hand        INTEGER NOT NULL DEFAULT 0,
    created_ms     INTEGER NOT NULL,
    changed_ms     INTEGER NOT NULL,
    -- The whole api::product::ProductState: each field with its stamp, unknown fields included.
    state          TEXT NOT NULL
) STRICT;
CREATE INDEX products_by_change ON products (deleted, changed_ms DESC);

CREATE VIRTUAL TABLE products_search USING fts5 (
    title, sku, technique, materials, community, people, maker, category, story,
    content = 'products', content_rowid = 'rowid',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
CREATE TRIGGER products_search_insert AFTER INSERT ON products BEGIN
    INSERT INTO products_search (rowid, title, sku, technique, materials, community, people, maker, category, story)
    VALUES (new.rowid, new.title, new.sku, new.technique, new.materials, new.community, new.people, new.maker, new.category, new.story);
END;
CREATE TRIGGER products_search_delete AFTER DELETE ON products BEGIN
    INSERT INTO products_search (products_search, rowid, title, sku, technique, materials, community, people, maker, category, story)
    VALUES ('delete', old.rowid, old.title, old.sku, old.technique, old.materials, old.community, old.people, old.maker, old.category, old.story);
END;
CREATE TRIGGER products_search_update
AFTER UPDATE OF title, sku, technique, materials, community, people, maker, category, story ON products BEGIN
    INSERT INTO products_search (products_search, rowid, title, sku, technique, materials, community, people, maker, category, story)
    VALUES ('delete', old.rowid, old.title, old.sku, old.technique, old.materials, old.community, old.people, old.maker, old.category, old.story);
    INSERT INTO products_search (rowid, title, sku, technique, materials, community, people, maker, category, story)
    VALUES (new.rowid, new.title, new.sku, new.technique, new.materials, new.community, new.people, new.maker, new.category, new.story);
END;

-- A photo by the BLAKE3 of its original. A photo of another laptop has no original here.
CREATE TABLE photos (
    hash         TEXT NOT NULL PRIMARY KEY,
    large        TEXT NOT NULL,
    small        TEXT NOT NULL,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    format       TEXT NOT NULL,
    bytes        INTEGER NOT NULL,
    file_name    TEXT NOT NULL DEFAULT '',
    has_original INTEGER NOT NULL,
    added_ms     INTEGER NOT NULL
) STRICT;

-- The photos that show, in order of place; derived from products.state.
CREATE TABLE product_photos (
    product_id TEXT NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    hash       TEXT NOT NULL,
    large      TEXT NOT NULL,
    small      TEXT NOT NULL,
    place      TEXT NOT NULL,
    alt        TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (product_id, hash)
) STRICT;

-- Renditions that the marketplace has or should get. The small one goes first, text before both.
CREATE TABLE uploads (
    hash     TEXT NOT NULL PRIMARY KEY,
    bytes    INTEGER NOT NULL,
    urgency  INTEGER NOT NULL,
    sent_ms  INTEGER,
    added_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_waiting ON uploads (urgency, added_ms) WHERE sent_ms IS NULL;

-- Renditions of other laptops' photos that this one has not fetched yet.
CREATE TABLE downloads (
    hash     TEXT NOT NULL PRIMARY KEY,
    urgency  INTEGER NOT NULL,
    added_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE movements (
    id         TEXT NOT NULL PRIMARY KEY,
    product_id TEXT NOT NULL,
    delta      INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    order_id   TEXT,
    note       TEXT NOT NULL DEFAULT '',
    at_ms      INTEGER NOT NULL,
    by         TEXT NOT NULL
) STRICT;
CREATE INDEX movements_by_product ON movements (product_id, at_ms);

CREATE TABLE orders (
    id         TEXT NOT NULL PRIMARY KEY,
    number     TEXT NOT NULL,
    -- The status to show: what the marketplace said, and the commands on their way to it.
    status     TEXT NOT NULL,
    buyer_name TEXT NOT NULL,
    placed_ms  INTEGER NOT NULL,
    ship_by_ms INTEGER NOT NULL,
    seen_ms    INTEGER,
    notified_ms INTEGER,
    -- The whole api::order::OrderState as the marketplace said it.
    state      TEXT NOT NULL
) STRICT;
CREATE INDEX orders_by_status ON orders (status, ship_by_ms);

CREATE TABLE parcels (
    id          TEXT NOT NULL PRIMARY KEY,
    order_id    TEXT NOT NULL REFERENCES orders (id),
    s10         TEXT NOT NULL UNIQUE,
    service     TEXT NOT NULL,
    weight_g    INTEGER NOT NULL,
    drop_off_id TEXT,
    printed     INTEGER NOT NULL DEFAULT 0,
    created_ms  INTEGER NOT NULL,
    -- api::order::ParcelState.events, a set.
    events      TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX parcels_by_order ON parcels (order_id);
CREATE INDEX parcels_by_drop_off ON parcels (drop_off_id);

-- Blocks of tracking numbers leased to this laptop. `next` only ever grows, and is written before
-- any label is drawn.
CREATE TABLE leases (
    id         TEXT NOT NULL PRIMARY KEY,
    indicator  TEXT NOT NULL,
    country    TEXT NOT NULL,
    first      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    next       INTEGER NOT NULL,
    issued_ms  INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
) STRICT;

-- Leases that were asked for and not yet answered, so that asking again gives the same block.
CREATE TABLE lease_requests (
    id        TEXT NOT NULL PRIMARY KEY,
    indicator TEXT NOT NULL UNIQUE,
    count     INTEGER NOT NULL
) STRICT;

CREATE TABLE drop_offs (
    id         TEXT NOT NULL PRIMARY KEY,
    number     TEXT NOT NULL UNIQUE,
    office     TEXT NOT NULL,
    status     TEXT NOT NULL,
    closed_ms  INTEGER NOT NULL,
    left_ms    INTEGER,
    decided_ms INTEGER,
    decided_at TEXT
) STRICT;

CREATE TABLE drop_off_parcels (
    drop_off_id TEXT NOT NULL REFERENCES drop_offs (id),
    line        INTEGER NOT NULL,
    parcel_id   TEXT NOT NULL,
    PRIMARY KEY (drop_off_id, line)
) STRICT;

-- Intents on their way to the marketplace, written in the transaction of their effect.
CREATE TABLE outbox (
    id         TEXT NOT NULL PRIMARY KEY,
    epoch      INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    verb       TEXT NOT NULL,
    -- What it is about: a product's, order's, parcel's or drop-off's id.
    subject    TEXT NOT NULL,
    -- The whole api::intent::Intent.
    body       TEXT NOT NULL,
    status     TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'done', 'refused', 'dismissed')),
    code       TEXT,
    deferred   INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    decided_ms INTEGER,
    UNIQUE (epoch, seq)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (epoch, seq) WHERE status = 'waiting';
CREATE INDEX outbox_by_subject ON outbox (subject, status);

-- Entries of kinds that this version does not know, for a later one.
CREATE TABLE parked (
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    position INTEGER NOT NULL,
    state    TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;
