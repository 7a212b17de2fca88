"""A stranger's HTML in a frame of its own: no scripts, no forms, nothing from elsewhere until asked for."""

from django.http import HttpResponse

# The frame's own policy: mails are full of inline styles, which the pages around them never allow.
ALWAYS = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; "
)
OWN_IMAGES = "img-src 'self' data:"
ANY_IMAGES = "img-src 'self' data: https: http:"

PAGE = """<!doctype html><html><head><meta charset="utf-8"><base target="_blank">
<meta name="referrer" content="no-referrer">
<style>html{{overflow-y:hidden}}body{{margin:0;padding:12px;font:14px/1.45 Inter,system-ui,sans-serif;
color:#1d1f26;overflow-wrap:anywhere}}img{{max-width:100%;height:auto}}table{{max-width:100%}}body>:first-child{{margin-top:0}}</style>
</head><body>{html}</body></html>"""


def shut_in(html, *, images=False):
    """A response for `<om-frame>`: sanitised HTML; its policy allows styles and, if asked, pictures."""
    response = HttpResponse(PAGE.format(html=html))
    response["Content-Security-Policy"] = ALWAYS + (ANY_IMAGES if images else OWN_IMAGES)
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, max-age=300"
    response.xframe_options_exempt = True
    return response
