"""The packaged default roles, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from simulator.loading.composer import compose
from simulator.loading.scalars import unwritten
from simulator.model.roles import RoleCatalogue


@cache
def default_roles() -> RoleCatalogue:
    """Return the catalogue of default roles that every tenant has."""
    resource = files("simulator.model").joinpath("roles.yaml")
    document = compose(resource.read_text(encoding="utf-8"), resource.name)
    return RoleCatalogue.model_validate(unwritten(document.data))
