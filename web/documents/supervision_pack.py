"""The supervisor's pack: what to look at before meeting a trainee. It holds no check-in and no reflection."""

from analytics.readiness import see_today
from analytics.wording import next_action
from assessments.verdicts import GateState, Verdict
from curriculum.models import Programme
from people.models import PersonId
from people.rights import Record
from people.service.audit import open_record
from web.components import day_text
from web.context import Context
from web.documents.parts import Paper, to_pdf
from web.documents.person_record import (
    Rows,
    misses,
    practice_rows,
    quiz_rows,
    read_of,
    supervision_rows,
)
from web.sentences import say
from web.texts import _
from web.verdicts import figure_of, gate_of
from web.wording import status_words

_NEWEST = 5


def make_pack(context: Context, programme: Programme, person_id: PersonId) -> bytes:
    """Return the pack about one of the acting trainer's people as a PDF; that it was taken is recorded.

    Raises:
        NotAllowedError: The person is none of theirs.
    """
    verdict = see_today(context.store, context.actor, person_id, programme.head.id)
    open_record(context.store, context.actor, person_id, Record.OBSERVATION, context.now())
    paper = Paper(_("Before you meet: {name}").format(name=context.store.name_of(person_id)))
    if verdict is not None:
        paper.add_text(status_words(verdict.status))
        paper.add_heading(_("What comes next"))
        paper.add_table(_gate_rows(programme, verdict), _("Every gate is met."))
    paper.add_heading(_("What trainers noted last"))
    paper.add_table(_note_rows(context, programme, person_id), _("Not watched yet."))
    paper.add_heading(_("Sure, and not right"))
    paper.add_table(misses(context, programme, person_id), _("Nothing at present."))
    paper.add_heading(_("Practice watched"))
    paper.add_table(practice_rows(context, programme, person_id)[:_NEWEST], _("Not watched yet."))
    paper.add_heading(_("Supervision"))
    paper.add_table(supervision_rows(context, programme, person_id)[:_NEWEST], _("None recorded yet."))
    if programme.blueprints:
        paper.add_heading(_("Quizzes"))
        paper.add_table(quiz_rows(context, programme, person_id)[:_NEWEST], _("No quiz handed in yet."))
    paper.add_small(_("For the meeting only. Write nothing about a family on this sheet; destroy it afterwards."))
    return to_pdf(context, programme, paper)


def _gate_rows(programme: Programme, verdict: Verdict) -> Rows:
    closed = [gate for gate in verdict.gates if not gate.is_open and gate.state is not GateState.NOT_REQUIRED]
    return [
        {
            _("Gate"): gate_of(programme, gate.gate_id).title,
            _("So far"): figure_of(gate) or "–",
            _("Next step"): say(next_action(programme, gate_of(programme, gate.gate_id), gate)),
        }
        for gate in closed
    ]


def _note_rows(context: Context, programme: Programme, person_id: PersonId) -> Rows:
    titles = {checklist.id: checklist.title for checklist in programme.checklists}
    rows = [row for row in read_of(context, programme, person_id, "person_observations") if not row["is_void"]]
    return [
        {
            _("Day"): day_text(row["day"]),
            _("Watched"): str(titles.get(row["checklist_id"], row["checklist_id"])),
            _("Strength"): row["strength"] or "–",
            _("Next step"): row["next_step"] or "–",
        }
        for row in rows[:_NEWEST]
    ]
