"""The first run: you, your company, its first mailbox, and the first mail arriving."""

from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ombud.doors.office.forms.mailboxes import FirstMailboxForm
from ombud.doors.office.forms.welcome import DeskForm, YouForm
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import tried
from ombud.foundation.people import actions as people
from ombud.foundation.people.models import Company
from ombud.foundation.people.permissions import ADMINISTER, may
from ombud.foundation.post import actions as post
from ombud.foundation.post import queries as mailboxes
from ombud.foundation.post import secrets
from ombud.foundation.post.models import Mailbox
from ombud.spine.tickets import queries as tickets

from .mailboxes import answers_of
from .sign_in import BACKEND

YOU = "welcome_you"  # in the session, until the company is there; the password in it is encrypted


def welcome(request):
    """The step that is next."""
    if Company.ours():
        return _after_company(request)
    form = YouForm(request.POST or None, initial=request.session.get(YOU))
    if request.method == "POST" and form.is_valid():
        request.session[YOU] = {
            **form.cleaned_data,
            "password": secrets.encrypt(form.cleaned_data["password"]),
        }
        return redirect("office:welcome_company")
    return _step(request, "you", form)


def company(request):
    """The company; with it, everything so far is made at once."""
    if Company.ours():
        return _after_company(request)
    you = request.session.get(YOU)
    if not you:
        return redirect("office:welcome")
    form = DeskForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        person = {
            **you,
            "password": secrets.decrypt(you["password"]),
            "language": form.cleaned_data["language"],
        }
        person["time_zone"] = form.cleaned_data["time_zone"]
        if tried(form, people.open_desk, **form.cleaned_data, person=person, now=timezone.now()):
            del request.session[YOU]
            login(request, form.outcome, backend=BACKEND)
            return redirect("office:welcome_mailbox")
    return _step(request, "company", form)


@asks(ADMINISTER)
def mailbox(request):
    """The first mailbox; its servers may wait."""
    if mailboxes.default_mailbox():
        return redirect("office:welcome_done")
    form = FirstMailboxForm(request.POST or None, initial={"name": Company.ours().name})
    answers = {}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("try"):
            answers = answers_of(form, request.POST["try"])
        elif tried(
            form,
            post.keep_mailbox,
            by=request.user,
            now=timezone.now(),
            is_default=True,
            takes_strays=True,
            **form.settings(),
        ):
            return redirect("office:welcome_done")
    return _step(request, "mailbox", form, answers=answers, securities=Mailbox.Security.choices)


@asks(ADMINISTER)
def finished(request):
    """Where to send a first mail, and it arriving."""
    box = mailboxes.default_mailbox()
    if box is None:
        return redirect("office:welcome_mailbox")
    return _step(request, "done", None, mailbox=box, arrived=_arrived(request))


@asks(ADMINISTER)
def arrived(request):
    """What came so far, asked for every second by the last page."""
    return render(request, "office/welcome/arrived.html", {"arrived": _arrived(request)})


def _arrived(request):
    newest = tickets.visible_to(request.user).select_related("customer").order_by("-created_at")
    return list(newest[:3])


def _after_company(request):
    if not may(request.user, ADMINISTER):
        return redirect("/")
    if mailboxes.default_mailbox() is None:
        return redirect("office:welcome_mailbox")
    return redirect("/")


STEPS = ("you", "company", "mailbox", "done")


def _step(request, here, form, **context):
    titles = {
        "you": (_("You"), _("who administers the desk")),
        "company": (_("Your company"), _("name, language, time zone")),
        "mailbox": (_("Where your mail arrives"), _("the first mailbox")),
        "done": (_("The first mail"), _("see it arrive")),
    }
    at = STEPS.index(here)
    steps = [
        {
            "title": titles[step][0],
            "about": _("you are here") if number == at else titles[step][1],
            "state": "passed" if number < at else "held" if number == at else "later",
        }
        for number, step in enumerate(STEPS)
    ]
    return render(request, f"office/welcome/{here}.html", {"form": form, "steps": steps, **context})
