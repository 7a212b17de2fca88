"""Small tools with no models; every floor may use them."""
