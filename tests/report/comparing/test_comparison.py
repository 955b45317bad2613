"""A comparison in a terminal: what each variant changes, read in ten seconds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from builders import scenario
from builders_tables import printed
from rich.cells import cell_len

from simulator.access.demands import Action
from simulator.access.refusals import Refusal
from simulator.audit.by_role import ByRole
from simulator.audit.right_changes import RightChange
from simulator.experiments.comparing.admissions import AdmissionChange, Admissions, ItemChange
from simulator.experiments.comparing.compare import Comparison
from simulator.experiments.comparing.fates import Fate
from simulator.experiments.comparing.pairing import Difference
from simulator.experiments.comparing.rows import ComparisonRow
from simulator.experiments.verdicts import Verdict
from simulator.measurement import SummaryRow
from simulator.model.targets import Target
from simulator.report.comparing.console import comparison_table
from simulator.report.comparing.sentences import sentences
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from simulator.experiments.verdicts import Outcome
    from simulator.loading import Loaded

NO_INTERVAL = Difference(math.nan, math.nan, math.nan)
FORBIDDEN = Refusal(403, "0", "Jobs.Create in HR")
OUTSIDE = Refusal(400, "1100", "access to HR")
MORE = Difference(60.2, 58.9, 61.5)


def clearly(mean: float, low: float, high: float) -> Difference:
    """A difference that a test found clear."""
    return Difference(mean, low, high, 0.001, clear=True, n=20)


def maybe(mean: float, low: float, high: float) -> Difference:
    return Difference(mean, low, high, 0.4, clear=False, n=20)


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
FINANCE = waits("Finance", 300.0, 426.0, by=[clearly(126.0, 114.0, 144.0)])
SAME = waits("HR", 300.0, 301.0, by=[maybe(1.0, -2.0, 4.0)])


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
    rows = (waits("HR", 300.0, 240.0, by=[clearly(-60.0, -90.0, -30.0)]),)
    found = comparison_table(Comparison(("as it is", "third-host"), rows, 1, 20, 0.95))
    assert printed(found) == [
        "20 replications of each; differences are to as it is, with 95 % intervals.",
        "",
        "third-host makes HR wait 60 s less (30.0 to 90.0).",
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
    heading, *_ = printed(found, 120)
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
        "more jobs a replication; it makes Finance wait 2.10 min more (1.90 to 2.40) and",
        "does not clearly change the wait of HR.",
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
    assert lines[2:5] == [
        "grant makes Finance wait 2.10 min more (1.90 to 2.40).",
        "",
        "Mean Pending by folder, in min",
    ]


@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_lines_keep_to_the_width_and_names_are_inert(width: int) -> None:
    bad = "\x1b[31m\u202eevil " + "long " * 9
    change = ADMITTED.changes[0]._replace(source=f"{bad}:{bad}", who=(bad,) * 7)
    found = granted(
        waits(bad, 1.0, 9.0, by=[clearly(8.0, 7.0, 9.0)]),
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
CALM = "it does not clearly change the wait of HR"
EVERYWHERE = tuple(right(place, tuple("abcde")) for place in ("HR", "Finance"))
LIKE = [Difference(0.0, 0.0, 0.0, 1.0), *(clearly(*[60.0 * each] * 3) for each in range(1, 6))]
SENTENCES = {
    "a right that nothing uses": (
        granted(SAME, rights=(right(),)),
        f"{MAY}{NO_JOBS}{CALM}",
    ),
    "one lost": (
        granted(
            waits("HR", 300.0, 240.0, by=[clearly(-60.0, -72.0, -48.0)]),
            rights=(right(who=("anna",), gained=False),),
            admissions=Admissions((), Difference(-12.0, -12.0, -12.0)),
        ),
        (
            "anna may no longer start jobs in HR, which admits 12 fewer jobs a replication; "
            "it makes HR wait 60 s less (48.0 to 72.0)"
        ),
    ),
    "one lost, whose jobs were those that waited least": (
        granted(
            waits("HR", 60.0, 180.0, by=[clearly(120.0, 100.0, 140.0)]),
            rights=(right(who=("anna",), gained=False),),
            admissions=Admissions(
                (ADMITTED.changes[0]._replace(jobs=Difference(-12.0, -12.0, -12.0)),),
                Difference(-12.0, -12.0, -12.0),
            ),
        ),
        (
            "anna may no longer start jobs in HR, which admits 12 fewer jobs a replication; "
            "it makes the jobs left in HR wait 2 min more (1.67 to 2.33)"
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
            f"{ACCEPTED}{JOBS}it lets jobs start in HR, where none did, which wait 3 min, and "
            "makes Finance wait 2.10 min more (1.90 to 2.40)"
        ),
    ),
    "no job starts any more": (
        granted(waits("HR", 180.0, math.nan, by=[NO_INTERVAL]), rights=(right(),)),
        f"{MAY}{NO_JOBS}it lets no job start in HR any more",
    ),
    "a single replication": (
        granted(
            waits("HR", 300.0, 426.0, by=[Difference(126.0, math.nan, math.nan)]),
            rights=(right(),),
            admissions=Admissions((), Difference(60.0, math.nan, math.nan)),
            replications=1,
        ),
        f"{MAY}, which admits 60 more jobs a replication; it makes HR wait 2.10 min more",
    ),
    "many folders, the largest first": (
        granted(
            *(waits(f"F{number}", 0.0, 60.0 * number, by=[LIKE[number]]) for number in range(6)),
            rights=(right(),),
        ),
        (
            f"{MAY}{NO_JOBS}it makes F5 wait 5 min more, F4 4 min more and F3 3 min more, "
            "changes the wait of 2 further folders, and leaves F0 exactly as it was"
        ),
    ),
}


@pytest.mark.parametrize(("found", "expected"), SENTENCES.values(), ids=SENTENCES)
def test_a_change_of_rights_in_one_sentence(found: Comparison, expected: str) -> None:
    (sentence,) = sentences(found)
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
    (sentence,) = sentences(granted(SAME, admissions=Admissions((change,), MORE)))
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
    (sentence,) = sentences(found)
    assert sentence.startswith(f"grant: {MAY}, and {expected}, which ")


NO_NEWS: dict[str, tuple[Fate, Fate]] = {
    "refused before, and gone": (FORBIDDEN, "absent"),
    "as before, shared with other executors": ("accepted", "accepted"),
}


@pytest.mark.parametrize(("before", "after"), NO_NEWS.values(), ids=NO_NEWS)
def test_what_jobs_start_is_not_told_where_it_is_no_news(before: Fate, after: Fate) -> None:
    change = AdmissionChange("HR", "HR:onboard", "Job", ("hr-bot",), before, after, MORE)
    found = granted(SAME, rights=(right(),), admissions=Admissions((change,), MORE))
    (sentence,) = sentences(found)
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
    (sentence,) = sentences(granted(SAME, admissions=items(before, after)))
    amount = "lets in 24 (23.0 to 25.0) fewer items a replication"
    assert sentence.startswith(f"grant: {expected}, which {amount}; ")


def test_an_arrival_that_adds_to_another_queue_changes_no_number_of_items() -> None:
    none = Difference(0.0, 0.0, 0.0)
    gone = ItemChange("HR", "HR:mail", "HR:Q", ("app",), "accepted", "absent", FEWER)
    new = ItemChange("HR", "HR:mail", "HR:R", ("app",), "absent", "accepted", MORE)
    (sentence,) = sentences(granted(SAME, admissions=Admissions((), none, (gone, new), none)))
    assert sentence.startswith(
        "grant: items of HR:mail for HR:Q no longer come from app, and items of HR:mail for HR:R "
        "now come from app, which lets in no more and no fewer items; "
    )


def test_jobs_and_items_are_counted_apart() -> None:
    both = items("accepted", FORBIDDEN)._replace(jobs=MORE)
    (sentence,) = sentences(granted(SAME, admissions=both))
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


def told(*rows: ComparisonRow, **more: Any) -> str:
    (paragraph,) = sentences(replace(granted(*rows), **more))
    return paragraph.replace("\N{NO-BREAK SPACE}", " ")


NONE = Difference(0.0, 0.0, 0.0, 1.0, n=20)


def test_what_a_manager_reads() -> None:
    """9.1 minutes more, and nothing at all that is measured of Finance differs."""
    by = clearly(546.0, 492.0, 600.0)
    found = told(
        waits("Finance", 60.0, 60.0, by=[NONE]),
        waits("Finance", 180.0, 180.0, by=[NONE], measure="pending.p95"),
        waits("HR", 60.0, 606.0, by=[by]),
    )
    assert (
        found
        == "grant makes HR wait 9.10 min more (8.20 to 10.00) and leaves Finance exactly as it was."
    )


def test_a_folder_of_which_anything_differs_is_not_as_it_was() -> None:
    """No job waits in Finance either way, but one more is submitted."""
    one_more = ComparisonRow("folder", "Finance", "jobs.submitted", "jobs", (9.0, 10.0), (MORE,))
    found = told(waits("Finance", 0.0, 0.0, by=[NONE]), one_more)
    assert found == "grant does not clearly change the wait of Finance."


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        (("", "F loads vm by 120 %"), "makes HR wait ever longer (F loads vm by 120 %)"),
        (("F loads vm by 120 %", ""), "makes HR, which waited ever longer, wait 3 min,"),
    ],
    ids=["in the variant", "as written"],
)
def test_waits_that_grow_without_end_come_first(why: tuple[str, str], expected: str) -> None:
    values = (math.nan, 180.0) if why[0] else (180.0, math.nan)
    grows = waits("HR", *values, by=[NO_INTERVAL])._replace(why=why)
    assert told(FINANCE, grows) == (
        f"grant {expected} and makes Finance wait 2.10 min more (1.90 to 2.40)."
    )


def verdict(outcome: str, folder: str = "HR", mean: float = 60.0, limit: str = "2m") -> Verdict:
    target = Target.model_validate({"folder": folder, "measure": "pending.p95", "at_most": limit})
    row = SummaryRow("folder", folder, "pending.p95", "s", mean, mean, mean, 0.0, 0.95, 20)
    return Verdict(target, row, cast("Outcome", outcome))


NEWS = {
    "newly met": ("missed", "met", "Targets newly met: P95 Pending of HR."),
    "newly missed": ("undecided", "missed", "Targets newly missed: P95 Pending of HR."),
    "newly undecided": ("met", "undecided", "Targets newly undecided: P95 Pending of HR."),
    "as before": ("met", "met", "No target fares otherwise."),
}


@pytest.mark.parametrize(("before", "after", "expected"), NEWS.values(), ids=NEWS)
def test_targets_that_fare_otherwise_are_told(before: str, after: str, expected: str) -> None:
    targets = {"as written": (verdict(before),), "grant": (verdict(after),)}
    assert told(FINANCE, targets=targets).endswith(f"(1.90 to 2.40). {expected}")


def test_a_target_that_only_one_side_has_is_no_news() -> None:
    targets = {"as written": (verdict("met"),), "grant": (verdict("missed", limit="1m"),)}
    assert told(FINANCE, targets=targets).endswith("(1.90 to 2.40).")


def test_targets_stand_variant_by_variant() -> None:
    targets = {"as written": (verdict("missed", mean=180.0),), "grant": (verdict("met"),)}
    lines = printed(comparison_table(replace(granted(FINANCE), targets=targets)), 100)
    place = lines.index("Targets")
    assert [" ".join(line.split()) for line in lines[place + 3 : place + 5]] == [
        "P95 Pending of HR, at most 2 min as written ✗ missed 3 min",
        "grant ✓ met 60 s",
    ]


def use(name: str, before: float, after: float, by: Difference) -> ComparisonRow:
    return ComparisonRow("machine", name, "slots.utilisation", "ratio", (before, after), (by,))


def test_machines_that_are_clearly_more_or_less_in_use_are_told() -> None:
    """Not what shifts less than one point of slot time, nor what may be chance."""
    found = told(
        FINANCE,
        use("old", 0.4, 0.6, clearly(0.2, 0.19, 0.21)),
        use("new", math.nan, 0.25, NO_INTERVAL),
        use("even", 0.4, 0.405, clearly(0.005, 0.004, 0.006)),
        use("noisy", 0.4, 0.45, maybe(0.05, -0.01, 0.11)),
        use("gone", 0.4, math.nan, NO_INTERVAL),
    )
    expected = "Slot time in use: new 25 % (not there before); old 60 % (was 40 %)."
    assert found.endswith(f"(1.90 to 2.40). {expected}")


JUDGED = {
    "none": (NONE, "as before"),
    "none in the only replication": (Difference(0.0, math.nan, math.nan), "as before"),
    "clear": (clearly(60.0, 30.0, 90.0), "+1.00 (+0.50 to +1.50)"),
    "not clear": (maybe(60.0, -30.0, 150.0), "+1.00 (-0.50 to +2.50), not clear"),
    "without a test": (Difference(60.0, math.nan, math.nan), "+1.00"),
    "only one side": (NO_INTERVAL, NOTHING),
}


@pytest.mark.parametrize(("by", "expected"), JUDGED.values(), ids=JUDGED)
def test_a_difference_says_whether_it_is_one(by: Difference, expected: str) -> None:
    lines = printed(comparison_table(granted(waits("HR", 300.0, 360.0, by=[by]))), 100)
    assert lines[-1].split("6.00")[1].strip() == expected


def test_host_hours_are_shown_only_where_a_variant_changes_them() -> None:
    rows = [
        ComparisonRow("machine", "vm", "hosts.hours", "h", (24.0, after), (by,))
        for after, by in ((24.0, NONE), (48.0, clearly(24.0, 24.0, 24.0)))
    ]
    shown = [
        "Host-hours by machine, in h" in printed(comparison_table(granted(row))) for row in rows
    ]
    assert shown == [False, True]


@pytest.mark.parametrize(
    ("is_random", "expected"),
    [
        (True, "grant: in the one replication there is, which may be luck, it makes Finance wait"),
        (False, "grant makes Finance wait"),
    ],
    ids=["luck", "a fixed plan"],
)
def test_differences_of_a_single_replication_may_be_luck(*, is_random: bool, expected: str) -> None:
    """Not where nothing is left to chance, so that a further one would be the same."""
    stream = {"poisson": "2 per hour"} if is_random else {"every": "1h"}
    starts = {"s": {"process": "P", "by": "anna", "stream": stream}}
    folder = {"processes": {"P": {"duration": "10m"}}, "starts": starts}
    written = scenario(accounts={"anna": {"type": "user"}}, folders={"Finance": folder})
    loaded = cast("Loaded", SimpleNamespace(scenario=written))
    found = replace(granted(FINANCE, replications=1), scenarios={"as written": loaded})
    assert sentences(found)[0].startswith(expected)
    heading, *_ = printed(comparison_table(found), 200)
    assert ("each may be luck: run 10 or more" in heading) is is_random
    assert ("nothing is left to chance" in heading) is not is_random
