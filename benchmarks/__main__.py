"""`python -m benchmarks`: time the rows asked for, print the table, say whether targets are met."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence

from benchmarks import results
from benchmarks.apart import ContestantError
from benchmarks.rows import Group, groups
from benchmarks.scaling import scaling
from benchmarks.sizes import FULL, QUICK
from benchmarks.table import head, line_of
from benchmarks.timing import Finding, findings_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 1 when a target is missed, or when two contestants did not do the same work."""
    options = _options(arguments)
    sizes = QUICK if options.quick else FULL
    table, study = groups(sizes), scaling(sizes)
    chosen = [one for one in (study if options.scaling else table) if one.name in options.rows]
    print(head(), flush=True)
    known = [one.name for one in (*table, *study)]
    found: dict[str, list[Finding]] = {}
    for one in chosen:
        try:
            found[one.name] = _told(one, options.rounds or sizes.rounds)
        except ContestantError as error:
            sys.exit(str(error))
        if options.write:  # each as it comes: what fails later leaves it
            results.write({one.name: found[one.name]}, known, quick=options.quick)
    return _judged(one for rows in found.values() for one in rows)


def _options(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", nargs="+", metavar="NAME", help="only these groups of rows")
    parser.add_argument("--rounds", type=int, metavar="N", help="default 5, with --quick 3")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, to try it out")
    parser.add_argument("--scaling", action="store_true", help="how cost grows, in place of rivals")
    parser.add_argument(
        "--write", action="store_true", help=f"put results into {results.FILE.name}"
    )
    options = parser.parse_args(arguments)
    names = [one.name for one in (scaling if options.scaling else groups)(FULL)]
    options.rows = options.rows or names
    if unknown := set(options.rows) - set(names):
        parser.error(f"no rows {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    if options.rounds is not None and options.rounds < 1:
        parser.error("--rounds: at least 1")
    return options


def _told(group: Group, rounds: int) -> list[Finding]:
    """Run a group and print its lines."""
    found = findings_of(group, rounds, _progress)
    for one in found:
        print(line_of(one), flush=True)
    return found


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="\r", file=sys.stderr, flush=True)


def _judged(found: Iterable[Finding]) -> int:
    """Print what is not as it should be, and return the exit code."""
    wrong = [
        f"{one.row.title}, against {one.row.against or 'its target'}: "
        + ("waits differ" if not one.same_work else f"asked for is {one.row.target}")
        for one in found
        if not one.same_work or one.met is False
    ]
    print("\n".join(("Not met:", *wrong)) if wrong else "All targets met.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
