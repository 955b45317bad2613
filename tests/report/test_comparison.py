"""A comparison in a terminal: what each variant changes, read in ten seconds."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from builders_tables import printed
from rich.cells import cell_len

from simulator.access.demands import Action
from simulator.access.refusals import Refusal
from simulator.audit.by_role import ByRole
from simulator.audit.right_changes import RightChange
from simulator.experiments.comparing.admissions import AdmissionChange, Admissions, ItemChange
from simulator.experiments.comparing.compare import Comparison, ComparisonRow
from simulator.experiments.comparing.fates import Fate
from simulator.experiments.comparing.pairing import Difference
from simulator.report.comparison import comparison_table
from simulator.report.consequences import consequences
from simulator.report.wording import NOTHING

NO_INTERVAL = Difference(math.nan, math.nan, math.nan)
FORBIDDEN = Refusal(403, "0", "Jobs.Create in HR")
OUTSIDE = Refusal(400, "1100", "access to HR")
MORE = Difference(60.2, 58.9, 61.5)


def waits(
    folder: str, *values: float, by: Sequence[Difference] = (), measure: str = "pending.mean"
) -> ComparisonRow:
    return ComparisonRow("folder", folder, measure, "s", values, tuple(by))


def right(
    folder: str = "HR",
    who: tuple[str, ...] = ("anna", "ben"),
    action: Action = Action.START,
    *,
    gained: bool = True,
    group: str = "HR clerks",
) -> RightChange:
    roles = (ByRole("Job Starter", folder, group),)
    return RightChange(folder, who, action, gained, roles, ("Jobs.Create",))


ADMITTED = Admissions(
    (AdmissionChange("HR", "HR:clerks", "Manual", ("anna", "ben"), FORBIDDEN, "accepted", MORE),),
    MORE,
)
BY_MACHINE = Admissions(
    (ADMITTED.changes[0]._replace(before=Refusal(409, "2818", "a machine with … slots in HR")),),
    MORE,
)
FINANCE = waits("Finance", 300.0, 426.0, by=[Difference(126.0, 114.0, 144.0)])
SAME = waits("HR", 300.0, 301.0, by=[Difference(1.0, -2.0, 4.0)])


def granted(
    *rows: ComparisonRow,
    rights: tuple[RightChange, ...] = (),
    admissions: Admissions | None = None,
    replications: int = 20,
) -> Comparison:
    return Comparison(
        ("as written", "grant"),
        rows,
        1,
        replications,
        0.95,
        {"grant": rights} if rights else {},
        {"grant": admissions} if admissions else {},
    )


def test_variants_stand_side_by_side() -> None:
    """300 s against 240 s: 5 min and 4 min, one minute less."""
    rows = (waits("HR", 300.0, 240.0, by=[Difference(-60.0, -90.0, -30.0)]),)
    found = comparison_table(Comparison(("as it is", "third-host"), rows, 1, 20, 0.95))
    assert printed(found) == [
        "20 replications of each; differences are to as it is, with 95 % intervals.",
        "",
        "Mean Pending by folder, in min",
        "Folder  Variant     Value              Difference",
        "─────────────────────────────────────────────────",
        "HR      as it is     5.00",
        "        third-host   4.00  -1.00 (-1.50 to -0.50)",
    ]


@pytest.mark.parametrize("replications", [1, 20])
def test_intervals_are_claimed_only_where_there_are_some(replications: int) -> None:
    found = comparison_table(Comparison(("as it is", "other"), (), 1, replications, 0.95))
    (heading,) = printed(found, 120)
    assert ("95 % intervals" in heading) is (replications == 20)


def compared(measure: str, unit: str, *values: float) -> Comparison:
    row = ComparisonRow("folder", "HR", measure, unit, values, (NO_INTERVAL,))
    return Comparison(("as it is", "broken"), (row,), 1, 20, 0.95)


def test_a_variant_in_which_no_job_started_does_not_look_harmless() -> None:
    lines = printed(comparison_table(compared("jobs.started", "jobs", 120.0, 0.0)))
    assert "Jobs started by folder, a replication" in lines
    assert [line.split()[-2:] for line in lines[-2:]] == [["is", "120"], ["0", NOTHING]]


def test_a_table_of_zeros_is_shown() -> None:
    """Nothing was refused in either: that is a finding, not a gap."""
    lines = printed(comparison_table(compared("jobs.refused_share", "ratio", 0.0, 0.0)))
    assert "Refused share by folder, in %" in lines


def test_a_grant_reads_like_this() -> None:
    found = granted(FINANCE, SAME, rights=(right(),), admissions=ADMITTED)
    assert printed(comparison_table(found))[:16] == [
        "20 replications of each; differences are to as written, with 95 % intervals.",
        "",
        "grant: anna and ben may now start jobs in HR, which admits 60.2 (58.9 to 61.5)",
        "more jobs a replication; then Finance waits 2.10 min more (1.90 to 2.40), no",
        "clear change in HR.",
        "",
        "Who may start now",
        "Variant  Who        Folder  Role",
        "──────────────────────────────────────────────────────────",
        "grant    anna, ben  HR      Job Starter by group HR clerks",
        "",
        "Submissions admitted, more or fewer jobs a replication",
        "Variant  Source     Who        Was, is                             Jobs",
        "───────────────────────────────────────────────────────────────────────",
        "grant    HR:clerks  anna, ben  403/0 → accepted  +60.2 (+58.9 to +61.5)",
        "",
    ]


def test_what_is_lost_has_a_table_of_its_own() -> None:
    lost = right(who=("dev-1 … dev-4",), gained=False, group="")
    lines = printed(comparison_table(granted(FINANCE, rights=(lost,))))
    assert "Who may start no more" in lines
    assert "grant    dev-1 … dev-4  HR      Job Starter" in lines
    assert "Who may start now" not in lines


WHERE_FROM = {
    "here": (ByRole("Starter", "HR", ""), "Starter"),
    "from above": (ByRole("Starter", "Top", "clerks"), "Starter in Top by group clerks"),
    "at the tenant": (ByRole("Robot", "", ""), "Robot at the tenant"),
}


@pytest.mark.parametrize(("role", "expected"), WHERE_FROM.values(), ids=WHERE_FROM)
def test_a_role_says_where_it_is_from(role: ByRole, expected: str) -> None:
    found = granted(rights=(right()._replace(roles=(role,)),))
    assert printed(comparison_table(found), 120)[-1].endswith(f"HR      {expected}")


def test_nothing_is_said_of_rights_where_none_changes() -> None:
    lines = printed(comparison_table(granted(FINANCE)))
    assert lines[2] == "Mean Pending by folder, in min"


@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_lines_keep_to_the_width_and_names_are_inert(width: int) -> None:
    bad = "\x1b[31m\u202eevil " + "long " * 9
    change = ADMITTED.changes[0]._replace(source=f"{bad}:{bad}", who=(bad,) * 7)
    found = granted(
        waits(bad, 1.0, 9.0, by=[Difference(8.0, 7.0, 9.0)]),
        rights=(right(bad, (bad,) * 7, group=bad),),
        admissions=Admissions((change,), MORE),
    )
    lines = printed(comparison_table(found), width)
    assert max(map(cell_len, lines)) <= width
    assert not any(character in line for line in lines for character in "\x1b\u202e")


MAY = "anna and ben may now start jobs in HR"
ACCEPTED = "HR:clerks from anna and ben is now accepted"
NO_JOBS = ", which admits no more and no fewer jobs; "
JOBS = ", which admits 60.2 (58.9 to 61.5) more jobs a replication; "
CALM = "no folder's Pending wait clearly changes"
EVERYWHERE = tuple(right(place, tuple("abcde")) for place in ("HR", "Finance"))
SENTENCES = {
    "a right that nothing uses": (
        granted(SAME, rights=(right(),)),
        f"{MAY}{NO_JOBS}{CALM}",
    ),
    "one lost": (
        granted(
            waits("HR", 300.0, 240.0, by=[Difference(-60.0, -72.0, -48.0)]),
            rights=(right(who=("anna",), gained=False),),
            admissions=Admissions((), Difference(-12.0, -12.0, -12.0)),
        ),
        (
            "anna may no longer start jobs in HR, which admits 12 fewer jobs a replication; "
            "then HR waits 60 s less (48.0 to 72.0)"
        ),
    ),
    "one lost, whose jobs were those that waited least": (
        granted(
            waits("HR", 60.0, 180.0, by=[Difference(120.0, 100.0, 140.0)]),
            rights=(right(who=("anna",), gained=False),),
            admissions=Admissions(
                (ADMITTED.changes[0]._replace(jobs=Difference(-12.0, -12.0, -12.0)),),
                Difference(-12.0, -12.0, -12.0),
            ),
        ),
        (
            "anna may no longer start jobs in HR, which admits 12 fewer jobs a replication; "
            "then the jobs left in HR wait 2 min more (1.67 to 2.33)"
        ),
    ),
    "several places and people": (
        granted(SAME, rights=(*EVERYWHERE, right("Sales", ("zoe",), gained=False))),
        (
            "a, b, c and 2 more may now start jobs in HR and Finance, and zoe may no longer start "
            f"jobs in Sales{NO_JOBS}{CALM}"
        ),
    ),
    "many different ones": (
        granted(SAME, rights=tuple(right(name, (name,)) for name in "abcde")),
        (
            "a may now start jobs in a, and b may now start jobs in b, and c may now start jobs in "
            f"c, and 2 further changes{NO_JOBS}{CALM}"
        ),
    ),
    "by several roles": (
        granted(SAME, rights=(right(who=("anna",)), right(who=("ben",), group=""))),
        f"{MAY}{NO_JOBS}{CALM}",
    ),
    "other rights than to start": (
        granted(SAME, rights=(right(action=Action.DEPLOY), right(action=Action.UPGRADE))),
        f"anna and ben may now deploy processes and upgrade processes in HR{NO_JOBS}{CALM}",
    ),
    "no right, but an admission": (
        granted(SAME, admissions=ADMITTED),
        f"{ACCEPTED}{JOBS}{CALM}",
    ),
    "rights that decide no start, and an admission": (
        granted(SAME, rights=(right(action=Action.SEE_JOBS),), admissions=BY_MACHINE),
        f"anna and ben may now see jobs in HR, and {ACCEPTED}{JOBS}{CALM}",
    ),
    "a right to start, and a machine for others there": (
        granted(SAME, rights=(right(),), admissions=BY_MACHINE),
        f"{MAY}, and {ACCEPTED}{JOBS}{CALM}",
    ),
    "a right to start, and an admission elsewhere": (
        granted(SAME, rights=(right("Sales", ("zoe",)),), admissions=ADMITTED),
        f"zoe may now start jobs in Sales, and {ACCEPTED}{JOBS}{CALM}",
    ),
    "all jobs of a folder in one of many replications": (
        granted(
            waits("HR", 300.0, 426.0, by=[Difference(126.0, math.nan, math.nan)]),
            rights=(right(),),
        ),
        f"{MAY}{NO_JOBS}{CALM}",
    ),
    "no job started before": (
        granted(waits("HR", math.nan, 180.0, by=[NO_INTERVAL]), FINANCE, admissions=ADMITTED),
        (
            f"{ACCEPTED}{JOBS}then HR, where no job started before, waits 3 min, Finance waits "
            "2.10 min more (1.90 to 2.40)"
        ),
    ),
    "no job starts any more": (
        granted(waits("HR", 180.0, math.nan, by=[NO_INTERVAL]), rights=(right(),)),
        f"{MAY}{NO_JOBS}then in HR no job starts any more",
    ),
    "a single replication": (
        granted(
            waits("HR", 300.0, 426.0, by=[Difference(126.0, math.nan, math.nan)]),
            rights=(right(),),
            admissions=Admissions((), Difference(60.0, math.nan, math.nan)),
            replications=1,
        ),
        f"{MAY}, which admits 60 more jobs a replication; then HR waits 2.10 min more",
    ),
    "many folders, in one unit, the largest first": (
        granted(
            *(
                waits(f"F{number}", 0.0, 60.0 * number, by=[Difference(*[60.0 * number] * 3)])
                for number in range(6)
            ),
            rights=(right(),),
        ),
        (
            f"{MAY}{NO_JOBS}then F5 waits 5 min more, F4 waits 4 min more, F3 waits 3 min more, "
            "2 further folders otherwise, no clear change in F0"
        ),
    ),
}


@pytest.mark.parametrize(("found", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_a_change_of_rights_in_one_sentence(found: Comparison, expected: str) -> None:
    (sentence,) = consequences(found)
    assert sentence.replace("\N{NO-BREAK SPACE}", " ") == f"grant: {expected}."


FATES = {
    "accepted": (FORBIDDEN, "accepted", "HR:clerks from anna and ben is now accepted"),
    "refused": ("accepted", FORBIDDEN, "HR:clerks from anna and ben is now refused"),
    "otherwise": (
        OUTSIDE,
        FORBIDDEN,
        "HR:clerks from anna and ben is now refused for another reason",
    ),
    "new": ("absent", "accepted", "HR:clerks now comes from anna and ben"),
    "gone": ("accepted", "absent", "HR:clerks no longer comes from anna and ben"),
    "shared": ("accepted", "accepted", "HR:clerks comes from anna and ben at another rate"),
}


@pytest.mark.parametrize(("before", "after", "expected"), FATES.values(), ids=FATES)
def test_how_submissions_fare(before: Refusal | str, after: Refusal | str, expected: str) -> None:
    change = ADMITTED.changes[0]._replace(before=before, after=after)
    (sentence,) = consequences(granted(SAME, admissions=Admissions((change,), MORE)))
    assert sentence.startswith(f"grant: {expected}, which ")


THEN_FATES: dict[str, tuple[Fate, Fate, str]] = {
    "accepted": (FORBIDDEN, "accepted", "what HR:onboard starts as hr-bot is now accepted"),
    "refused": ("accepted", FORBIDDEN, "what HR:onboard starts as hr-bot is now refused"),
    "otherwise": (
        OUTSIDE,
        FORBIDDEN,
        "what HR:onboard starts as hr-bot is now refused for another reason",
    ),
    "new and refused": ("absent", FORBIDDEN, "what HR:onboard starts as hr-bot is now refused"),
    "new": ("absent", "accepted", "HR:onboard now starts jobs as hr-bot"),
    "gone": ("accepted", "absent", "HR:onboard no longer starts anything as hr-bot"),
}


@pytest.mark.parametrize(("before", "after", "expected"), THEN_FATES.values(), ids=THEN_FATES)
def test_how_what_jobs_start_fares(before: Fate, after: Fate, expected: str) -> None:
    """It is told though the executor's right to start jobs is told as well."""
    change = AdmissionChange("HR", "HR:onboard", "Job", ("hr-bot",), before, after, MORE)
    found = granted(SAME, rights=(right(),), admissions=Admissions((change,), MORE))
    (sentence,) = consequences(found)
    assert sentence.startswith(f"grant: {MAY}, and {expected}, which ")


