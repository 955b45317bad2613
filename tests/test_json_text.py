from __future__ import annotations

import json
import math

import pytest

from simulator.json_text import json_text


def test_every_key_and_every_row_has_its_line() -> None:
    content = {"version": 1, "rows": [{"name": "Zoë"}, {"name": "b"}], "hours": [1.5, None]}
    assert json_text(content).splitlines() == [
        "{",
        '"version": 1,',
        '"rows": [',
        '{"name": "Zoë"},',
        '{"name": "b"}',
        "],",
        '"hours": [1.5, null]',
        "}",
    ]


@pytest.mark.parametrize("content", [{}, {"rows": []}, {"deep": {"er": [{"a": "\x1b</script>"}]}}])
def test_it_reads_back_as_it_was(content: dict[str, object]) -> None:
    assert json.loads(json_text(content)) == content


def test_a_number_json_cannot_write_is_an_error() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        json_text({"mean": math.nan})
