"""bin/ombud: finds the command that the words name. Rooms add theirs in their apps.py (`commands`)."""

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from ombud.config.data_folder import CannotStart, data_folder

SETTINGS = "ombud.config.settings"


@dataclass(frozen=True)
class Command:
    """A command: where its main(argv) is, what it is for, and whether it needs the desk's database."""

    target: str
    says: str = ""
    django: bool = True

    def main(self):
        module, _, function = self.target.partition(":")
        return getattr(import_module(module), function)

    def summary(self):
        return self.says or (self.main().__doc__ or "").strip().partition("\n")[0]


COMMANDS = {
    "serve": Command("ombud.config.supervisor:main", "Serve the desk: web, mail and clock.", django=False),
    "prepare": Command("ombud.config.prepare:main", "Make or update the database; load the demo story once."),
    "web": Command("ombud.config.web:main", "Only the web process (serve starts it)."),
    "work": Command("ombud.config.work:main", "Only the work process: clock, SMTP, IMAP (serve starts it)."),
    "doctor": Command("ombud.config.doctor:main", "Say what is well and what is not with this installation."),
    "backup": Command(
        "ombud.config.safekeeping.commands:backup",
        "Put everything of this desk into one file, while it serves.",
    ),
    "restore": Command(
        "ombud.config.safekeeping.commands:restore",
        "Put a backup back into an empty place, or look whether it is whole.",
    ),
    "docs": Command("ombud.config.docs:main", "Write the reference pages that are drawn from the code."),
    "manage": Command("ombud.config.manage:main", "Django's management commands."),
    "words": Command("ombud.config.words:main", "Gather strings; say what is not translated.", django=False),
    # Reads a message without a desk, so it must not wait for one.
    "mail explain": Command(
        "ombud.lib.mail.explain:main", "What Ombud sees in a message, as JSON.", django=False
    ),
    "clock explain": Command(
        "ombud.lib.working_time.explain:main",
        "When something is due by a working calendar, and why, as JSON.",
        django=False,
    ),
}


def main(argv):
    """Run the command that the words name; its exit status is ours."""
    try:
        return run(take_data_option(argv))
    except CannotStart as trouble:
        print(f"ombud: {trouble}", file=sys.stderr)  # noqa: T201
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader has gone (`| head`); closing quietly is what it expects.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def run(argv):
    if not argv or argv[0] in ("-h", "--help", "help"):
        return show(all_commands())
    found = find(COMMANDS, argv) or find(all_commands(), argv)
    if not found:
        return say_unknown(argv)
    command, rest = found
    if command.django:
        set_up_django()
    return command.main()(rest) or 0


def find(commands, argv):
    """The command with the most matching words, and the words that remain for it."""
    for count in range(min(len(argv), 3), 0, -1):
        command = commands.get(" ".join(argv[:count]))
        if command:
            return command, argv[count:]
    return None


def all_commands():
    """Ours and every room's."""
    set_up_django()
    found = dict(COMMANDS)
    for room in import_module("ombud.lib.rooms").rooms():
        for words, target in room.commands.items():
            found[words] = Command(f"{room.name}.{target}")
    return found


def set_up_django():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    data_folder().make_ready()
    import_module("django").setup()


def take_data_option(argv):
    """Every command takes --data DIR, anywhere among its words; those we start inherit it."""
    rest, words = [], iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--data" or word.startswith("--data="):
            folder = word[len("--data=") :] if "=" in word else next(words, "")
            if not folder:
                raise CannotStart("--data needs a folder: --data DIR")
            os.environ["OMBUD_DATA"] = str(Path(folder).expanduser().resolve())
        else:
            rest.append(word)
    return rest


def show(commands):
    width = max(map(len, commands))
    lines = [f"  {words:<{width}}  {command.summary()}" for words, command in sorted(commands.items())]
    print("bin/ombud COMMAND [--data DIR]\n", *lines, sep="\n")  # noqa: T201
    return 0


def say_unknown(argv):
    commands = all_commands()
    near = {words: command for words, command in commands.items() if words.split()[0] == argv[0]}
    if near and argv[1:] in ([], ["-h"], ["--help"]):
        return show(near)
    raise CannotStart(f"there is no command {' '.join(argv[:2])!r}; bin/ombud --help lists them all")
