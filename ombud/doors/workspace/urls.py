from django.urls import path, register_converter
from django.urls.converters import StringConverter

from .views import asking, beginning, changing, climbing, files, keeping, lists, promises, telling, writing


class Kind(StringConverter):
    """What one writes."""

    regex = "reply|note|forward"


register_converter(Kind, "kind")
app_name = "workspace"
TICKET = "tickets/<int:number>/"
urlpatterns = [
    path("", lists.front, name="front"),
    path("inbox/", lists.in_view, name="inbox"),
    path("inbox/<slug:view>/", lists.in_view, name="view"),
    path("inbox/<slug:view>/filter/", asking.filter_form, name="filter"),
    path("inbox/<slug:view>/<int:number>/", lists.in_view, name="in_view"),
    path("search/", asking.search, name="search"),
    path("palette/", asking.palette, name="palette"),
    path("notices/", telling.notices, name="notices"),
    path("notices/read/", telling.read_all, name="read_all"),
    path("log/", beginning.log, name="log"),
    path("new/", beginning.new, name="new"),
    path("live/token/", asking.live_token, name="live_token"),
    path("saved-views/", keeping.keep, name="keep_view"),
    path("saved-views/<int:view>/remove/", keeping.remove, name="remove_view"),
    path("change/<slug:what>/ask/", asking.ask_many, name="ask_many"),
    path("change/<slug:what>/", changing.change_many, name="change_many"),
    path("undo/<str:name>/", changing.undo, name="undo"),
    path("suggest/customers/", asking.customers, name="customers"),
    path("suggest/tickets/", asking.tickets, name="tickets"),
    path("suggest/tags/", asking.tags, name="tags"),
    path(TICKET, lists.ticket, name="ticket"),
    path(f"{TICKET}ask/<slug:what>/", asking.ask, name="ask"),
    path(f"{TICKET}people/", asking.people, name="people"),
    path(f"{TICKET}addresses/", asking.addresses, name="addresses"),
    path(f"{TICKET}quick-replies/", asking.quick_replies, name="quick_replies"),
    path(f"{TICKET}change/<slug:what>/", changing.change, name="change"),
    path(f"{TICKET}climb/", climbing.climb, name="climb"),
    path(f"{TICKET}climbs/<int:climb>/have/", climbing.have, name="have"),
    path(f"{TICKET}climbs/<int:climb>/let-go/", climbing.let_go, name="let_go"),
    path(f"{TICKET}askings/<int:asking>/dismiss/", climbing.not_this_time, name="not_this_time"),
    path(f"{TICKET}merge/", changing.merge, name="merge"),
    path(f"{TICKET}split/", changing.split, name="split"),
    path(f"{TICKET}link/", changing.link, name="link"),
    path(f"{TICKET}unlink/", changing.unlink, name="unlink"),
    path(f"{TICKET}promises/<int:promise>/", promises.why, name="promise"),
    path(f"{TICKET}promises/<int:promise>/done/", promises.keep_word, name="keep_word"),
    path(f"{TICKET}promises/<int:promise>/withdraw/", promises.withdraw_word, name="withdraw_word"),
    path(f"{TICKET}offers/<int:offer>/accept/", promises.accept_offer, name="accept_offer"),
    path(f"{TICKET}offers/<int:offer>/decline/", promises.decline_offer, name="decline_offer"),
    path(f"{TICKET}here/", writing.be_here, name="be_here"),
    path(f"{TICKET}<kind:kind>/send/", writing.send, name="send"),
    path(f"{TICKET}<kind:kind>/draft/", writing.save_draft, name="draft"),
    path(f"{TICKET}<kind:kind>/discard/", writing.discard_draft, name="discard"),
    path(f"{TICKET}<kind:kind>/files/", writing.upload, name="upload"),
    path(f"{TICKET}<kind:kind>/preview/", writing.preview, name="preview"),
    path(f"{TICKET}<kind:kind>/letter/", writing.letter, name="draft_letter"),
    path("messages/<int:message>/take-back/", writing.take_back, name="take_back"),
    path("messages/<int:message>/retry/", writing.retry, name="retry"),
    path("messages/<int:message>/original/", files.original, name="original"),
    path("messages/<int:message>/letter/", files.letter, name="letter"),
    path("attachments/<int:number>/<path:name>", files.attachment, name="attachment"),
]
