"""The wait of a job as an SVG file: any program reads it, and it is always the same."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from builders_explained import explained, of_folder

from simulator.explaining.explained import Explanation
from simulator.report.explaining.picture import explanation_picture

SVG = "{http://www.w3.org/2000/svg}"


def waited(**parts: object) -> Explanation:
    """G's job waits from 8:01 to 8:10 for the one that F's has."""
    folders = {"F": of_folder("08:00"), "G & <G>": of_folder("08:01")}
    return explained(1, folders=folders, **parts)


def drawn(one: Explanation) -> str:
    assert one.picture is not None
    return explanation_picture(one, one.picture)


def texts(picture: str) -> list[str]:
    root = ET.fromstring(picture)  # noqa: S314 - drawn by this test
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def test_the_same_wait_is_the_same_bytes() -> None:
    assert drawn(waited()) == drawn(waited())


def test_it_stands_by_itself_and_says_what_it_shows() -> None:
    picture = drawn(waited())
    assert "var(" not in picture
    assert picture.endswith("</svg>\n")
    assert texts(picture)[:3] == [
        "Job 1 of G & <G>:P, replication 1: Pending for 9\N{NO-BREAK SPACE}min, then Successful",
        "Mon 2026-01-05 08:01:00 to Mon 2026-01-05 08:10:21, UTC",
        "Each row is a slot the job could use; empty where it was free. Framed: the job itself.",
    ]


def test_a_long_title_is_cut_in_its_middle() -> None:
    """What became of the job stays, and all of it is on the picture."""
    one = explained(1, folders={"F": of_folder("08:00"), "G" * 150: of_folder("08:01")})
    title = texts(drawn(one))[0]
    assert title.startswith("Job 1 of GGG")
    assert title.endswith("Pending for 9\N{NO-BREAK SPACE}min, then Successful")
    assert len(title) == 84


def test_rows_bars_and_colours_are_named() -> None:
    found = texts(drawn(waited()))
    assert {"job 1", "M1/1, slot 0", "Pending 9\N{NO-BREAK SPACE}min", "0 F"} <= {*found}
    assert found.count("F") == found.count("G & <G>") == 1  # in the legend


def test_slots_out_of_service_are_named_by_their_cause() -> None:
    windows = [{"cron": "0 0 8 * * ?", "duration": "9m"}]
    found = texts(drawn(waited(machines={"M1": {"maintenance": windows}})))
    assert found.count("maintenance") == 2  # on the bar, and in the legend


def test_more_folders_than_colours_share_one() -> None:
    folders = {f"F{number}": of_folder("08:00", f"08:{number:02}") for number in range(1, 9)}
    found = texts(drawn(explained(15, folders=folders, machines={"M1": {"slots": 8}})))
    assert "other folders" in found


def test_a_slot_of_countless_short_jobs_has_no_more_bars_than_pixels() -> None:
    """2,000 jobs of a second each are ahead; the file stays small."""
    short = {"P": {"duration": "1s"}}
    times = ["08:00"] * 2001
    folders = {"F": of_folder(*times, processes=short)}
    picture = drawn(explained(2000, folders=folders))
    assert picture.count("<path") < 1000
