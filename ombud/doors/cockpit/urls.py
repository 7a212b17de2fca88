from django.apps import apps
from django.urls import path

from .views import keeping, leading, linking, mine, overview, people, raising, showing, solving, updating

app_name = "cockpit"
ONE = "escalations/E-<int:number>/"
urlpatterns = [
    path("escalations/", overview.overview, name="overview"),
    path("escalations/kept/", keeping.rate, name="kept"),
    path("escalations/kept.csv", keeping.export, name="kept_csv"),
    path("escalations/mine/", mine.part, name="mine"),
    path("escalations/raise/<int:number>/", raising.escalate, name="raise"),
    path("escalations/raise/<int:number>/message/", raising.message, name="message"),
    path(ONE, showing.one, name="escalation"),
    path(f"{ONE}update/", updating.send, name="send"),
    path(f"{ONE}draft/", updating.draft, name="draft"),
    path(f"{ONE}take-back/", updating.take_back, name="take_back"),
    path(f"{ONE}next/", updating.set_next, name="set_next"),
    path(f"{ONE}waive/", updating.waive, name="waive"),
    path(f"{ONE}waiver/end/", updating.end_waiver, name="end_waiver"),
    path(f"{ONE}note/", updating.note, name="note"),
    path(f"{ONE}solutions/propose/", solving.propose, name="propose"),
    path(f"{ONE}solutions/<int:solution>/sign-off/", solving.sign_off, name="sign_off"),
    path(f"{ONE}solutions/<int:solution>/withdraw/", solving.withdraw, name="withdraw"),
    path(f"{ONE}solutions/<int:solution>/answer/", solving.answer, name="answer"),
    path(f"{ONE}solutions/<int:solution>/fix/", solving.settle_fix, name="settle_fix"),
    path(f"{ONE}take-over/", leading.take_over, name="take_over"),
    path(f"{ONE}hand-over/", leading.hand_over, name="hand_over"),
    path(f"{ONE}climb/", leading.climb, name="climb"),
    path(f"{ONE}stage/", leading.reach, name="reach"),
    path(f"{ONE}levels/", leading.set_levels, name="levels"),
    path(f"{ONE}brief/", leading.set_brief, name="brief"),
    path(f"{ONE}decide/", leading.decide, name="decide"),
    path(f"{ONE}de-escalate/", leading.de_escalate, name="de_escalate"),
    path(f"{ONE}confirm/", people.confirm, name="confirm"),
    path(f"{ONE}ours/add/", people.add_ours, name="add_ours"),
    path(f"{ONE}ours/<int:person>/remove/", people.remove_ours, name="remove_ours"),
    path(f"{ONE}theirs/add/", people.add_theirs, name="add_theirs"),
    path(f"{ONE}theirs/<int:customer>/remove/", people.remove_theirs, name="remove_theirs"),
    path(f"{ONE}links/give/", linking.give, name="give_link"),
    path(f"{ONE}links/<int:given>/revoke/", linking.revoke, name="revoke_link"),
    path(f"{ONE}tickets/join/", people.join, name="join"),
    path(f"{ONE}tickets/<int:ticket>/part/", people.part, name="part"),
]

if apps.is_installed("ombud.features.quiet_status"):  # a desk can do without
    from .views import asking

    urlpatterns += [path(f"{ONE}ask/", asking.ask_status, name="ask_status")]

if apps.is_installed("ombud.features.broadcasts"):
    from .incident_urls import urlpatterns as of_incidents

    urlpatterns += of_incidents
