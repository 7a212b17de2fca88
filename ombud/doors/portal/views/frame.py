"""What all pages of customers share."""

from django.shortcuts import render

from ombud.foundation.people.models import Company
from ombud.foundation.post.queries import default_mailbox


def page(request, name, *, status=200, **context):
    """Render `portal/<name>.html` in the frame of the company."""
    context |= {"company": Company.ours(), "mailbox": default_mailbox()}
    return render(request, f"portal/{name}.html", context, status=status)
