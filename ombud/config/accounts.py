"""Who may sign in: only people who were let in by one of ours."""

from allauth.account.adapter import DefaultAccountAdapter


class OursOnly(DefaultAccountAdapter):
    """Nobody makes an account for themselves; an administrator adds people."""

    def is_open_for_signup(self, request):
        return False
