"""The stage in a thread, and a browser that looks at it."""

import socketserver
import threading
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

MIDDLEWARE = ["csp.middleware.CSPMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def stage():
    """The address of the stage, under the product's own content security policy."""
    with override_settings(
        ROOT_URLCONF="ombud.ui.tests.stage", MIDDLEWARE=MIDDLEWARE, ALLOWED_HOSTS=["*"], DEBUG=True
    ):
        application = StaticFilesHandler(get_wsgi_application())
        server = make_server("127.0.0.1", 0, application, _Server, _Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture
def open_page(browser, stage):
    """Opens a page of the stage and fails the test if any script or policy complained."""
    contexts, complaints = [], []

    def show(path, width=1440, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.route("https://tracker.example/**", lambda route: route.fulfill(status=204))
        page.goto(stage + path)
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield show
    for context in contexts:
        context.close()
    # The letter on the stage tries a script and a tracker on purpose; that they are blocked is what we want.
    assert [
        words for words in complaints if "tracker.example" not in words and "Blocked script" not in words
    ] == []
