"""Addresses of the office."""

from django.apps import apps
from django.urls import path

from .views import (
    accounts,
    brands,
    calendar_tries,
    calendars,
    customers,
    demo,
    desk,
    have,
    home,
    importing,
    ladders,
    log,
    mailboxes,
    notices,
    outbox,
    people,
    policies,
    policy_tries,
    rota,
    routing,
    sign_in,
    silence,
    tags,
    teams,
    tokens,
    welcome,
    words,
)

app_name = "office"
urlpatterns = [
    path("account/story", sign_in.demo_sign_in, name="demo_sign_in"),
    path("welcome", welcome.welcome, name="welcome"),
    path("welcome/company", welcome.company, name="welcome_company"),
    path("welcome/mailbox", welcome.mailbox, name="welcome_mailbox"),
    path("welcome/done", welcome.finished, name="welcome_done"),
    path("welcome/arrived", welcome.arrived, name="welcome_arrived"),
    path("customers/", customers.customers, name="customers"),
    path("customers/new", customers.customer_new, name="customer_new"),
    path("customers/import", importing.importing, name="import"),
    path("customers/import/check", importing.import_check, name="import_check"),
    path("customers/import/run", importing.import_run, name="import_run"),
    path("customers/<int:pk>", customers.customer, name="customer"),
    path("customers/<int:pk>/block", customers.customer_block, name="customer_block"),
    path("customers/accounts/", accounts.accounts, name="accounts"),
    path("customers/accounts/new", accounts.account_new, name="account_new"),
    path("customers/accounts/<int:pk>", accounts.account, name="account"),
    path("customers/accounts/<int:pk>/word", silence.account_word, name="account_word"),
    path("settings/", home.home, name="home"),
    path("settings/routing", routing.routes, name="routing"),
    path("settings/silence", silence.silence, name="silence"),
    path("settings/me", desk.me, name="me"),
    path("settings/notices", notices.ways, name="notice_ways"),
    path("told/<int:pk>", notices.one, name="notice"),
    path("have/<str:token>", have.have, name="have"),
    path("settings/company", desk.company, name="company"),
    path("settings/about", desk.about, name="about"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/new", people.person_new, name="person_new"),
    path("settings/people/roles", people.roles, name="roles"),
    path("settings/people/<int:pk>", people.person, name="person"),
    path("settings/people/<int:pk>/access", people.person_access, name="person_access"),
    path("settings/people/<int:pk>/password", people.person_password, name="person_password"),
    path("settings/people/<int:pk>/link", people.person_link, name="person_link"),
    path("settings/people/<int:pk>/absences", people.absence_new, name="absence_new"),
    path("settings/people/<int:pk>/absences/<int:absence>", people.absence_end, name="absence_end"),
    path("settings/teams/", teams.teams, name="teams"),
    path("settings/teams/new", teams.team_new, name="team_new"),
    path("settings/teams/<int:pk>", teams.team, name="team"),
    path("settings/teams/<int:pk>/archive", teams.team_archive, name="team_archive"),
    path("settings/calendars/", calendars.calendars, name="calendars"),
    path("settings/calendars/new", calendars.calendar_new, name="calendar_new"),
    path("settings/calendars/new/picture", calendar_tries.calendar_picture, name="calendar_picture_new"),
    path("settings/calendars/new/holidays", calendar_tries.calendar_holidays, name="calendar_holidays_new"),
    path("settings/calendars/places", calendar_tries.calendar_places, name="calendar_places"),
    path("settings/calendars/feed", calendar_tries.calendar_feed, name="calendar_feed"),
    path("settings/calendars/<int:pk>", calendars.calendar, name="calendar"),
    path("settings/calendars/<int:pk>/picture", calendar_tries.calendar_picture, name="calendar_picture"),
    path("settings/calendars/<int:pk>/holidays", calendar_tries.calendar_holidays, name="calendar_holidays"),
    path("settings/calendars/<int:pk>/default", calendars.calendar_default, name="calendar_default"),
    path("settings/calendars/<int:pk>/archive", calendars.calendar_archive, name="calendar_archive"),
    path("settings/calendars/<int:pk>/refresh", calendars.calendar_refresh, name="calendar_refresh"),
    path("settings/policies/", policies.policies, name="policies"),
    path("settings/policies/new", policies.policy_new, name="policy_new"),
    path("settings/policies/new/draft", policy_tries.policy_draft, name="policy_draft_new"),
    path("settings/policies/which", policy_tries.policy_which, name="policy_which"),
    path("settings/policies/counted", policy_tries.policy_counted, name="policy_counted"),
    path("settings/policies/<int:pk>", policies.policy, name="policy"),
    path("settings/policies/<int:pk>/draft", policy_tries.policy_draft, name="policy_draft"),
    path("settings/policies/<int:pk>/compare", policy_tries.policy_compare, name="policy_compare"),
    path("settings/policies/<int:pk>/archive", policies.policy_archive, name="policy_archive"),
    path("settings/policies/<int:pk>/move/<slug:way>", policies.policy_move, name="policy_move"),
    path("settings/ladders/", ladders.ladders, name="ladders"),
    path("settings/ladders/new", ladders.ladder_new, name="ladder_new"),
    path("settings/ladders/<int:pk>", ladders.ladder, name="ladder"),
    path("settings/ladders/<int:pk>/versions", ladders.ladder_versions, name="ladder_versions"),
    path("settings/ladders/<int:pk>/discard", ladders.ladder_discard, name="ladder_discard"),
    path("settings/ladders/<int:pk>/retry", ladders.ladder_retry, name="ladder_retry"),
    path("settings/ladders/<int:pk>/archive", ladders.ladder_archive, name="ladder_archive"),
    path("settings/ladders/<int:pk>/move/<slug:way>", ladders.ladder_move, name="ladder_move"),
    path("settings/rotas/", rota.rotas, name="rotas"),
    path("settings/rotas/<int:pk>", rota.rota, name="rota"),
    path("settings/rotas/<int:pk>/duty/<int:duty>/drop", rota.duty_drop, name="duty_drop"),
    path("settings/mailboxes/", mailboxes.mailboxes, name="mailboxes"),
    path("settings/mailboxes/new", mailboxes.mailbox_new, name="mailbox_new"),
    path("settings/mailboxes/try/<slug:wire>", mailboxes.mailbox_try, name="mailbox_try_new"),
    path("settings/mailboxes/<int:pk>", mailboxes.mailbox, name="mailbox"),
    path("settings/mailboxes/<int:pk>/try/<slug:wire>", mailboxes.mailbox_try, name="mailbox_try"),
    path("settings/mailboxes/<int:pk>/archive", mailboxes.mailbox_archive, name="mailbox_archive"),
    path("settings/outbox/", outbox.outbox, name="outbox"),
    path("settings/outbox/<int:pk>", outbox.letter, name="letter"),
    path("settings/outbox/<int:pk>/html", outbox.letter_html, name="letter_html"),
    path("settings/outbox/<int:pk>/retry", outbox.letter_retry, name="letter_retry"),
    path("settings/outbox/<int:pk>/take-back", outbox.letter_take_back, name="letter_take_back"),
    path("settings/brands/", brands.brands, name="brands"),
    path("settings/brands/new", brands.brand_new, name="brand_new"),
    path("settings/brands/<int:pk>", brands.brand, name="brand"),
    path("settings/brands/<int:pk>/archive", brands.brand_archive, name="brand_archive"),
    path("settings/tags/", tags.tags, name="tags"),
    path("settings/tags/<int:pk>", tags.tag, name="tag"),
    path("settings/tags/<int:pk>/merge", tags.tag_merge, name="tag_merge"),
    path("settings/tags/<int:pk>/archive", tags.tag_archive, name="tag_archive"),
    path("settings/replies/", words.replies, name="replies"),
    path("settings/replies/new", words.reply_new, name="reply_new"),
    path("settings/replies/<int:pk>", words.reply, name="reply"),
    path("settings/replies/<int:pk>/archive", words.reply_archive, name="reply_archive"),
    path("settings/views/", words.views, name="views"),
    path("settings/views/<int:pk>/share", words.view_share, name="view_share"),
    path("settings/views/<int:pk>/remove", words.view_remove, name="view_remove"),
    path("settings/matrix", words.matrix, name="matrix"),
    path("settings/tokens/", tokens.tokens, name="tokens"),
    path("settings/tokens/<int:pk>/revoke", tokens.token_revoke, name="token_revoke"),
    path("settings/log", log.log, name="log"),
    path("settings/demo/", demo.demo, name="demo"),
    path("settings/demo/<slug:word>", demo.demo_act, name="demo_act"),
]

if apps.is_installed("ombud.features.channels"):  # a desk can do without
    from .views import arrivals

    urlpatterns += [
        path("settings/channels/", arrivals.channels, name="channels"),
        path("settings/channels/<slug:name>", arrivals.channel_switch, name="channel_switch"),
        path("settings/aside/", arrivals.aside, name="aside"),
        path("settings/aside/many", arrivals.aside_many, name="aside_many"),
        path("settings/aside/<int:pk>", arrivals.aside_one, name="aside_one"),
        path("settings/aside/<int:pk>/original", arrivals.aside_raw, name="aside_raw"),
        path("settings/aside/<int:pk>/<slug:verb>", arrivals.aside_act, name="aside_act"),
    ]

if apps.is_installed("ombud.features.simulator"):
    from .views import ladder_replays

    urlpatterns += [
        path("settings/ladders/<int:pk>/replay", ladder_replays.ladder_replay, name="ladder_replay"),
        path("settings/ladders/<int:pk>/tried", ladder_replays.ladder_tried, name="ladder_tried"),
        path(
            "settings/ladders/<int:pk>/replay/stop",
            ladder_replays.ladder_replay_stop,
            name="ladder_replay_stop",
        ),
    ]

if apps.is_installed("ombud.features.quiet_status"):
    from .views import status_links, statuses

    urlpatterns += [
        path("status/", statuses.statuses, name="statuses"),
        path("status/E-<int:number>/say", statuses.say, name="status_say"),
        path("status/<str:token>", status_links.status, name="status"),
        path("settings/status", statuses.wishes, name="status_wishes"),
    ]

if apps.is_installed("ombud.features.surveys"):
    from .views import survey_results, surveys

    urlpatterns += [
        path("settings/surveys/", surveys.surveys, name="surveys"),
        path("settings/surveys/new", surveys.survey_new, name="survey_new"),
        path("settings/surveys/draft", surveys.survey_draft, name="survey_draft"),
        path("settings/surveys/mail", surveys.survey_mail, name="survey_mail"),
        path("settings/surveys/<int:pk>", surveys.survey, name="survey"),
        path("settings/surveys/<int:pk>/archive", surveys.survey_archive, name="survey_archive"),
        path("settings/surveys/<int:pk>/results", survey_results.survey_results, name="survey_results"),
        path("settings/surveys/<int:pk>/answers.csv", survey_results.survey_csv, name="survey_csv"),
        path("settings/surveys/asks/<int:pk>/revoke", surveys.survey_revoke, name="survey_revoke"),
    ]

if apps.is_installed("ombud.features.request_forms"):
    from .views import request_kinds

    urlpatterns += [
        path("settings/forms/", request_kinds.request_kinds, name="request_kinds"),
        path("settings/forms/new", request_kinds.request_kind_new, name="request_kind_new"),
        path("settings/forms/<int:pk>", request_kinds.request_kind, name="request_kind"),
        path(
            "settings/forms/<int:pk>/archive",
            request_kinds.request_kind_archive,
            name="request_kind_archive",
        ),
    ]
