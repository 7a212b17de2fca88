"""The demo story: renewing and removing it. Whoever tells the story offers these as commands."""

from importlib import import_module

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ombud.doors.office.guard import asks
from ombud.doors.office.pages import page
from ombud.foundation.people.models import Company
from ombud.foundation.people.permissions import ADMINISTER
from ombud.lib.rooms import rooms

WORDS = {"remove": "demo remove", "renew": "demo reset"}


def command_for(words):
    """The function behind words of the command line, or None when no room offers them."""
    for room in rooms():
        if words in room.commands:
            module, _colon, function = room.commands[words].partition(":")
            return getattr(import_module(f"{room.name}.{module}"), function)
    return None


@asks(ADMINISTER)
def demo(request):
    company = Company.ours()
    offered = {word for word, words in WORDS.items() if command_for(words)}
    return page(request, "demo", company=company, offered=offered)


@require_POST
@asks(ADMINISTER)
def demo_act(request, word):
    """Throw the story away, or tell it anew; everybody is signed out by it. Only on a demo desk."""
    company, command = Company.ours(), command_for(WORDS.get(word, ""))
    if command is None or not company.is_demo:
        raise Http404
    command([])
    return redirect("/")
