"""Showing a page of the office, and saying what a verb answered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from ombud.foundation.people.permissions import may

from .sections import sections


def page(request, name, *, status=200, **context):
    """A page of the settings, with the side navigation of its reader."""
    context |= {"sections": sections(request), "i_may": lambda verb: may(request.user, verb)}
    return render(request, f"office/{name}.html", context, status=status)


def desk_page(request, name, *, status=200, **context):
    """A page without the side navigation of the settings."""
    context |= {"i_may": lambda verb: may(request.user, verb)}
    return render(request, f"office/{name}.html", context, status=status)


def tried(form, verb, *args, **fields):
    """Call the verb, whose answer is `form.outcome`. What it refuses is said at the form; then False."""
    try:
        form.outcome = verb(*args, **fields)
    except ValidationError as refused:
        refuse(form, refused)
        return False
    return True


def refuse(form, refused):
    """Say a verb's sentences at the fields that they are about, and the others above the form."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for field, errors in refused.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


def done(request, words, to, *args, undo=None, **kwargs):
    """Say that it is done, with the address that takes it back if there is one, and go on."""
    messages.success(request, words, extra_tags=undo or "")
    return redirect(to, *args, **kwargs)


def act(request, verb, *args, said, to, to_args=(), undo=None, **fields):
    """A button's verb: done and said, or refused and said."""
    try:
        verb(*args, **fields)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(to, *to_args)
    return done(request, said, to, *to_args, undo=undo)
