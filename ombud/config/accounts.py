"""Who may sign in: only people who were let in by one of ours."""

from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse

from ombud.foundation.people.models import Company


class OursOnly(DefaultAccountAdapter):
    """Nobody makes an account for themselves; an administrator adds people."""

    def is_open_for_signup(self, request):
        return False

    def get_reset_password_from_key_url(self, key):
        """A link under the desk's own address, if it is known: a forged Host header must not get the key."""
        company = Company.ours()
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        path = path.replace("UID-KEY", quote(key))
        if company and company.address:
            return company.address.rstrip("/") + path
        return self.request.build_absolute_uri(path)


def who_tries(request, credentials):
    """For django-axes: the address with which somebody tries to sign in."""
    given = credentials or {}
    return (given.get("email") or given.get("username") or request.POST.get("login", "")).strip().lower()
