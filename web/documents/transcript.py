"""The transcript: a person's own record in a programme, to take away. Of others it names only who assessed."""

from curriculum.models import Programme
from people.models import PersonId
from people.rights import Record
from people.service.audit import open_record
from web.context import Context
from web.documents.parts import Paper, to_pdf
from web.documents.person_record import (
    Rows,
    certificate_rows,
    counts_groups,
    group_rows,
    practice_rows,
    quiz_rows,
    sign_off_rows,
    supervision_rows,
    training_rows,
)
from web.texts import _


def record_tables(context: Context, programme: Programme) -> list[tuple[str, Rows, str]]:
    """Return the acting person's own tables in order: title, rows, and the sentence for none."""
    own = context.actor.person_id
    tables = [
        (
            _("Training sessions"),
            training_rows(context, programme, own),
            _("No session recorded yet. Your trainer keeps the register."),
        ),
        (
            _("Supervision"),
            supervision_rows(context, programme, own),
            _("No supervision recorded yet. You can ask your trainer for a time."),
        ),
        (
            _("Certificates"),
            certificate_rows(context, programme, own),
            _("None seen yet. Show it to your trainer: only its dates are kept."),
        ),
    ]
    if programme.blueprints:
        tables.insert(0, (_("Quizzes"), quiz_rows(context, programme, own), _("No quiz handed in yet.")))
    if counts_groups(programme):
        words = _("None recorded yet. Tell your trainer when a group has come to its end.")
        tables.append((_("Whole groups"), group_rows(context, programme), words))
    return tables


def make_transcript(context: Context, programme: Programme) -> bytes:
    """Return the acting person's transcript as a PDF."""
    own: PersonId = context.actor.person_id
    paper = Paper(_("Transcript: {name}").format(name=context.store.name_of(own)))
    paper.add_text(programme.head.title)
    paper.add_heading(_("Sign-off"))
    paper.add_table(sign_off_rows(context, programme, own), _("No decision yet."))
    paper.add_heading(_("Practice watched by trainers"))
    paper.add_table(practice_rows(context, programme, own), _("Nothing yet."))
    for title, rows, empty in record_tables(context, programme):
        paper.add_heading(title)
        paper.add_table(rows, empty)
    paper.add_small(_("From the person's own record, taken by themselves. A sign-off can be checked with its code."))
    open_record(context.store, context.actor, own, Record.SIGN_OFF, context.now())
    return to_pdf(context, programme, paper)