NO_NEWS: dict[str, tuple[Fate, Fate]] = {
    "refused before, and gone": (FORBIDDEN, "absent"),
    "as before, shared with other executors": ("accepted", "accepted"),
}


@pytest.mark.parametrize(("before", "after"), NO_NEWS.values(), ids=NO_NEWS)
def test_what_jobs_start_is_not_told_where_it_is_no_news(before: Fate, after: Fate) -> None:
    change = AdmissionChange("HR", "HR:onboard", "Job", ("hr-bot",), before, after, MORE)
    found = granted(SAME, rights=(right(),), admissions=Admissions((change,), MORE))
    (sentence,) = consequences(found)
    assert sentence.startswith(f"grant: {MAY}, which admits")


ITEM_FATES: dict[str, tuple[Fate, Fate, str]] = {
    "let in": (FORBIDDEN, "accepted", "items of HR:mail for HR:Q from app are now accepted"),
    "refused": ("accepted", FORBIDDEN, "items of HR:mail for HR:Q from app are now refused"),
    "new and refused": ("absent", FORBIDDEN, "items of HR:mail for HR:Q from app are now refused"),
    "new": ("absent", "accepted", "items of HR:mail for HR:Q now come from app"),
    "gone": ("accepted", "absent", "items of HR:mail for HR:Q no longer come from app"),
    "shared": ("accepted", "accepted", "items of HR:mail for HR:Q come from app at another rate"),
}
FEWER = Difference(-24.0, -25.0, -23.0)


