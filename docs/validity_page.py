"""The reference part of the validity page: what the long studies found, and with which code."""  # noqa: INP001 - a module beside the pages it makes

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, TypeAlias

from validity_results import Part, Row, made_with

Results: TypeAlias = Mapping[str, Any]

HEAD: Final = """
Made from `docs/validity-results.json`, which `make validate` writes, by `python docs/generate.py`.
"""


def validity_reference(results: Results) -> str:
    """Return all results; those that are missing are told as such."""
    sections = (
        _catalogue,
        _schedules,
        _coverage,
        _stopping,
        _second_opinion,
        _pairing,
        _sizing,
        _made,
    )
    return HEAD + "".join(section(results) for section in sections)


def _catalogue(results: Results) -> str:
    """Return the section of the figures with a formula, a row a case."""
    lead = (
        "Every figure of 35 cases that has an exact value, run from its scenario file: twenty "
        "replications or more, but for what has no chance in it, and an interval of 99 %. One in "
        "a hundred misses by chance, so a figure that misses is run once more with another seed, "
        "and one whose interval is too wide to say much, longer; it fails when two of its "
        "intervals miss, or when it is still too wide after four runs. Seeds are fixed "
        "beforehand. Each figure with its exact value and its intervals stands in "
        "`validity-results.json`."
    )
    rows = results.get("catalogue", ())
    cases = [list(of) for _, of in groupby(rows, key=lambda row: row["case"])]
    table = _table(
        (
            "Case",
            "What",
            "Figures",
            "The first of them",
            "Exact",
            "Simulated",
            "At first",
            "In all",
        ),
        map(_case, cases),
    )
    return _section("The catalogue", "catalogue", results, lead, _count(results), table)


def _count(results: Results) -> str:
    """Return how many figures missed, and how many were to be expected to."""
    if not (counts := results.get("count")):
        return ""
    (one,) = counts
    return (
        f"**{one['figures']} figures, {one['without_interval']} of them without an interval.** "
        f"{one['missed']} missed at first; {one['expected']:.1f} were to be expected, and in 99 of "
        f"100 such tables {one['fewest']} to {one['most']}, if figures were independent of each "
        f"other (those of one run are not, which scatters the count more). {one['too_wide']} were "
        f"too wide at first. **{one['failed']} failed when run again.**"
    )


