"""One file per thing that is kept; each view finds, validates, calls one verb and renders."""
