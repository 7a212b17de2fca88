"""People: the list, one of them, what each role may do."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.people import AbsenceForm, NewPersonForm, PasswordForm, PersonForm
from ombud.doors.office.guard import asks
from ombud.doors.office.letters import send_password_link
from ombud.doors.office.pages import act, done, kept, page
from ombud.foundation.people import actions, permissions
from ombud.foundation.people.models import Absence, Person, Role
from ombud.foundation.people.permissions import PEOPLE, may_grant
from ombud.spine.tickets.models.levels import UNDONE

from .roles import VERB_WORDS


@asks(PEOPLE)
def people(request):
    """Everybody who has, or had, access."""
    now = timezone.now()
    everybody = Person.objects.prefetch_related("teams", "absences")
    listed = [
        {
            "person": person,
            "away": next((a for a in person.absences.all() if a.starts_at <= now < a.ends_at), None),
        }
        for person in everybody
    ]
    return page(
        request,
        "people",
        working=[row for row in listed if row["person"].is_active],
        gone=[row for row in listed if not row["person"].is_active],
    )


@asks(PEOPLE)
def roles(request):
    """What each role may do, as one table."""
    counts = dict(Person.objects.working().order_by().values_list("role").annotate(count=Count("pk")))
    return page(
        request,
        "roles",
        roles=[
            {"label": role.label, "count": counts.get(role.value, 0), "may": permissions.MAY[role]}
            for role in Role
        ],
        verbs=VERB_WORDS,
    )


@asks(PEOPLE)
def person_new(request):
    form = NewPersonForm(
        request.POST or None,
        by=request.user,
        initial={"role": Role.ASSOCIATE, "teams": request.GET.getlist("team")},
    )
    if kept(request, form, actions.add_person, now=timezone.now()):
        person = form.outcome
        if form.cleaned_data["password"]:
            words = _("%(name)s can sign in now.") % {"name": person.name}
        else:
            send_password_link(request, person)
            words = _("%(name)s is here. A mail with a link to set a password is on its way.") % {
                "name": person.name
            }
        return done(request, words, "office:people")
    return page(request, "person_new", form=form)


@asks(PEOPLE)
def person(request, pk):
    found = get_object_or_404(Person.objects.select_related("case"), pk=pk)
    changeable = may_grant(request.user, found.role)
    form = PersonForm(request.POST or None, by=request.user, person=found)
    if kept(request, form, actions.change_person, found, now=timezone.now()):
        return done(request, _("%(name)s is saved.") % {"name": found.name}, "office:people")
    return _one(request, pk, form=form, changeable=changeable)


def _one(request, pk, *, form=None, absence=None, password=None, changeable=True):
    found = Person.objects.annotate(
        undone=Count("tickets", filter=Q(tickets__status__in=UNDONE, tickets__merged_into=None))
    ).get(pk=pk)
    return page(
        request,
        "person",
        person=found,
        form=form or PersonForm(by=request.user, person=found),
        absence_form=absence or AbsenceForm(person=found),
        password_form=password or PasswordForm(),
        absences=found.absences.filter(ends_at__gt=timezone.now()).select_related("deputy"),
        changeable=changeable,
    )


def _changeable(request, pk):
    """Somebody whom the reader may change; else there is nothing here for them to do."""
    found = get_object_or_404(Person, pk=pk)
    if not may_grant(request.user, found.role):
        raise Http404
    return found


@require_POST
@asks(PEOPLE)
def person_access(request, pk):
    """End somebody's access, or give it back."""
    found = _changeable(request, pk)
    ends = found.is_active
    said = (
        _("%(name)s’s access has ended. Everything they wrote stays.")
        if ends
        else _("%(name)s has access again.")
    )
    return act(
        request,
        actions.change_person,
        found,
        is_active=not ends,
        by=request.user,
        now=timezone.now(),
        said=said % {"name": found.name},
        to="office:person",
        to_args=(pk,),
    )


@require_POST
@asks(PEOPLE)
def person_password(request, pk):
    found = _changeable(request, pk)
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _one(request, pk, password=form)
    actions.set_password(found, form.cleaned_data["password"])
    return done(request, _("%(name)s has a new password.") % {"name": found.name}, "office:person", pk)


@require_POST
@asks(PEOPLE)
def person_link(request, pk):
    """Mail a link with which somebody sets their own password."""
    found = _changeable(request, pk)
    send_password_link(request, found)
    return done(
        request, _("A link is on its way to %(email)s.") % {"email": found.email}, "office:person", pk
    )


@require_POST
@asks(PEOPLE)
def absence_new(request, pk):
    found = get_object_or_404(Person, pk=pk)
    form = AbsenceForm(request.POST, person=found)
    if kept(request, form, actions.plan_absence, found, now=timezone.now()):
        return done(
            request, _("%(name)s’s absence is written down.") % {"name": found.name}, "office:person", pk
        )
    return _one(request, pk, absence=form)


@require_POST
@asks(PEOPLE)
def absence_end(request, pk, absence):
    found = get_object_or_404(Absence.objects.select_related("person"), pk=absence, person=pk)
    return act(
        request,
        actions.cancel_absence,
        found,
        by=request.user,
        now=timezone.now(),
        said=_("The absence is taken back."),
        to="office:person",
        to_args=(pk,),
    )
