"""Calendars of non-working days, on which time triggers do not fire."""

from __future__ import annotations

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from simulator.model.quantities import LocalDate, Name, Part


class Calendar(Part):
    """Days on which whatever names it does not happen: a country's holidays, dates, or both."""

    country: Name | None = None
    """Whose public holidays: a country by its ISO 3166 code, such as `DE`."""

    subdivision: Name | None = None
    """A state or region of it, by the code without the country's: `BY`."""

    dates: tuple[LocalDate, ...] = ()
    """Further days, such as a freeze."""

    @model_validator(mode="after")
    def _names_days(self) -> Calendar:
        if self.country is None and not self.dates:
            raise PydanticCustomError("calendar", "a calendar names a country, dates, or both")
        if self.subdivision is not None and self.country is None:
            raise PydanticCustomError(
                "calendar", "a subdivision is named together with its country"
            )
        return self
