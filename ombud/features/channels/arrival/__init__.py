"""Above the wires: what came in is kept, understood and given its ticket, whatever channel it came by."""
