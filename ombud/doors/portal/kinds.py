"""Kinds of request: what rooms let customers be asked beside their own words."""

from ombud.lib.rooms import plugged


def every_kind():
    """Those that a customer may choose from, in the active language."""
    return [kind for ask in plugged("request_kinds") for kind in ask()]


def ask(form, request):
    """Give a form the questions of the kind that was chosen (`?kind=`), and remember both in it."""
    form.kinds = every_kind()
    form.kind = next((kind for kind in form.kinds if kind.key == request.GET.get("kind")), None)
    fields = form.kind.fields() if form.kind else {}
    form.fields.update(fields)
    form.questions = list(fields)
    return form


def whole_text(form):
    """The customer's words with what they filled in below, as a mail and a search need it."""
    text = form.cleaned_data["text"]
    words = form.kind.words(form.cleaned_data) if form.kind else ""
    return f"{text.rstrip()}\n\n{words}" if words else text


def keep(form, ticket, now):
    """Write down on the ticket what was filled in."""
    if form.kind and ticket:
        form.kind.keep(ticket, form.cleaned_data, now=now)
