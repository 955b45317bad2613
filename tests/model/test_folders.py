from __future__ import annotations

from typing import Any

import pytest
from builders import scenario
from pydantic import ValidationError

from simulator.model.folders import Folder, joined, streams_in, walk


def test_a_list_of_machines_is_short_for_a_mapping() -> None:
    short, long = ({"machines": ["a", "b"]}, {"machines": {"a": {}, "b": {"propagate": False}}})
    assert Folder.model_validate(short) == Folder.model_validate(long)


def test_an_empty_subfolder_may_be_written_without_anything() -> None:
    assert Folder.model_validate({"folders": {"G": None}}).folders["G"] == Folder()


PATHS = {
    "one": (("HR",), "HR"),
    "nested": (("Finance", "Month end"), "Finance/Month end"),
    "a slash in a name": (("R/D", "x"), "R\\/D/x"),
}


@pytest.mark.parametrize(("parts", "path"), PATHS.values(), ids=PATHS)
def test_paths(parts: tuple[str, ...], path: str) -> None:
    assert joined(parts) == path


def test_a_walk_goes_in_file_order_a_parent_before_its_subfolders() -> None:
    estate = scenario(folders={"B": {"folders": {"Y": {"folders": {"Z": {}}}, "X": {}}}, "A": {}})
    walked = [joined(parts) for parts, _ in walk(estate.folders)]
    assert walked == ["B", "B/Y", "B/Y/Z", "B/X", "A"]


def test_the_streams_of_a_folder_have_the_keys_that_lead_to_them() -> None:
    hourly = {"every": "1h"}
    made = {"process": "P", "created_by": "owner"}
    found = streams_in(
        Folder.model_validate(
            {
                "triggers": {
                    "clock": made | {"time": {"cron": "0 0 6 * * ?"}},
                    "mail": made | {"event": hourly},
                    "call": made | {"api": {**hourly, "by": "app"}},
                },
                "arrivals": {
                    "post": {"queue": "Q", "by": "app", "items": hourly, "item_duration": "1m"}
                },
                "starts": {"desk": {"process": "P", "by": "owner", "stream": hourly}},
            }
        )
    )
    assert [".".join(map(str, path)) for path, _ in found] == [
        "triggers.mail.event",
        "triggers.call.api",
        "arrivals.post.items",
        "starts.desk.stream",
    ]


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "a machine twice": ({"machines": ["a", "b", "a"]}, "lists a twice"),
    "a machine that is no name": ({"machines": [["a"]]}, "lists names of machines"),
    "an unknown key": ({"machine": []}, "Extra inputs"),
    "an unknown key of a machine": ({"machines": {"a": {"inherit": True}}}, "Extra inputs"),
}


@pytest.mark.parametrize(("entry", "why"), BAD.values(), ids=BAD)
def test_a_folder_that_is_refused(entry: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Folder.model_validate(entry)
