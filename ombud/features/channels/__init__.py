"""How customers reach us: mail, the web form, logged calls, and whatever a stranger plugs in.

What comes in is stored raw before anybody is told that we have it (`arrival.keeping`); which ticket it
belongs to is decided once, above all the wires (`arrival`). Verbs: `retry`, `let_in`, `ignore`, `switch`.
"""
