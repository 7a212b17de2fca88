"""`bin/ombud words`: gathers every string of the product into the catalogues and says what is not translated.

Strings are extracted with Babel, since Django's own makemessages overlooks plurals and blocks in Jinja pages.
"""

import argparse
import copy
import json
import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "ombud" / "locale"
LANGUAGES = ("es", "fr", "zh_Hans")  # English is the source
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "N_": None,  # marked here, translated when it is said
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "Verb": (2,),  # what an event means, as the log shows it
}
_PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def main(argv):
    """Gather strings; say what is missing, export it for a translator, or take a translation in."""
    parser = argparse.ArgumentParser("bin/ombud words", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when something is missing")
    parser.add_argument("--missing", metavar="LANGUAGE", help="print what a language lacks, as JSON")
    parser.add_argument(
        "--fill", nargs=2, metavar=("LANGUAGE", "FILE"), help="take translations in from JSON"
    )
    options = parser.parse_args(argv)
    template = gather()
    if options.missing:
        json.dump(lacking(load(options.missing, template)), sys.stdout, ensure_ascii=False, indent=1)
        return 0
    if options.fill:
        language, file = options.fill
        catalogue = load(language, template)
        fill(catalogue, json.loads(Path(file).read_text("utf-8")))
        save(language, catalogue)
        return 0  # the others may be in another translator's hands
    return report(template, write=not options.check)


def gather():
    """Every string of the product, where it stands, as a catalogue without translations."""
    with (ROOT / "ombud/ui/extraction.ini").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    template = Catalog(project="Ombud", charset="utf-8")
    found = extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )
    for file, _line, message, comments, context in found:
        template.add(message, locations=[(file, None)], auto_comments=comments, context=context)
    return template


def load(language, template):
    """A language's catalogue, brought up to the template; what is no longer used is gone."""
    file = path_of(language)
    catalogue = Catalog(locale=language)
    if file.exists():
        with file.open("rb") as source:
            catalogue = read_po(source, locale=language)
    # A copy: Babel takes the template's own messages in, and one language's words would reach the next.
    catalogue.update(copy.deepcopy(template), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def save(language, catalogue):
    """Write it in a fixed order and without dates, so that only a changed string changes the file."""
    out = BytesIO()
    write_po(out, catalogue, width=0, sort_output=True, omit_header=True, include_lineno=False)
    header = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    header += f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    file = path_of(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(header + out.getvalue().decode(), "utf-8")


def path_of(language):
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def lacking(catalogue):
    """What has no translation: [{"id", "plural", "context", "in", "translation"}]."""
    return [
        {
            "id": message.id if isinstance(message.id, str) else message.id[0],
            "plural": None if isinstance(message.id, str) else message.id[1],
            "context": message.context,
            "in": [place for place, _line in message.locations][:2],
            "translation": "" if isinstance(message.id, str) else [""] * catalogue.num_plurals,
        }
        for message in catalogue
        if message.id and not is_whole(message)
    ]


def fill(catalogue, rows):
    """Put translations in; one whose placeholders differ from the English ones is refused."""
    for row in rows:
        message = catalogue.get(row["id"], row.get("context"))
        if message is None or not row["translation"]:
            continue
        given = row["translation"]
        if wrong := [text for text in as_list(given) if places(text) - places(*as_list(message.id))]:
            raise SystemExit(f"These name a placeholder that the English text does not have: {wrong}")
        message.string = tuple(given) if isinstance(given, list) else given


def as_list(text):
    return [text or ""] if not isinstance(text, (list, tuple)) else list(text)


def places(*texts):
    """The placeholders of texts."""
    return {name for text in texts for pair in _PLACE.findall(text) for name in pair if name}


def is_whole(message):
    """Whether every form is there, and every placeholder that the plural (or only) form has."""
    strings = as_list(message.string)
    if message.fuzzy or not all(strings):
        return False
    return places(as_list(message.id)[-1]) <= places(strings[-1])


def report(template, write):
    """Write the catalogues (or only look); the exit status says whether anything is missing."""
    missing = 0
    for language in LANGUAGES:
        catalogue = load(language, template)
        gaps = lacking(catalogue)
        missing += len(gaps)
        if write:
            save(language, catalogue)
        sys.stdout.write(f"{language}: {len(template)} strings, {len(gaps)} not translated\n")
        for gap in gaps[:5]:
            sys.stdout.write(f"  {gap['id'][:80]!r} in {', '.join(gap['in'])}\n")
    return 1 if missing else 0
