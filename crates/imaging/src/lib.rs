//! Image bytes in, oriented, cleaned and resized renditions out. Pure.
