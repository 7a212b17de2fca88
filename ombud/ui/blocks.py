"""One block of a page, for htmx: one template answers with the whole page or with the part that changed."""

from django.http import HttpResponse
from django.template import engines
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy


def render_block(request, template, block, context=None, *, status=200):
    """A response with just the named block of the template. KeyError if the template has no such block."""
    page = engines["jinja2"].get_template(template)
    values = {
        **(context or {}),
        "request": request,
        "csrf_input": csrf_input_lazy(request),
        "csrf_token": csrf_token_lazy(request),
    }
    for processor in page.backend.template_context_processors:
        values.update(processor(request))
    scope = page.template.new_context(values)
    # The first step of the page runs its imports, macros and sets, and lets it inherit its parents' blocks.
    next(page.template.root_render_func(scope), None)
    return HttpResponse("".join(scope.blocks[block][0](scope)), status=status)


def asks_for_part(request):
    """True when htmx wants a part of the page; a step back in its history wants all of it."""
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-History-Restore-Request") != "true"
        and request.headers.get("HX-Boosted") != "true"
    )


def page_or_block(request, template, block, context=None, *, status=200):
    """The whole page for a browser, the block for htmx; caches keep the two apart."""
    if asks_for_part(request):
        response = render_block(request, template, block, context, status=status)
    else:
        page = engines["jinja2"].get_template(template)
        response = HttpResponse(page.render(context or {}, request), status=status)
    response["Vary"] = "HX-Request"
    return response
