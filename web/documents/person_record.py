"""A person's record as rows of tables: the same on the page, on paper and in a pack for supervision."""

from typing import Any

from assessments.facts import MilestoneKind
from assessments.service.learning import list_topics
from assessments.sign_off import add_months
from curriculum.models import Programme
from people.facts import FactId
from people.models import PersonId
from web.components import day_text, points_words
from web.context import Context
from web.texts import _, ngettext
from web.wording import entrustment_words, mode_words, presence_words, setting_words, stage_words

Row = dict[str, Any]
Rows = list[dict[str, str]]


def read_of(context: Context, programme: Programme, person_id: PersonId, name: str) -> list[Row]:
    """Return the rows of a named query about a person in a programme."""
    return context.store.query(name, context.actor, person_id=person_id, programme_id=programme.head.id)


def quiz_rows(context: Context, programme: Programme, person_id: PersonId) -> Rows:
    """Return the quizzes handed in, the newest first."""
    return [
        {
            _("Quiz"): _quiz_title(programme, row["blueprint_id"]),
            _("Day"): day_text(row["day"]),
            _("Points"): points_words(row["score"], row["max_score"], row["per_point"]),
            _("Result"): _result_words(programme, row),
        }
        for row in read_of(context, programme, person_id, "person_attempts")
    ]


def _result_words(programme: Programme, row: Row) -> str:
    """Return whether a quiz was passed; before and after teaching nothing is passed."""
    blueprint = programme.blueprint_by_id.get(row["blueprint_id"])
    if blueprint is not None and not blueprint.is_gate:
        return "–"
    return _("passed") if row["is_passed"] else _("not passed")


def _quiz_title(programme: Programme, blueprint_id: str) -> str:
    blueprint = next((one for one in programme.blueprints if one.id == blueprint_id), None)
    return programme.quiz_title(blueprint) if blueprint else blueprint_id


def training_rows(context: Context, programme: Programme, person_id: PersonId) -> Rows:
    """Return the training sessions with the register's entry."""
    titles = {session.id: session.title for session in programme.head.sessions}
    return [
        {
            _("Session"): titles.get(row["session_id"], ""),
            _("Day"): day_text(row["day"]),
            _("Attendance"): presence_words(row["presence"]),
            _("Minutes"): str(row["minutes"]),
        }
        for row in read_of(context, programme, person_id, "person_attendance")
    ]


def practice_rows(context: Context, programme: Programme, person_id: PersonId) -> Rows:
    """Return what trainers watched and what came of it; what was withdrawn is left out."""
    rows = read_of(context, programme, person_id, "person_observations")
    watched = [row for row in rows if row["relation"] == "trainer" and not row["is_void"] and not row["is_struck"]]
    titles = {checklist.id: checklist.title for checklist in programme.checklists}
    return [
        {
            _("Watched"): str(titles.get(row["checklist_id"], row["checklist_id"])),
            _("Where"): f"{setting_words(row['setting'])}, {stage_words(row['stage'])}",
            _("Day"): day_text(row["day"]),
            _("By"): row["rater_name"],
            _("Result"): _practice_result(row),
        }
        for row in watched
    ]


def _practice_result(row: Row) -> str:
    words = _("passed") if row["is_passed"] else _("not passed yet")
    return words if row["counts"] else _("{outcome}, does not count").format(outcome=words)


def supervision_rows(context: Context, programme: Programme, person_id: PersonId) -> Rows:
    """Return the supervisions held."""
    return [
        {
            _("Day"): day_text(row["day"]),
            _("With"): row["supervisor_name"],
            _("How"): mode_words(row["mode"]),
            _("Minutes"): str(row["minutes"]),
        }
        for row in read_of(context, programme, person_id, "person_supervision")
    ]


