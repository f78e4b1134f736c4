"""What a run of the quiz page costs for each kind of question, beside a bare page with the same widgets."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from analytics.demonstration.__main__ import make_store
from analytics.demonstration.cast import PASSWORD
from assessments.facts import AttemptStarted
from assessments.items import choice_sizes
from benchmarks.client import open_tab, sign_in
from benchmarks.rerun import Cost
from benchmarks.results import Result, at_most
from benchmarks.servers import serve
from curriculum.ids import ProgrammeId
from curriculum.items import Item, ItemKind, Pool
from people.facts import FactId
from people.ids import ROOT, derived_fact_id
from store.ledger import Store

_PROGRAMME: Final = ProgrammeId("alongside")
_LOGIN: Final = "erik"
_FORM: Final[FactId] = derived_fact_id(ROOT, "a question of each kind, to be measured")
_ROUNDS: Final = 4
_RUNS: Final = 6


def measure() -> list[Result]:
    """Return a line for each kind that the shipped programme has."""
    with TemporaryDirectory(prefix="practicum-bench-") as folder:
        path = Path(folder) / "store.duckdb"
        make_store(path, datetime.now(UTC))
        kinds = _begin_form(path)
        costs = {kind: (Cost(), Cost()) for kind in kinds}
        with serve("app.py", {"PRACTICUM_STORE": str(path)}) as ours, serve("benchmarks/bare/app.py", {}) as bare:
            cookie = sign_in(ours.url, _LOGIN, PASSWORD)
            with open_tab(ours.url, cookie) as our_tab, open_tab(bare.url) as bare_tab:
                for _ in range(_ROUNDS):
                    for number, kind in enumerate(kinds, start=1):
                        our_tab.open("quiz", f"form={_FORM}&question={number}")
                        bare_tab.open("", f"kind={kind}")
                        for server, tab, cost in ((ours, our_tab, costs[kind][0]), (bare, bare_tab, costs[kind][1])):
                            before = server.cpu_s()
                            cost.wall_s += [tab.rerun() for _ in range(_RUNS)]
                            cost.cpu_s += server.cpu_s() - before
    return [
        at_most(f"A run of a {kind} question, server CPU", one.cpu_ms, two.cpu_ms, unit="ms", beside="bare page")
        for kind, (one, two) in costs.items()
    ]


def _begin_form(path: Path) -> list[ItemKind]:
    """Begin a form of one question of each kind for a trainee; return the kinds in its order."""
    store = Store.open(path)
    try:
        account = store.find_account(_LOGIN)
        enrolment = store.enrolment(account.person_id, _PROGRAMME) if account else None
        if account is None or enrolment is None:
            return []
        programme = store.programme(_PROGRAMME, enrolment.version_no)
        items: dict[ItemKind, Item] = {item.kind: item for item in reversed(programme.items)}
        store.append(
            AttemptStarted(
                fact_id=_FORM,
                person_id=account.person_id,
                actor_id=account.person_id,
                occurred_at=store.clock(),
                programme_id=_PROGRAMME,
                version_no=enrolment.version_no,
                blueprint_id=programme.blueprints[-1].id,
                pool=Pool.COUNTING,
                seed=1,
                item_ids=tuple(item.id for item in items.values()),
                option_orders=tuple(tuple(n for s in choice_sizes(item) for n in range(s)) for item in items.values()),
            )
        )
        return list(items)
    finally:
        store.close()
