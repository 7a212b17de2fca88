"""Who may open a page of the office."""

from functools import wraps

from django.contrib.auth.decorators import login_required

from ombud.foundation.people.permissions import require


def asks(verb=None):
    """Only people of ours who may do this; without a verb, everybody who is signed in."""

    def guard(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if verb:
                require(request.user, verb)
            return view(request, *args, **kwargs)

        guarded = login_required(guarded)
        guarded.asks = verb
        return guarded

    return guard
