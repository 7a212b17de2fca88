"""The demo story: one month at Parcelline, told by the product's own verbs, removed or renewed at will."""
