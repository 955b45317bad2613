"""Days of the week and hours of the day, as the keys of a profile write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Final

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from simulator.model.quantities import LONGEST_SHOWN, shown, text_of
from simulator.model.suggestions import did_you_mean

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days, by the words a key has for them, from Monday on."""

DAILY: Final = "daily"

_DAY: Final = f"(?:{'|'.join(WEEK)})"
_SOME: Final = f"{_DAY}(?:-{_DAY})?"
_DAYS: Final = re.compile(rf"{DAILY}|{_SOME}(?:,{_SOME})*", re.ASCII)

_HOURS: Final = re.compile(
    r"([01][0-9]|2[0-3]):([0-5][0-9])-(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)", re.ASCII
)
DAY_MIN: Final = 24 * 60
"""Minutes of a day by the wall clock."""


def days_of(key: str) -> tuple[int, ...]:
    """Return the days a key such as `mon-fri` names, in its order; 0 is Monday, 6 is Sunday.

    Raises:
        ValueError: it is no such key, or names a day twice.
    """
    if _DAYS.fullmatch(key) is None:
        expected = "expected days such as 'mon', 'mon-fri', 'mon,wed' or 'daily'"
        raise ValueError(f"{expected}, got {shown(key)}{_meant(key, _with_known_days, _DAYS)}")
    if key == DAILY:
        return tuple(range(len(WEEK)))
    days = [day for some in key.split(",") for day in _from_to(some)]
    twice = next((WEEK[day] for day in days if days.count(day) > 1), None)
    if twice is not None:
        raise ValueError(f"{shown(key)} names {twice} twice")
    return tuple(days)


def _from_to(some: str) -> list[int]:
    """Return the days of `mon`, `mon-fri`, or `sat-mon`, which goes on over the week's end."""
    first, _, last = some.partition("-")
    begin = WEEK.index(first)
    if first == last:
        raise ValueError(f"{some!r} begins and ends on one day: write {first!r} or {DAILY!r}")
    return [(begin + step) % 7 for step in range((WEEK.index(last or first) - begin) % 7 + 1)]


def minutes_of(key: str) -> tuple[int, int]:
    """Return from and to which minute of the day a key such as `09:00-17:00` reaches.

    Raises:
        ValueError: it is no such key, or goes back in time.
    """
    match = _HOURS.fullmatch(key)
    if match is None:
        expected = "expected hours such as '09:00-17:00' or '22:00-24:00'"
        raise ValueError(f"{expected}, got {shown(key)}{_meant(key, _with_minutes, _HOURS)}")
    hour, minute, to_hour, to_minute = match.groups()
    begin = 60 * int(hour) + int(minute)
    end = DAY_MIN if to_hour is None else 60 * int(to_hour) + int(to_minute)
    if begin < end:
        return begin, end
    if begin == end:
        raise ValueError(f"{key!r} is empty: it ends when it begins")
    first, last = key.split("-")
    rest = f", and '00:00-{last}' for the day after" if end else ""
    raise ValueError(f"{key!r} goes over midnight: write '{first}-24:00'{rest}")


_LONG_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS: Final = {
    **{day: day for day in (*WEEK, DAILY)},
    **dict(zip(_LONG_DAYS, WEEK, strict=True)),
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), "mon-fri"),
    **dict.fromkeys(("weekend", "weekends"), "sat-sun"),
    **dict.fromkeys(("everyday", "all", "any", "*"), DAILY),
}
"""What people write for days, and what the language has for it."""

_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—", "-"))  # noqa: RUF001 - the dashes are meant


def _with_known_days(key: str) -> str:
    """Return a key with each word for a day replaced by the language's own, as far as known."""
    return re.sub(r"[\w*]+", _known_day, "".join(key.lower().translate(_DASHES).split()))


def _known_day(word: re.Match[str]) -> str:
    if word[0] in _WORDS:
        return _WORDS[word[0]]
    guess = re.search("'(.*)'", did_you_mean(word[0], _WORDS))
    return _WORDS[guess[1]] if guess else word[0]


def _with_minutes(key: str) -> str:
    """Return a key such as `9-17` or `9:00 – 17:00` with every hour and minute in two digits."""  # noqa: RUF002 - the dash is meant
    tight = "".join(key.translate(_DASHES).split())
    padded = re.sub(r"(?<![:\d])(\d)(?!\d)", r"0\1", tight, flags=re.ASCII)
    return re.sub(r"(?<![:\d])(\d\d)(?![:\d])", r"\1:00", padded, flags=re.ASCII)


def _meant(key: str, rewritten: Callable[[str], str], form: re.Pattern[str]) -> str:
    """Return a question for the key that was probably meant; none for one too long to be shown."""
    guess = rewritten(key) if len(key) <= LONGEST_SHOWN else key
    is_new = guess != key and form.fullmatch(guess) is not None
    return f"; did you mean {guess!r}?" if is_new else ""


def _readable_by(read: Callable[[str], object]) -> Callable[[object], str]:
    """Return a check that a key is one that `read` can read; it tells what `read` raises."""

    def key(value: object) -> str:
        text = str(text_of(value))
        try:
            read(text)
        except ValueError as error:
            raise PydanticCustomError("profile", "{why}", {"why": str(error)}) from None
        return text

    return key


Days = Annotated[
    str,
    BeforeValidator(
        _readable_by(days_of),
        json_schema_input_type=Annotated[str, Field(pattern=f"^({_DAYS.pattern})$")],
    ),
]
"""Days of the week: `mon`, `mon-fri`, `sat-mon`, `mon,wed`, `daily`."""

Hours = Annotated[
    str,
    BeforeValidator(
        _readable_by(minutes_of),
        json_schema_input_type=Annotated[str, Field(pattern=f"^{_HOURS.pattern}$")],
    ),
]
"""Hours of a day by the wall clock, the last not included: `09:00-17:00`, `22:00-24:00`."""
