"""The verbs of the permission table in words, in the order in which they are shown."""

from django.utils.translation import gettext_lazy as _

from ombud.foundation.people import permissions

VERB_WORDS = (
    (permissions.SEE_ALL, _("See every ticket"), _("but those in private teams of others")),
    (permissions.ANSWER, _("Answer customers"), ""),
    (permissions.NOTE, _("Write notes"), ""),
    (permissions.LOG, _("Log a complaint"), _("on a customer’s behalf")),
    (permissions.ASSIGN, _("Assign"), _("to people and teams")),
    (permissions.CHANGE, _("Change tickets"), _("status, severity, tags, merge, split")),
    (permissions.OVERRULE, _("Overrule the priority"), _("with a reason")),
    (permissions.SHARE, _("Share"), _("views, quick replies and tags")),
    (permissions.CUSTOMERS, _("Edit customers"), _("and accounts, and import them")),
    (permissions.PEOPLE, _("Keep people"), _("teams and absences")),
    (permissions.ESCALATIONS, _("Lead escalations"), _("stages, waivers, closing")),
    (permissions.APPROVE, _("Approve broadcasts"), _("and send them")),
    (permissions.PROMISES, _("Keep promises"), _("working calendars and SLA policies")),
    (permissions.ADMINISTER, _("Administer"), _("mailboxes, company, tokens, the post")),
)
