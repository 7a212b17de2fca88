"""For allauth's pages, which are Django templates."""
