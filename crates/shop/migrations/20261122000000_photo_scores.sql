-- How good a photo is, measured when it was developed on this laptop: imaging's scores as JSON. Nothing for
-- photos that came from another laptop or from an earlier version.
ALTER TABLE photos ADD COLUMN scores TEXT;
