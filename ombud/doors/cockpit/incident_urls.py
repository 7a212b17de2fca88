"""Addresses of incidents and broadcasts, for desks that have that feature."""

from django.urls import path

from .views import broadcasts, incidents

ONE = "escalations/incidents/I-<int:number>/"
TOLD = f"{ONE}broadcasts/<int:broadcast>/"
urlpatterns = [
    path("escalations/incidents/", incidents.overview, name="incidents"),
    path("escalations/incidents/new/", incidents.new, name="incident_new"),
    path("escalations/incidents/rule/", incidents.rule, name="incident_rule"),
    path("escalations/incidents/report/<int:ticket>/", incidents.report, name="incident_report"),
    path(ONE, incidents.one, name="incident"),
    path(f"{ONE}change/", incidents.change, name="incident_change"),
    path(f"{ONE}fix/", incidents.fix, name="incident_fix"),
    path(f"{ONE}reopen/", incidents.reopen, name="incident_reopen"),
    path(f"{ONE}find/", incidents.find, name="incident_find"),
    path(f"{ONE}find/<int:finding>/again/", incidents.again, name="incident_again"),
    path(f"{ONE}affected/<int:affected>/exclude/", incidents.exclude, name="incident_exclude"),
    path(f"{ONE}affected/<int:affected>/include/", incidents.include, name="incident_include"),
    path(f"{ONE}broadcasts/begin/", broadcasts.begin, name="broadcast_begin"),
    path(TOLD, broadcasts.one, name="broadcast"),
    path(f"{TOLD}write/", broadcasts.write, name="broadcast_write"),
    path(f"{TOLD}approve/<int:wording>/", broadcasts.approve, name="broadcast_approve"),
    path(f"{TOLD}ask/", broadcasts.ask, name="broadcast_ask"),
    path(f"{TOLD}list/", broadcasts.list_them, name="broadcast_list"),
    path(f"{TOLD}send/", broadcasts.send, name="broadcast_send"),
    path(f"{TOLD}stop/", broadcasts.stop, name="broadcast_stop"),
]