def certificate_rows(context: Context, programme: Programme, person_id: PersonId) -> Rows:
    """Return the outside certificates that were seen."""
    titles = {kind.id: kind.title for kind in programme.head.certificates}
    return [
        {
            _("Certificate"): titles.get(row["certificate_id"], ""),
            _("Issued"): day_text(row["issued_on"]),
            _("Valid until"): day_text(row["expires_on"]),
        }
        for row in context.store.query("person_certificates", context.actor, person_id=person_id)
    ]


def counts_groups(programme: Programme) -> bool:
    """Return whether the programme asks for whole groups led, or for what groups said."""
    return bool({gate.kind for gate in programme.gates} & {"groups_delivered", "participant_summary"})


def group_rows(context: Context, programme: Programme) -> Rows:
    """Return the acting person's own groups, and what they said."""
    milestones = context.store.query("own_milestones", context.actor, programme_id=programme.head.id)
    led = [row for row in milestones if row["kind"] == MilestoneKind.GROUP_DELIVERED]
    rows = [{_("Group"): row["what"], _("Day"): day_text(row["day"]), _("What"): _("led to its end")} for row in led]
    for row in read_of(context, programme, context.actor.person_id, "person_feedback"):
        n = row["n_answers"]
        words = ngettext("mean {mean} of {n} answer", "mean {mean} of {n} answers", n)
        said = words.format(mean=f"{row['mean_hundredths'] / 100:.2f}", n=n)
        rows.append({_("Group"): row["group_code"], _("Day"): day_text(row["day"]), _("What"): said})
    return rows


def sign_off_rows(context: Context, programme: Programme, person_id: PersonId) -> Rows:
    """Return the decisions about the person, the newest first, with the level of each activity in words."""
    levels: dict[FactId, list[str]] = {}
    titles = {activity.id: activity.title for activity in programme.head.activities}
    for row in read_of(context, programme, person_id, "person_sign_off_levels"):
        title = titles.get(row["activity_id"], row["activity_id"])
        levels.setdefault(row["fact_id"], []).append(f"{title}: {entrustment_words(row['level'])}")
    roles = {role.id: role.title for role in programme.head.roles}
    return [
        {
            _("Role"): str(roles.get(row["role_id"], row["role_id"])),
            _("Decision"): _decision_words(context, row),
            _("By"): _decided_by(row),
            _("Entrusted with"): "; ".join(levels.get(row["fact_id"], [])) or "–",
        }
        for row in read_of(context, programme, person_id, "person_sign_offs")
    ]


def _decision_words(context: Context, row: Row) -> str:
    day = day_text(row["day"])
    if row["revoked_at"] is not None:
        return _("signed off on {day}, revoked on {end}").format(
            day=day, end=day_text(context.store.day_of(row["revoked_at"]))
        )
    if row["set_aside_on"] is not None:
        end = day_text(row["set_aside_on"])
        return _("signed off on {day}, set aside on {end} after a second look").format(day=day, end=end)
    if not row["is_granted"]:
        return _("not yet, {day}").format(day=day)
    if row["needs_countersign"] and row["countersigned_on"] is None:
        return _("signed off on {day}, waits for the second person").format(day=day)
    until = day_text(add_months(row["day"], row["valid_months"]))
    return _("signed off on {day}, valid until {until}").format(day=day, until=until)


def _decided_by(row: Row) -> str:
    if row["countersigned_on"] is None:
        return str(row["signer_name"])
    return _("{first}; confirmed by {second}").format(first=row["signer_name"], second=row["countersigner_name"])


def misses(context: Context, programme: Programme, person_id: PersonId) -> Rows:
    """Return the sections in which the person was sure and not right, safeguarding first."""
    topics = list_topics(context.store, context.actor, person_id, programme.head.id)
    sections = programme.section_by_id
    return [
        {
            _("Section"): topic.section_id,
            _("Title"): sections[topic.section_id].title if topic.section_id in sections else "",
            _("Safeguarding"): _("yes") if topic.is_critical else "",
        }
        for topic in topics
        if topic.was_sure
    ]
