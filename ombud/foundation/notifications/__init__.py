"""Who was told what: notices of ours to ours, on the screen and, if a person wishes, by mail."""
