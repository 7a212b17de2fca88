"""Addresses of the office."""

from django.urls import path

from .views import home, mailboxes, people, sign_in, teams, welcome

app_name = "office"
urlpatterns = [
    path("account/story", sign_in.demo_sign_in, name="demo_sign_in"),
    path("welcome", welcome.welcome, name="welcome"),
    path("welcome/company", welcome.company, name="welcome_company"),
    path("welcome/mailbox", welcome.mailbox, name="welcome_mailbox"),
    path("welcome/done", welcome.finished, name="welcome_done"),
    path("welcome/arrived", welcome.arrived, name="welcome_arrived"),
    path("settings/", home.home, name="home"),
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
    path("settings/mailboxes/", mailboxes.mailboxes, name="mailboxes"),
    path("settings/mailboxes/new", mailboxes.mailbox_new, name="mailbox_new"),
    path("settings/mailboxes/try/<str:wire>", mailboxes.mailbox_try, name="mailbox_try_new"),
    path("settings/mailboxes/<int:pk>", mailboxes.mailbox, name="mailbox"),
    path("settings/mailboxes/<int:pk>/try/<str:wire>", mailboxes.mailbox_try, name="mailbox_try"),
    path("settings/mailboxes/<int:pk>/archive", mailboxes.mailbox_archive, name="mailbox_archive"),
]
