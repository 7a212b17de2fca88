"""bin/ombud docs: writes the pages of docs/reference that are drawn from the code, and so are never wrong."""

from ombud.config import command_line
from ombud.config.data_folder import ROOT
from ombud.foundation.events.log import CATALOGUE
from ombud.lib.rooms import rooms

REFERENCE = ROOT / "docs/reference"
DRAWN = "<!-- Drawn from the code by `bin/ombud docs`; what is written here by hand is lost. -->\n"


def main(argv):
    """Write the pages of docs/reference that are drawn from the code."""
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
    return 0


def pages():
    """File names in docs/reference, and what must stand in them."""
    drawn = {"floor-plan.md": floor_plan(), "events.md": events(), "commands.md": commands()}
    return {name: DRAWN + text for name, text in drawn.items()}


def floor_plan():
    """Which rooms there are, floor by floor from the top, and what each is for."""
    lines = ["# Floor plan", "", "Imports go only downstairs."]
    for floor in ("doors", "features", "spine", "foundation", "ui"):
        lines += ["", f"## {floor}", ""]
        lines += [f"- **{room.label}**: {sentence(room.module)}" for room in rooms() if on(floor, room)]
    return "\n".join(lines) + "\n"


def on(floor, room):
    return room.name.split(".")[1] == floor


def sentence(of):
    """The first paragraph of what it says about itself, on one line."""
    return " ".join((of.__doc__ or "").strip().partition("\n\n")[0].split())


def events():
    """All that can happen, with what each event carries."""
    lines = ["# Events", "", "What can stand in the log. `data` carries ids, codes and times.", ""]
    lines += ["| Verb | What it means | Carries |", "|---|---|---|"]
    for name, verb in sorted(CATALOGUE.items()):
        carries = ", ".join(f"`{field}`" for field in verb.carries)
        lines.append(f"| `{name}` | {verb.meaning} | {carries} |")
    return "\n".join(lines) + "\n"


def commands():
    """Every command of bin/ombud."""
    known = command_line.all_commands()
    lines = [
        "# Commands",
        "",
        "`bin/ombud WORDS`; each takes `--data DIR`, and `--help` for its options.",
        "",
    ]
    lines += ["| Words | What for |", "|---|---|"]
    lines += [f"| `{words}` | {command.summary()} |" for words, command in sorted(known.items())]
    return "\n".join(lines) + "\n"
