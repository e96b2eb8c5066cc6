-- A piece that is written again with the same words (each time a laptop reads back what it sent) is not indexed again.
DROP TRIGGER products_search_update;
CREATE TRIGGER products_search_update
AFTER UPDATE OF title, sku, technique, materials, community, people, maker, category, story ON products
WHEN (old.title, old.sku, old.technique, old.materials, old.community, old.people, old.maker, old.category, old.story)
    IS NOT (new.title, new.sku, new.technique, new.materials, new.community, new.people, new.maker, new.category, new.story)
BEGIN
    INSERT INTO products_search (products_search, rowid, title, sku, technique, materials, community, people, maker, category, story)
    VALUES ('delete', old.rowid, old.title, old.sku, old.technique, old.materials, old.community, old.people, old.maker, old.category, old.story);
    INSERT INTO products_search (rowid, title, sku, technique, materials, community, people, maker, category, story)
    VALUES (new.rowid, new.title, new.sku, new.technique, new.materials, new.community, new.people, new.maker, new.category, new.story);
END;
