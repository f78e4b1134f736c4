"""What the operator does about people on the server: one entry for the command line and for a running app."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from people.codes import OneTimeCode
from people.errors import NotAllowedError, NotKnownError
from people.facts import TokenPurpose
from people.models import Actor, CohortId, HubId, Office, PersonId
from people.names import tidy_login
from people.ports import PeopleLedger
from people.roster import Roster, read_roster
from people.service.accounts import issue_token
from people.service.cohorts import assign_trainer
from people.service.erasing import erase_person, plan_erasure
from people.service.importing import ImportPlan, Planned, Step, import_roster, plan_import
from people.service.offices import give_grant
from people.service.persons import add_person, record_operator_act
from people.service.reach import get_hub, get_person
from people.slips import make_slip

Result = dict[str, Any]
Progress = Callable[[int, int], None]
MANY: Final = 500
"""An import of more lines says how far it is."""
COMMANDS: Final = ("add", "import", "assign", "reset", "erase")


def run_command(
    ledger: PeopleLedger,
    actor: Actor,
    command: str,
    args: Mapping[str, str],
    now: datetime,
    *,
    progress: Progress = lambda _done, _all: None,
) -> Result:
    """Do a command as the operator, record that it was given, and return what to print.

    Args:
        ledger: Where people are kept.
        actor: The operator, named after the system user.
        command: One of `COMMANDS`.
        args: `add`: name, login, office and hub (may be empty), address. `import`: cohort, content (the file's bytes in
            base64), dry_run (`yes` or nothing). `assign`: trainee, trainer. `reset`: person, address. `erase`: person,
            dry_run. People are named by sign-in name or number.
        now: The time.
        progress: Told how much of a long import is done.

    Raises:
        NotAllowedError: The actor is not the operator.
        PlatformError: The command is refused; the sentence says why.
    """
    if not actor.is_operator:
        raise NotAllowedError("give commands on the server")
    match command:
        case "add":
            result = _add(ledger, actor, args, now)
        case "import":
            result = _import(ledger, actor, args, now, progress)
        case "assign":
            result = _assign(ledger, actor, args, now)
        case "reset":
            result = _reset(ledger, actor, args, now)
        case "erase":
            result = _erase(ledger, actor, args, now)
        case _:
            raise NotKnownError("command", command)
    return result


def _add(ledger: PeopleLedger, actor: Actor, args: Mapping[str, str], now: datetime) -> Result:
    office = _office_named(args.get("office", ""))
    hub_id = HubId(args["hub"]) if args.get("hub") else None
    if hub_id is not None:
        get_hub(ledger, hub_id)
    record_operator_act(ledger, actor, "people add", now)
    person_id = add_person(ledger, actor, args["name"], args["login"], now)
    if office is not None:
        give_grant(ledger, actor, person_id, office, now, hub_id=hub_id)
    code = issue_token(ledger, actor, person_id, TokenPurpose.INVITATION, now)
    return _describe_code(ledger, person_id, TokenPurpose.INVITATION, code, args)


def _office_named(text: str) -> Office | None:
    if text and text not in set(Office):
        raise NotKnownError("office", text)
    return Office(text) if text else None


def _import(ledger: PeopleLedger, actor: Actor, args: Mapping[str, str], now: datetime, progress: Progress) -> Result:
    roster = read_roster(b64decode(args["content"]))
    cohort_id, is_dry = CohortId(args["cohort"]), bool(args.get("dry_run"))
    plan = plan_import(ledger, actor, cohort_id, roster, now)
    if not is_dry:
        record_operator_act(ledger, actor, "people import", now)
        plan = import_roster(ledger, actor, cohort_id, roster, now=now, progress=progress)
    return {"cohort": cohort_id, "dry_run": is_dry} | _describe_file(roster) | _describe_plan(plan)


def _describe_file(roster: Roster) -> Result:
    return {
        "encoding": roster.encoding,
        "delimiter": roster.delimiter,
        "columns": [column.value for column in roster.columns],
        "read": roster.n_read,
    }


def _describe_plan(plan: ImportPlan) -> Result:
    counts = {step.value: plan.count(step) for step in Step}
    refused = [
        {"line": fault.line, "column": fault.column, "found": fault.found, "expected": fault.expected}
        for fault in plan.refused
    ]
    return {"imported": plan.n_changes, **counts, "refused": refused, "lines": [_line(one) for one in plan.planned]}


def _line(one: Planned) -> Result:
    line = {"line": one.line.number, "name": one.line.name, "login": one.login, "role": one.role_id}
    return line | {"trainer": one.line.trainer, "what": one.step.value}


def _assign(ledger: PeopleLedger, actor: Actor, args: Mapping[str, str], now: datetime) -> Result:
    trainee_id = get_named(ledger, args["trainee"])
    trainer_id = get_named(ledger, args["trainer"])
    record_operator_act(ledger, actor, "people assign", now)
    assign_trainer(ledger, actor, trainee_id, trainer_id, now)
    return {
        "trainee": trainee_id,
        "trainee_name": ledger.name_of(trainee_id),
        "trainer": trainer_id,
        "trainer_name": ledger.name_of(trainer_id),
    }


def _reset(ledger: PeopleLedger, actor: Actor, args: Mapping[str, str], now: datetime) -> Result:
    person_id = get_named(ledger, args["person"])
    record_operator_act(ledger, actor, "people reset", now)
    code = issue_token(ledger, actor, person_id, TokenPurpose.RESET, now)
    return _describe_code(ledger, person_id, TokenPurpose.RESET, code, args)


def _erase(ledger: PeopleLedger, actor: Actor, args: Mapping[str, str], now: datetime) -> Result:
    person_id = get_named(ledger, args["person"])
    plan = plan_erasure(ledger, actor, person_id, now)
    rows, is_done = plan.rows, not args.get("dry_run")
    if is_done:
        record_operator_act(ledger, actor, "people erase", now)
        rows = erase_person(ledger, actor, person_id, now)
    return {
        "person": person_id,
        "erased": int(is_done),
        **({} if is_done else {"name": plan.name, "login": plan.login}),
        "names": rows.n_names,
        "texts": rows.n_texts,
        "check_ins": rows.n_check_ins,
        "sessions": rows.n_sessions,
        "offices": len(plan.grants),
        "trainers": len(plan.assignments),
        "programmes": list(plan.programme_ids),
        "leftovers": ledger.leftovers() if is_done else [],
    }


def _describe_code(
    ledger: PeopleLedger, person_id: PersonId, purpose: TokenPurpose, code: OneTimeCode, args: Mapping[str, str]
) -> Result:
    account = ledger.account_of(person_id)
    login = account.login if account else ""
    slip = make_slip(purpose, ledger.name_of(person_id), login, code, args.get("address", ""))
    return {
        "person": person_id,
        "purpose": purpose.value,
        "name": slip.name,
        "login": slip.login,
        "code": slip.code,
        "address": slip.address,
        "expires_at": slip.expires_at.isoformat(),
    }


def get_named(ledger: PeopleLedger, who: str) -> PersonId:
    """Return the person named by sign-in name or number.

    Raises:
        NotKnownError: There is no such person.
    """
    account = ledger.find_account(tidy_login(who))
    if account is not None:
        return account.person_id
    if who.isascii() and who.isdigit():
        return get_person(ledger, PersonId(int(who))).person_id
    raise NotKnownError("person", who)
