"""`bin/ombud clock explain`: when something is due by a calendar, or how much was worked, and why."""

import argparse
import json
import sys
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from ombud.lib.working_time.account import explain_between, explain_due
from ombud.lib.working_time.reading import read_calendar
from ombud.lib.working_time.refusals import Refused
from ombud.lib.working_time.wall import SECOND, instant_of, time_of

NOT_THERE = "The clock never showed that time on that day; the time as far after the jump is taken."
TWICE = "The clock showed that time twice; the first is taken."


def main(argv):
    """Answer one question, or one per line of standard input. 1 if the one question could not be answered."""
    options = _options(argv)
    try:
        calendar = _file(options.calendar) if options.calendar else None
    except Refused as error:
        _say({"error": str(error)})
        return 1
    if options.batch:
        for line in sys.stdin.buffer:
            if line.strip():
                _say(answer_line(line, calendar))
        return 0
    question = {"start": options.start, "add_seconds": options.add, "until": options.until}
    answered = answer({"calendar": calendar} | question)
    _say(answered)
    return int("error" in answered)


def answer_line(line, calendar=None):
    """The answer to a question as JSON; `calendar` is for questions that bring none."""
    try:
        question = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"error": f"This line is not JSON: {error}"}
    if not isinstance(question, dict):
        return {"error": "A question is an object with calendar, start, and add_seconds or until."}
    return answer({"calendar": calendar} | question)


def answer(question):
    """`{"due" | "elapsed_seconds", "lines"}`, or `{"error"}` saying which part of the question is wrong."""
    try:
        return _answer(question)
    except Refused as error:
        return {"error": str(error)}
    except RecursionError:
        return {"error": "calendar: brackets are nested too deep"}


def _answer(question):
    seconds, until = question.get("add_seconds"), question.get("until")
    if (seconds is None) == (until is None):
        raise Refused("question", "either add_seconds or until is needed")
    if question.get("calendar") is None:
        raise Refused("calendar", "a calendar is needed")
    calendar = _calendar(json.dumps(question["calendar"], sort_keys=True))
    notes = []
    start = _time("start", question.get("start"), calendar.zone, notes)
    if until is None:
        due, lines = explain_due(calendar, start, seconds)
        said = {"due": due.astimezone(calendar.zone).isoformat()}
    else:
        lines = explain_between(calendar, start, _time("until", until, calendar.zone, notes))
        counted = sum(instant_of(one.end) - instant_of(one.start) for one in lines if one.counted)
        said = {"elapsed_seconds": counted / SECOND if counted % SECOND else counted // SECOND}
    said["lines"] = [_line(one) for one in lines]
    return said | ({"notes": notes} if notes else {})


def _line(line):
    return {
        "from": line.start.isoformat(),
        "until": line.end.isoformat(),
        "seconds": line.seconds,
        "counted": line.counted,
        "kind": line.why,
        "why": line.words,
    }


@lru_cache(maxsize=64)
def _calendar(said):
    return read_calendar(json.loads(said))


def _time(field, said, zone, notes):
    """A time in the calendar's zone; without offset it is on its clock; what that leaves open is noted."""
    try:
        time = datetime.fromisoformat(said)
    except (TypeError, ValueError):
        raise Refused(field, "{time} is not a time, such as 2026-03-02T09:30", time=said) from None
    if time.tzinfo:
        return time_of(instant_of(time, field), zone)
    time = time.replace(tzinfo=zone)
    first, second = time.utcoffset(), time.replace(fold=1).utcoffset()
    if first != second:
        notes.append(f"{field}: {NOT_THERE if first < second else TWICE}")
    return time_of(instant_of(time, field), zone)


def _file(name):
    try:
        return json.loads(Path(name).read_bytes())
    except OSError as error:
        raise Refused("calendar", "the file cannot be read: {why}", why=error.strerror or error) from None
    except (ValueError, RecursionError) as error:
        raise Refused("calendar", "the file is not JSON: {why}", why=error) from None


def _say(answered):
    sys.stdout.buffer.write(json.dumps(answered, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def _options(argv):
    parser = argparse.ArgumentParser("bin/ombud clock explain", description=__doc__)
    parser.add_argument("--calendar", metavar="FILE", help="as JSON: docs/concepts/working-time.md")
    parser.add_argument("--start", metavar="ISO", help="without an offset it is in the calendar's zone")
    parser.add_argument("--batch", action="store_true", help="one question per line of standard input")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--add", metavar="SECONDS", type=_number, help="when so much working time has passed")
    which.add_argument("--until", metavar="ISO", help="how much working time there is until then")
    options = parser.parse_args(argv)
    asked = options.start and (options.add is not None or options.until)
    if options.batch and (options.start or options.add is not None or options.until):
        parser.error("with --batch the questions come from standard input")
    if not options.batch and not (options.calendar and asked):
        parser.error("--calendar, --start and one of --add and --until are needed (or --batch)")
    return options


def _number(said):
    number = float(said)
    return int(number) if number.is_integer() else number