def items(before: Fate, after: Fate) -> Admissions:
    change = ItemChange("HR", "HR:mail", "HR:Q", ("app",), before, after, FEWER)
    return Admissions((), Difference(0.0, 0.0, 0.0), (change,), FEWER)


@pytest.mark.parametrize(("before", "after", "expected"), ITEM_FATES.values(), ids=ITEM_FATES)
def test_how_items_fare(before: Fate, after: Fate, expected: str) -> None:
    (sentence,) = consequences(granted(SAME, admissions=items(before, after)))
    amount = "lets in 24 (23.0 to 25.0) fewer items a replication"
    assert sentence.startswith(f"grant: {expected}, which {amount}; ")


def test_an_arrival_that_adds_to_another_queue_changes_no_number_of_items() -> None:
    none = Difference(0.0, 0.0, 0.0)
    gone = ItemChange("HR", "HR:mail", "HR:Q", ("app",), "accepted", "absent", FEWER)
    new = ItemChange("HR", "HR:mail", "HR:R", ("app",), "absent", "accepted", MORE)
    (sentence,) = consequences(granted(SAME, admissions=Admissions((), none, (gone, new), none)))
    assert sentence.startswith(
        "grant: items of HR:mail for HR:Q no longer come from app, and items of HR:mail for HR:R "
        "now come from app, which lets in no more and no fewer items; "
    )


def test_jobs_and_items_are_counted_apart() -> None:
    both = items("accepted", FORBIDDEN)._replace(jobs=MORE)
    (sentence,) = consequences(granted(SAME, admissions=both))
    assert (
        "which admits 60.2 (58.9 to 61.5) more jobs and lets in 24 (23.0 to 25.0) fewer items a "
        "replication" in sentence
    )


def test_items_have_a_table_of_their_own_and_a_then_says_what_it_is() -> None:
    change = ADMITTED.changes[0]._replace(source="HR:onboard", source_kind="Job")
    found = items("accepted", FORBIDDEN)._replace(changes=(change,))
    lines = printed(comparison_table(granted(SAME, admissions=found)), 100)
    place = lines.index("Items let in, more or fewer a replication")
    told = " ".join(lines[place + 3].split())
    assert told == "grant HR:mail for HR:Q app accepted → 403/0 -24.0 (-25.0 to -23.0)"
    assert any("then of HR:onboard  anna, ben" in line for line in lines)


def test_a_variant_that_changes_no_right_has_no_sentence() -> None:
    assert consequences(granted(FINANCE)) == ()
