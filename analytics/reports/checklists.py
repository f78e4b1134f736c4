"""A checklist on A4: its header, each line with its items' codes and boxes, and its footer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from analytics.reports.typesetting import Document, typeset
from assessments.facts import Done, GlobalRating, Seen, Stage, YesNo
from assessments.observations import answers_of, is_critical
from assessments.paper.codes import content_code
from assessments.paper.columns import LETTERS, watched_in_order
from curriculum.models import Asks, BehaviourKind, Checklist, Line, Part, Programme, Relation, Setting
from curriculum.phrases import N_, Phrase, Translations

Say = Callable[[Phrase], str]

TEMPLATE: Final = "checklist"
MOST_COPIES: Final = 50
"""Sheets of one download."""

_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv"})

SETTINGS: Final = {
    Setting.ROLEPLAY: N_("role‑play"),
    Setting.LIVE: N_("in a real group"),
    Setting.SUPERVISION: N_("in supervision"),
}
STAGES: Final = {
    Stage.OBSERVE: N_("watched only"),
    Stage.CO_LEAD: N_("helped to lead"),
    Stage.LEAD_PART: N_("led a part"),
    Stage.LEAD_WHOLE: N_("led the whole session"),
}
ANSWERS: Final[dict[str, Phrase]] = {
    Seen.SEEN: N_("seen"),
    Seen.NOT_SEEN: N_("not seen"),
    Seen.NO_OPPORTUNITY: N_("no chance"),
    Done.DONE: N_("Done"),
    Done.PARTLY: N_("Partly"),
    Done.NOT_DONE: N_("Not done"),
    Done.NOT_APPLICABLE: N_("N/A"),
    YesNo.YES: N_("Yes"),
    YesNo.NO: N_("No"),
}
OVERALL: Final = {
    GlobalRating.NOT_YET: N_("Not yet"),
    GlobalRating.BORDERLINE: N_("Nearly"),
    GlobalRating.PASS: N_("Good enough"),
    GlobalRating.STRONG: N_("Strong"),
}
HELP: Final = (
    N_("1 · watches only"),
    N_("2 · does it with somebody beside them"),
    N_("3 · does it, help is near"),
    N_("4 · does it on their own"),
    N_("5 · can guide others"),
)
OWN_HELP: Final = (
    N_("1 · I would rather watch"),
    N_("2 · I do it with somebody beside me"),
    N_("3 · I do it, help is near"),
    N_("4 · I do it on my own"),
    N_("5 · I can guide others"),
)
_KINDS: Final = {
    BehaviourKind.BASIC: N_("Basic"),
    BehaviourKind.FURTHER: N_("Further"),
    BehaviourKind.UNHELPFUL: N_("Unhelpful"),
}
_RATERS: Final = {
    Relation.TRAINER: N_("Filled in by a trainer"),
    Relation.SELF: N_("Filled in by the person themselves; it never counts"),
    Relation.PARTNER: N_("Filled in by the partner; it never counts"),
}
WORDS: Final = {
    "form": N_("Form"),
    "copy": N_("Copy no. (if photocopied: 2, 3 …)"),
    "trainee": N_("Trainee (code)"),
    "observer": N_("Observer (code)"),
    "day": N_("Day (year-month-day)"),
    "began": N_("Began at"),
    "ended": N_("Ended at"),
    "session": N_("Session or group code"),
    "setting": N_("Where?"),
    "stage": N_("How much did they lead?"),
    "scenario": N_("Which story?"),
    "second": N_("A second leader was there"),
    "purpose": N_("What is it for?"),
    "counts": N_("It counts"),
    "formative": N_("Practice only"),
    "yes": N_("Yes"),
    "no": N_("No"),
    "codes_only": N_("Codes only. No names, and nothing about a family, on this sheet."),
    "nobody_told": N_(
        "Paper tells nobody. If you tick something unhelpful on a line marked critical, stop, and ring the "
        "safeguarding lead today. Do not wait until the sheet is typed in."
    ),
    "critical": N_("critical"),
    "only": N_("only"),
    "all_basics": N_("All basics seen"),
    "none_unhelpful": N_("I watched for everything unhelpful, and saw none but what is ticked"),
    "no_further": N_("I saw nothing further than what is ticked"),
    "overall": N_("Overall"),
    "help": N_("How much help next time?"),
    "strength": N_("One strength (may be empty)"),
    "next_step": N_("One next step (may be empty)"),
    "own_practice": N_("About the trainee's own practice only."),
    "seen_by": N_("Trainee: I have seen this"),
    "agree": N_("I agree"),
    "disagree": N_("I do not agree"),
    "say_again": N_("It counts when you say so in your own account."),
    "content": N_("Content"),
    "leader": N_("Write the leader's code, not the name."),
    "which_session": N_("Write the session's number or code."),
    "log": N_("A log: nothing here is judged. Type it in the app under Practice."),
}


@dataclass(frozen=True, slots=True)
class Sheets:
    """What is printed: a checklist, once for each code.

    Attributes:
        programme: The version that it belongs to.
        checklist: What is printed.
        codes: A form's code for each sheet.
        made_at: The instant that dates the file.
        trainee: The trainee's code, where the sheets are meant for one; blank otherwise.
        is_synthetic: Whether the people are invented.
    """

    programme: Programme
    checklist: Checklist
    codes: Sequence[str]
    made_at: datetime
    trainee: str = ""
    is_synthetic: bool = False


def print_checklist(sheets: Sheets, translations: Translations | None = None) -> bytes:
    """Return the PDF.

    Raises:
        ReportError: A text of the programme cannot be printed.
    """
    return typeset(TEMPLATE, _data(sheets, translations), translations=translations)


def _data(sheets: Sheets, translations: Translations | None) -> dict[str, object]:
    programme, checklist = sheets.programme, sheets.checklist
    language = programme.head.language
    is_own = checklist.rater is Relation.SELF

    def say(phrase: Phrase) -> str:
        return phrase.text(translations)

    words = {name: say(phrase) for name, phrase in WORDS.items()}
    if is_own:
        words["help"] = say(N_("How much help would you like next time?"))
    return {
        "document": Document(
            title=f"{checklist.id} · {checklist.title}",
            made_at=sheets.made_at,
            programme=programme.head.title,
            version=programme.head.version,
            language=language.split("-")[0],
            is_right_to_left=language.split("-")[0] in _RIGHT_TO_LEFT,
            is_synthetic=sheets.is_synthetic,
        ),
        "words": words,
        "codes": list(sheets.codes),
        "content": content_code(programme, checklist),
        "explain": checklist.explain,
        "trainee": sheets.trainee,
        "rater": say(_RATERS[checklist.rater]),
        "by_trainer": checklist.rater is Relation.TRAINER,
        "settings": [say(SETTINGS[one]) for one in checklist.settings],
        "stages": [say(words) for words in STAGES.values()] if Setting.LIVE in checklist.settings else [],
        "scenarios": [{"id": id_, "title": programme.scenario_by_id[id_].title} for id_ in checklist.scenarios],
        "kind": programme.scale_of(checklist).kind,
        "answers": [
            {"words": say(ANSWERS[one]), "letter": LETTERS[one]}
            for one in answers_of(programme.scale_of(checklist), checklist)
        ],
        "parts": [_part(sheets, part, say) for part in programme.parts_of(checklist)],
        "prompts": [_prompt(prompt.id, prompt.text, prompt.asks, words) for prompt in checklist.prompts],
        "overall": [say(words) for words in OVERALL.values()],
        "help": [say(words) for words in (OWN_HELP if is_own else HELP)],
        "has_further": programme.scale_of(checklist).n_levels > 3,
    }


def _prompt(id_: str, text: str, asks: Asks, words: dict[str, str]) -> dict[str, object]:
    hints = {Asks.LEADER: words["leader"], Asks.SESSION: words["which_session"], Asks.WORDS: ""}
    return {"id": id_, "text": text, "hint": hints[asks], "lines": 3 if asks is Asks.WORDS else 1}


def _part(sheets: Sheets, part: Part, say: Say) -> dict[str, object]:
    return {"title": part.title, "lines": [_line(sheets, line, say) for line in part.lines]}


def _line(sheets: Sheets, line: Line, say: Say) -> dict[str, object]:
    programme, checklist = sheets.programme, sheets.checklist
    is_bound = bool(line.settings) and set(line.settings) != set(checklist.settings)
    watched = watched_in_order(programme, checklist, line)
    return {
        "id": line.id,
        "text": line.text,
        "is_critical": is_critical(programme, line),
        "only": ", ".join(say(SETTINGS[one]) for one in line.settings) if is_bound else "",
        "behaviours": [
            {"id": one.id, "text": one.text, "kind": one.kind, "kind_words": say(_KINDS[one.kind])} for one in watched
        ],
    }
