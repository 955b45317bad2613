"""Who may do what, where jobs would run, and behind whom they wait, for a terminal.

Names are made harmless, and long lists are cut: a line says how many more there are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.text import Text

from simulator.access.demands import Action
from simulator.access.refusals import Refusal
from simulator.audit.by_role import by_role
from simulator.audit.host_findings import hosts_in_words
from simulator.audit.members import first_of
from simulator.escaping import escaped
from simulator.policies.hosting import Wanted, lacks_in_words
from simulator.report.fitting import listing, name
from simulator.report.permitting.arriving import (
    MOST_NAMES,
    MOST_SENTENCES,
    arriving_tables,
    left_out,
    some,
)
from simulator.report.permitting.tick_table import OfFolder, Row, TickTable
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from simulator.audit.matrix import Needs, ProcessRow
    from simulator.audit.outcomes import Outcome, Runs, Where
    from simulator.audit.parties import Party
    from simulator.audit.rights import Rights
    from simulator.audit.waits_behind import WaitsBehind

MOST_FOLDERS: Final = 12
MOST_IN_FOLDER: Final = 8
"""Rows of accounts below one folder."""

MOST_NARROWED: Final = 40
"""How many of either are shown to who asked for somebody or for one folder."""

MOST_KINDS: Final = 20
FEW: Final = 3
"""So many accounts are named that start as themselves where others cannot."""


def access_tables(rights: Rights) -> RenderableType:
    """Return who may do what in each folder, where its processes run, and what they wait for.

    Between these, who may add the items that come, and as whom jobs start jobs.
    """
    arriving = arriving_tables(rights.adding, rights.following)
    if not rights.matrix.processes:
        return Group(name(_nothing(rights)), *arriving)
    parts = (_rights(rights), _places(rights), *arriving, _waits(rights.waits_behind))
    return Group(*(part for part in parts if part is not None))


def _nothing(rights: Rights) -> str:
    where = "" if rights.folder is None else f" in {rights.folder}"
    whom = "" if rights.who is None else f" that {rights.who} has access to"
    return f"There are no processes{where}{whom}."


def _rights(rights: Rights) -> RenderableType:
    narrowed = rights.who is not None or rights.folder is not None
    most = MOST_NARROWED if narrowed else MOST_FOLDERS
    folders = tuple(islice(_folders(rights, MOST_NARROWED if narrowed else MOST_IN_FOLDER), most))
    more = left_out(len(rights.matrix.processes) - len(folders), " folders")
    return Group(Text("Who may do what", style="bold"), TickTable(folders), *more)


def _folders(rights: Rights, most: int) -> Iterator[OfFolder]:
    """Yield every folder with its rows; one in which all is as in another before it, without."""
    alike: dict[object, str] = {}
    for folder, processes in rights.matrix.processes.items():
        parties = rights.matrix.parties[folder]
        key = tuple((party.accounts, party.grants) for party in parties)
        first = alike.setdefault(key, folder)
        note = "" if parties else "nobody has access"
        rows: tuple[Row, ...] = ()
        if first != folder and parties:
            note = f"as in {first}"
        elif parties:
            rows = tuple(_rows(parties, folder, rights))
        held = _held([process.name for process in processes], rights.matrix.queues[folder])
        title = Text.assemble((escaped(folder), "bold"), f": {escaped(held)}")
        title.append(f" ({escaped(note)})" if note else "", style="italic")
        yield OfFolder(title, rows[:most], max(len(rows) - most, 0))


def _held(processes: Sequence[str], queues: Sequence[str]) -> str:
    """Return what a folder holds: its processes, and its queues if there are any."""
    kind = "queue" if len(queues) == 1 else "queues"
    told = f"{kind} {some(queues)}" if queues else ""
    return "; ".join(part for part in (some(processes), told) if part)


def _rows(parties: Sequence[Party], folder: str, rights: Rights) -> Iterator[Row]:
    """Yield a row for all accounts with equal rights by equal roles."""
    alike: defaultdict[tuple[frozenset[Action], str], list[str]] = defaultdict(list)
    for party in parties:
        roles = dict.fromkeys(
            by_role(grant, rights.access.groups).seen_from(folder) for grant in party.grants
        )
        by = "; ".join(roles) or "no role"
        alike[frozenset(party.may), by].extend(party.accounts)
    for (may, by), accounts in alike.items():
        yield Row(name(some(accounts)), may, name(by))


def _places(rights: Rights) -> RenderableType | None:
    kinds: defaultdict[tuple[str, Needs], list[ProcessRow]] = defaultdict(list)
    for processes in rights.matrix.processes.values():
        for process in processes:
            kinds[process.folder, process.needs].append(process)
    shown = list(islice(kinds.values(), MOST_KINDS))
    rows = [tuple(_kind(processes, rights)) for processes in shown]
    columns = ("Process", "Needs", "Accounts", "Hosts", "As myself")
    found = listing("Where jobs run", columns, rows, most=MOST_KINDS, names=len(columns), gap=0)
    more = left_out(len(kinds) - len(shown))
    return (
        None
        if found is None
        else Group(found, *more, *_refused(_outcome(one[0], rights) for one in shown))
    )


def _refused(outcomes: Iterable[Outcome]) -> Iterator[Text]:
    """Yield a sentence on every refusal in the table."""
    for refusal in dict.fromkeys(one for one in outcomes if isinstance(one, Refusal)):
        yield name(refusal.sentence)


def _outcome(process: ProcessRow, rights: Rights) -> Outcome:
    """Return what comes of a dynamic start; in a personal workspace, of its owner's as himself."""
    owner = rights.access.owner(process.folder)
    return process.dynamic if owner is None else rights.matrix.myself(owner, process)