def _case(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return a case's row: its first figure as it was told last, and how all of them fared."""
    by_figure = [list(of) for _, of in groupby(rows, key=lambda row: row["figure"])]
    last = by_figure[0][-1]
    firsts = [of[0] for of in by_figure]
    missed = sum("miss" in one["verdict"] for one in firsts)
    wide = sum("wide" in one["verdict"] for one in firsts)
    told = [f"{missed} missed"] * (missed > 0) + [f"{wide} too wide"] * (wide > 0)
    failed = sum(not of[-1]["holds"] for of in by_figure)
    return (
        last["case"],
        last["title"],
        str(len(by_figure)),
        f"`{last['figure']}`",
        f"{last['exact']:g}",
        _simulated(last),
        ", ".join(told) or "all hold",
        f"**{failed} failed**" if failed else "all hold",
    )


def _simulated(row: Row) -> str:
    if row["simulated"] is None:
        return "undecided"
    if row["low"] is None:
        return f"{row['simulated']:g}"
    return f"{row['simulated']:g} ({row['low']:g} to {row['high']:g})"


def _schedules(results: Results) -> str:
    lead = (
        "What has no chance in it, compared row by row: when each job was submitted, started and "
        "ended, and where; when each trigger fires."
    )
    rows = results.get("schedules", ())
    total, exact = (sum(row[key] for row in rows) for key in ("rows", "exact"))
    told = f"**{exact:,} of {total:,} rows are exact.**" if rows else ""
    table = _table(
        ("Oracle", "From", "Rows", "Exact", ""),
        (
            (row["oracle"], row["source"], f"{row['rows']}", f"{row['exact']}", row["but"])
            for row in rows
        ),
    )
    return _section("Schedules", "schedules", results, lead, told, table)


def _coverage(results: Results) -> str:
    lead = (
        "An experiment is twenty replications of about 5,000 jobs (20,000 in A13), repeated with "
        "one seed after the other, each through the product's own engine, measurement and "
        "statistics. A tenth of the window goes before it, from an empty start. Counted is how "
        "often the nominal 95 % interval held the exact value; 91 to 98.5 % is asked for. The "
        "catalogue has no P95 of A22: it comes from a Markov chain of our own, which gives the "
        "catalogue's means to nine digits. The last rows show why the replication is the unit of "
        "evidence: there the jobs are taken for independent of each other, as they are not."
    )
    rows = sorted(results.get("coverage", ()), key=_is_naive)
    table = _table(
        ("Case", "Figure", "Evidence", "Exact", "Experiments", "Held", "Half-width", "Verdict"),
        map(_covered, rows),
    )
    return _section("Coverage", "coverage", results, lead, "", table)


def _is_naive(row: Row) -> bool:
    return bool(row["evidence"] == "jobs")


def _covered(row: Row) -> tuple[str, ...]:
    share = row["held"] / row["experiments"]
    return (
        row["case"],
        f"`{row['figure']}`",
        f"over {row['evidence']}",
        f"{row['exact']:g} s",
        str(row["experiments"]),
        f"{share:.1%}",
        f"{row['half_width']:.1%}",
        {"ok": "holds", "FAILED": "**fails**"}.get(row["verdict"], row["verdict"]),
    )


def _stopping(results: Results) -> str:
    lead = (
        "Studies that go on until the half-width of an interval is so small a share of its value, "
        "200 replications at most, with one seed after the other. Asked for is that none ends "
        "before ten replications, that 90 % of them get there, and that 90 % of their last "
        "intervals, of a nominal 95 %, hold the exact value: who stops at the first interval that "
        "is narrow enough takes those that are narrow by luck, and fewer hold than of a number "
        "fixed beforehand."
    )
    table = _table(
        ("Case", "Figure", "Asked", "Got there", "Replications", "Held", "As near", "Verdict"),
        map(_stopped, results.get("stopping", ())),
    )
    return _section("Until it is precise", "stopping", results, lead, "", table)


def _stopped(row: Row) -> tuple[str, ...]:
    of = row["studies"]
    return (
        row["case"],
        f"`{row['figure']}`",
        f"{row['precision']:.0%}",
        f"{row['reached']} of {of}",
        f"{row['fewest']} to {row['most']}, {row['mean']:g} on average",
        f"{row['held'] / of:.1%}",
        f"{row['within'] / of:.1%}",
        {"ok": "holds", "FAILED": "**fails**"}.get(row["verdict"], row["verdict"]),
    )


def _second_opinion(results: Results) -> str:
    lead = (
        "The same submissions and durations, as the product recorded them, through Ciw (queues "
        "with several servers and priorities) and through a plain SimPy model of a shared fleet, "
        "written from the words of the design. Start times are compared job by job."
    )
    table = _table(
        ("Case", "Against", "Jobs", "Different start times", "Largest difference"),
        (
            (
                row["case"],
                row["against"],
                f"{row['jobs']:,}",
                str(row["different_start_times"]),
                f"{row['largest_difference_s']:.3g} s",
            )
            for row in results.get("second_opinion", ())
        ),
    )
    return _section("A second opinion", "second_opinion", results, lead, "", table)


def _pairing(results: Results) -> str:
    lead = (
        "Variants of `scenarios/flagship-shared-machines.yaml` against the file as written, on the "
        "same random numbers and on others: how many times fewer replications pairs need for an "
        "interval as narrow; in 19 of 20 such tables at least as many as stand under Surely. "
        "Possible is what it would be if both sides rose and fell exactly together. No way to pair "
        "saves much where a change takes away most of what varies, as a third host does, or where "
        "it parts those who waited on each other, as dedicated hosts do. Of mean waits, five times "
        "fewer are asked for where that is possible."
    )
    table = _table(
        (
            "Variant",
            "Figure",
            "Replications",
            "Difference",
            "Times fewer",
            "Surely",
            "Possible",
            "",
        ),
        map(_paired, results.get("pairing", ())),
    )
    return _section("Common random numbers", "pairing", results, lead, "", table)


def _paired(row: Row) -> tuple[str, ...]:
    return (
        f"`{row['variant']}`",
        f"`{row['figure']}`",
        str(row["replications"]),
        f"{row['difference']:+,.0f} s",
        f"{row['times']:.3g}",
        f"{row['surely']:.3g}",
        f"{row['possible']:.3g}",
        {"ok": "holds", "FAILED": "**fails**"}.get(row["verdict"], row["verdict"]),
    )


def _sizing(results: Results) -> str:
    lead = (
        "Which number of runtimes, of 1 to 40, is the smallest that keeps a limit: `simulator "
        "size` asked with one seed after the other, beside the number that Erlang's formula "
        "gives. An answer is right if it is that number; 95 of 100 are asked for. The scenarios' "
        "confidence is 99 %, so a search should err once in a hundred times at most."
    )
    table = _table(
        ("Question", "Exact", "Seeds", "Right", "Other answers", "Replications a search"),
        map(_searched, results.get("sizing", ())),
    )
    return _section("The smallest fleet", "sizing", results, lead, "", table)


def _searched(row: Row) -> tuple[str, ...]:
    others = {
        answer: count for answer, count in row["others"].items() if answer != str(row["exact"])
    }
    told = ", ".join(f"{answer} ({count})" for answer, count in others.items())
    return (
        row["case"],
        str(row["exact"]),
        str(row["seeds"]),
        str(row["right"]) if row["holds"] else f"**{row['right']}: fails**",
        told or "none",
        str(row["replications"]),
    )


def _section(title: str, part: Part, results: Results, *texts: str) -> str:
    """Return a section; where there are no results, it says so."""
    parts = (f"### {title}", texts[0], _standing(part, results), *texts[1:])
    return "\n" + "\n\n".join(_wrapped(one) for one in parts if one) + "\n"


def _wrapped(text: str) -> str:
    """Return a paragraph in lines of a page's length; a table's rows stay as they are."""
    if text.startswith("|"):
        return text
    return textwrap.fill(text, 100, subsequent_indent="> " if text.startswith("> ") else "")


def _standing(part: Part, results: Results) -> str:
    return "" if results.get(part) else "> **There are no results.** `make validate` makes them."


def _made(results: Results) -> str:
    """Return with which versions each part was made."""
    parts: tuple[Part, ...] = (
        *("catalogue", "schedules", "coverage", "stopping", "second_opinion", "pairing", "sizing"),
    )
    made = {part: made_with(results, part) for part in parts}
    lines = (
        f"- {part.replace('_', ' ').capitalize()}: "
        + ", ".join(f"{name} {value}" for name, value in sorted(versions.items()))
        for part, versions in made.items()
        if versions
    )
    told = "\n".join(lines) or "There are no results."
    lead = _wrapped(
        "`code` is a digest of the code and the cases that results were made with; what was "
        "changed since is not in them. `python docs/validity_results.py` tells which are of other "
        "code than stands here, and `make validate` makes all of them anew."
    )
    return f"\n### Made with\n\n{lead}\n\n{told}\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, or nothing where it has no rows."""
    lines = [*map(_line, rows)]
    return "\n".join((_line(head), _line(["---"] * len(head)), *lines)) if lines else ""


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
