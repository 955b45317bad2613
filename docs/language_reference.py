"""The reference part of the language page: every key there is, out of the models and the roles."""  # noqa: INP001 - a module beside the pages it makes

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple, get_args

from language_words import SECTIONS, codes, default, parts_below, takes
from pydantic.fields import FieldInfo

from simulator.loading import default_roles
from simulator.loading.meanings import meaning_of, meanings
from simulator.model.distributions import Distribution, Truncated
from simulator.model.quantities import HIGHEST_PRIORITY, PRIORITY_BANDS, Part, RuntimeType
from simulator.model.scenario import Scenario
from simulator.model.streams import Stream

HEAD: Final = """
Made from `simulator/model` by `python docs/generate.py`; change it there.

A key inside another is written as a path, as in [overrides](#overrides). Where the default is a
dash, the key may be left out, and its meaning or its own section says what then holds.

### The whole file

"""


class Row(NamedTuple):
    """One key: its path, what it takes, its default, what it means."""

    key: str
    takes: str
    default: str
    meaning: str


def language_reference() -> str:
    """Return the reference, a section a concept in the order of a file."""
    sections = (
        f"### {title}\n\n" + "\n\n".join(_section(title, model)) + "\n"
        for title, model in SECTIONS.items()
    )
    return "\n".join((HEAD + _keys(_rows(Scenario)) + "\n", *sections))


def _section(title: str, model: type[Part] | None) -> Iterator[str]:
    """Yield the paragraphs of a section."""
    if model is not None:
        yield meaning_of(model)
        yield _keys(_rows(model))
    if title in MORE:
        yield from MORE[title]()


def _rows(model: type[Part], above: str = "") -> Iterator[Row]:
    """Yield a row for each key of a model, and below it those of models it takes."""
    told = meanings(model)
    for name, field in model.model_fields.items():
        key = f"{above}{field.alias or name}"
        yield Row(key, takes(field), default(field), told.get(name) or _meaning_of_model(field))
        forms = list(parts_below(field, key))
        for path, part in forms:
            for row in _rows(part, f"{path}."):
                yield row if len(forms) == 1 else _of_one_form(row, part, path)


def _meaning_of_model(field: FieldInfo) -> str:
    """Return what the one model says that a field takes: the field need not say it again."""
    hints = (field.annotation, *get_args(field.annotation))
    models = (hint for hint in hints if isinstance(hint, type) and issubclass(hint, Part))
    return next(map(meaning_of, models), "")


def _of_one_form(row: Row, part: type[Part], path: str) -> Row:
    """Say of a key that stands in one of several forms which others go with it."""
    others = (f"{path}.{name}" for name in part.model_fields)
    return row._replace(default=f"with {codes(one for one in others if one != row.key)}")


def _kinds(union: object) -> str:
    """Return the table of a union's kinds: the keys of each, and last those that all have."""
    kinds = [get_args(kind)[0] for kind in get_args(get_args(union)[0])]
    common = set.intersection(*(set(kind.model_fields) for kind in kinds))
    of_all = (row for row in _rows(kinds[0]) if row.key in common)
    return _keys(
        (
            *(row for kind in kinds for row in _rows_of_kind(kind, common)),
            *(row._replace(meaning=f"With any kind. {row.meaning}") for row in of_all),
        )
    )


def _rows_of_kind(kind: type[Part], common: set[str]) -> Iterator[Row]:
    """Yield the row of the key that chooses a kind, and those of the keys that go with it."""
    chooser = next(name for name in kind.model_fields if name not in common)
    own = meanings(kind).get(chooser, "")
    for row in _rows(kind):
        if row.key == chooser:
            yield row._replace(default="a kind", meaning=f"{meaning_of(kind)} {own}".strip())
        elif row.key.startswith(f"{chooser}."):
            yield row
        elif row.key not in common:
            yield row._replace(meaning=f"With `{chooser}`. {row.meaning}")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [head, ["---" for _ in head], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _keys(rows: Iterable[Row]) -> str:
    return _table(
        ("Key", "Takes", "Default", "Meaning"),
        (row._replace(key=f"`{row.key}`") for row in rows),
    )


def _runtime_types() -> Iterator[str]:
    yield f"Runtime types: {codes(get_args(RuntimeType))}."


def _permissions() -> Iterator[str]:
    catalogue = default_roles()
    yield f"Permissions of a tenant role: {codes(catalogue.tenant_permissions)}."
    yield f"Permissions of a folder role: {codes(catalogue.folder_permissions)}."


def _assignments() -> Iterator[str]:
    yield (
        "Accounts or groups, each with a list of roles, under `tenant` and in folders. Whoever has "
        "several roles has them all added up. Beside the tenant's own there are the vendor's:"
    )
    roles = default_roles().roles.items()
    yield _table(
        ("Role", "Type", "What for"), ((name, role.type, role.description) for name, role in roles)
    )


def _priorities() -> Iterator[str]:
    bands = ", ".join(f"`{band}` {number}" for band, number in PRIORITY_BANDS.items())
    yield f"A priority is from 1 to {HIGHEST_PRIORITY}, the larger first, or a band: {bands}."


def _streams() -> Iterator[str]:
    yield "How often something happens: exactly one of the kinds."
    yield _kinds(Stream)


def _distributions() -> Iterator[str]:
    yield (
        "How long something takes: a duration, always the same, or exactly one of the kinds. "
        f"{meaning_of(Truncated)}"
    )
    yield _kinds(Distribution)


def _measures() -> Iterator[str]:
    yield "The measures, and the scopes of each, are defined on [their own page](measures.md)."


def _variants() -> Iterator[str]:
    yield f"{meanings(Scenario)['variants']} Paths are told under [overrides](#overrides)."


MORE: Final[Mapping[str, Callable[[], Iterator[str]]]] = {
    "machines": _runtime_types,
    "roles": _permissions,
    "assign": _assignments,
    "processes": _priorities,
    "streams": _streams,
    "distributions": _distributions,
    "targets": _measures,
    "variants": _variants,
}
"""What a section tells beside, or in place of, the keys of its model."""