def _kind(processes: Sequence[ProcessRow], rights: Rights) -> Iterator[Text]:
    """Yield the cells of processes that run alike."""
    first = processes[0]
    yield name(f"{first.folder}: {some([process.name for process in processes])}")
    yield Text(", ".join(first.needs))
    yield from _where(first, rights)
    yield name(_as_myself(first, rights))


def _where(process: ProcessRow, rights: Rights) -> tuple[Text, Text]:
    """Return the accounts and the hosts of a process."""
    outcome, owner = _outcome(process, rights), rights.access.owner(process.folder)
    if isinstance(outcome, Refusal):
        return Text(f"refused: {outcome.code_text}", style="red"), Text(NOTHING)
    executors = some(outcome.executors) if owner is None else f"{owner} alone"
    machines = [_machine(where, outcome, process, rights) for where in outcome.places]
    return name(executors), name(first_of(machines, MOST_NAMES))


def _machine(where: Where, runs: Runs, process: ProcessRow, rights: Rights) -> str:
    """Return a machine's hosts, and for whom, if not for all executors."""
    hosts = _hosts(where, process, rights)
    return hosts if where.accounts == runs.executors else f"{hosts} for {some(where.accounts)}"


def _hosts(where: Where, process: ProcessRow, rights: Rights) -> str:
    """Return the hosts that can take a process: `shared-vm/1, /2`, `burst (0 to 10 hosts)`."""
    if where.lacks:
        wanted = Wanted(process.needs.runtime, process.needs.type == "foreground")
        return f"{where.machine} ({lacks_in_words(where.lacks, wanted)})"
    machine = rights.matrix.machine(where.machine)
    if machine.pool is not None:
        return f"{where.machine} ({hosts_in_words(machine)})"
    short = [host.removeprefix(where.machine) for host in where.hosts]
    if len(short) > MOST_NAMES:
        short = [f"{short[0]} … {short[-1]}"]
    return f"{where.machine}{', '.join(short)}"


def _as_myself(process: ProcessRow, rights: Rights) -> str:
    """Return whether those who may start it can do so as themselves; robots are not asked."""
    able: list[str] = []
    refusals: Counter[str] = Counter()
    for party in rights.matrix.parties[process.folder]:
        for account in party.accounts if Action.START in party.may else ():
            if account not in rights.robots:
                outcome = rights.matrix.myself(account, process)
                if isinstance(outcome, Refusal):
                    refusals[outcome.code_text] += 1
                else:
                    able.append(account)
    if not refusals:
        return "yes" if able else NOTHING
    codes = ", ".join(refusals)
    if not able:
        return f"no: {codes}"
    told = some(able) if len(able) <= FEW else f"{len(able):,} of {len(able) + refusals.total():,}"
    return f"{told}; others {codes}"


def _waits(rows: Sequence[WaitsBehind]) -> RenderableType | None:
    """Return sentences on who waits behind whom; first those on what somebody cannot see."""
    if not rows:
        return None
    alike: defaultdict[tuple[str, tuple[str, ...], frozenset[str]], list[WaitsBehind]]
    alike = defaultdict(list)
    for row in rows:
        alike[row.folder, row.machines, frozenset((*row.seen, *row.outside))].append(row)
    ordered = sorted(alike.values(), key=lambda group: not any(row.outside for row in group))
    shown = [_sentence(group) for group in ordered[:MOST_SENTENCES]]
    more = left_out(len(ordered) - len(shown))
    return Group(Text("\nWho waits behind whom, and sees it", style="bold"), *shown, *more)


def _sentence(rows: Sequence[WaitsBehind]) -> Text:
    """Return a sentence on rows of one folder that wait behind the same others."""
    first = rows[0]
    others = (*first.seen, *first.outside)
    told = Text(escaped(f"{first.folder} waits behind {some(others)} on {some(first.machines)}"))
    for row in sorted(rows, key=lambda row: not row.outside):
        told.append(escaped(f"; {some(row.who)} ")).append(*_sight(row))
    told.overflow = "fold"
    return told


def _sight(row: WaitsBehind) -> tuple[str, str]:
    """Return what accounts see of the jobs they wait behind, and its style."""
    jobs = "its jobs" if len(row.seen) + len(row.outside) == 1 else "their jobs"
    if not row.outside:
        return f"can see {jobs}", "green"
    if not row.seen:
        return f"cannot see {jobs}", "red"
    seen, outside = some(row.seen), some(row.outside)
    return escaped(f"can see the jobs of {seen}, not those of {outside}"), "yellow"
