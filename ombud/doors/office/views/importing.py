"""Importing a customer list: a dry run first, then five hundred lines at a time."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ombud.doors.office.forms.customers import ListForm
from ombud.doors.office.guard import asks
from ombud.doors.office.pages import desk_page, done, tried
from ombud.foundation.people.importing import take_in, understand
from ombud.foundation.people.permissions import CUSTOMERS
from ombud.lib import files
from ombud.ui.blocks import page_or_block

KEPT = "customer_list"  # in the session: which file, how far, and what came of it
AT_ONCE = 500
SHOWN = 12


@asks(CUSTOMERS)
def importing(request):
    """Choosing a file; then what would come of it. Nothing is written yet."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        if tried(form, understand, content):
            request.session[KEPT] = {
                "sha256": files.keep(content),
                "at": 0,
                "made": 0,
                "changed": 0,
                "same": 0,
            }
            return redirect("office:import_check")
    return desk_page(request, "import", form=form)


@asks(CUSTOMERS)
def import_check(request):
    """The dry run: every line that cannot be taken in, and a few of those that can."""
    sheet = _sheet(request)
    context = {
        "sheet": sheet,
        "good": sheet.good[:SHOWN],
        "bad": sheet.bad[:200],
        "kept": request.session[KEPT],
    }
    return desk_page(request, "import_check", **context)


@require_POST
@asks(CUSTOMERS)
def import_run(request):
    """The next five hundred lines. The page asks for more until all are in."""
    sheet, kept = _sheet(request), request.session[KEPT]
    lines = sheet.good[kept["at"] : kept["at"] + AT_ONCE]
    counts = take_in(lines, by=request.user, now=timezone.now())
    kept["at"] += len(lines)
    for word, count in counts.items():
        kept[word] += count
    request.session[KEPT] = kept
    if kept["at"] < len(sheet.good):
        context = {"kept": kept, "all": len(sheet.good), "sheet": sheet}
        return page_or_block(request, "office/import_run.html", "progress", context)
    del request.session[KEPT]
    words = _("%(made)s customers are new, %(changed)s were changed, %(same)s were known already.") % kept
    answer = done(request, words, "office:customers")
    if request.htmx:
        answer.status_code, answer["HX-Redirect"] = 200, answer["Location"]
    return answer


def _sheet(request):
    kept = request.session.get(KEPT)
    if not kept:
        raise Http404
    return understand(files.read(kept["sha256"]))
