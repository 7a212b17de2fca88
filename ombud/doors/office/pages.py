"""Showing a page of the office, and saying what a verb answered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.shortcuts import redirect, render

from ombud.foundation.people.permissions import may

from .sections import sections


def page(request, name, *, status=None, **context):
    """A page of the settings, with the side navigation of its reader. With a refused form it answers 422."""
    return desk_page(request, name, status=status, sections=sections(request), **context)


def desk_page(request, name, *, status=None, **context):
    """A page without the side navigation of the settings. With a refused form it answers 422."""
    refused = any(isinstance(form, BaseForm) and form.errors for form in context.values())
    context["i_may"] = lambda verb: may(request.user, verb)
    return render(request, f"office/{name}.html", context, status=status or (422 if refused else 200))


def kept(request, form, verb, *args, **fields):
    """Whether the form came back filled in, and the verb took it; its answer is `form.outcome` then."""
    if request.method != "POST" or not form.is_valid():
        return False
    given = form.settings() if hasattr(form, "settings") else form.cleaned_data
    return tried(form, verb, *args, by=request.user, **fields, **given)


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
