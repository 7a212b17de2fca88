"""Who was told what: notices of ours to ours, of kinds that rooms declare, and who also wishes a mail."""
