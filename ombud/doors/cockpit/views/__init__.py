"""One file per kind of deed: raising, showing, updating, leading, and who has a part."""
