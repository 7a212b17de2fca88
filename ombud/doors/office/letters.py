"""The mail with which somebody sets their own password."""

from allauth.account.forms import ResetPasswordForm
from django.utils import translation

from ombud.foundation.people.models import Company


def send_password_link(request, person):
    """Mail the link, in the person's own language; without a mail server it waits in the outbox."""
    company = Company.ours()
    with translation.override(person.language or (company.language if company else "en")):
        form = ResetPasswordForm({"email": person.email})
        if form.is_valid():
            form.save(request)
