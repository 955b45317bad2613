"""A scenario of which anna sees a part, and a search for what she may not see."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from builders_files import scenario_file

from simulator.access.sight import sight_of
from simulator.experiments.study import Study, run_study
from simulator.loading import Loaded, load

HIDDEN = ("zebra", "quagga", "okapi", "dingo", "vicuna", "numbat", "ocelot", "walrus")
"""Parts of every name in `VIEWED` that anna may not see: each is of one kind of thing."""

VIEWED = """\
version: 1
name: shared-box
question: Does anna wait for zebra's quagga?
description: zebra and dingo
time: {start: 2026-01-05T00:00, duration: 1d}
run: {replications: 2, seed: 1}
machines:
  numbat-vm: {hosts: 2, slots: 3}
  box: {hosts: 1, slots: 1}
accounts:
  dingo-bot: {type: robot}
  vicuna: {type: user, groups: [ocelots]}
  bot: {type: robot}
  anna: {type: user}
  olga: {type: user}
roles:
  walrus-role: {type: folder, permissions: {Jobs: [View, Create], Triggers: [Create]}}
  Onlooker: {type: folder, permissions: {Jobs: [View]}}
  Starter: {type: folder, permissions: {Jobs: [Create], Triggers: [Create]}}
folders:
  zebra:
    assign: {dingo-bot: [Automation User], ocelots: [walrus-role]}
    machines: [numbat-vm, box]
    processes:
      quagga: {duration: 30m}
      quagga-elsewhere: {duration: 20m}
    triggers:
      okapi:
        process: quagga
        time: {cron: "0 0 * * * ?"}
        run_as: {machine: box}
        created_by: vicuna
      okapi-2:
        process: quagga-elsewhere
        time: {cron: "0 0 * * * ?"}
        run_as: {machine: numbat-vm}
        created_by: vicuna
    queues: {quagga-bin: }
    arrivals:
      okapi-4: {queue: quagga-bin, by: vicuna, items: {every: 2h}, item_duration: 1m}
    starts:
      okapi-3: {process: quagga, by: anna, stream: {every: 6h}}
  Ours:
    assign: {bot: [Automation User], anna: [Onlooker], olga: [Starter]}
    machines: [box]
    processes: {letters: {duration: 10m}}
    queues: {walrus-bin: }
    arrivals:
      okapi-5: {queue: walrus-bin, by: olga, items: {every: 3h}, item_duration: 1m}
    triggers:
      hourly: {process: letters, time: {cron: "0 0 * * * ?"}, created_by: olga}
    starts:
      by-anna: {process: letters, by: anna, stream: {every: 12h}}
targets:
  - {folder: Ours, measure: pending.mean, at_most: 20m}
  - {machine: box, measure: slots.utilisation, at_most: 70%}
  - {machine: box, measure: pending.mean, at_most: 1h}
  - {folder: zebra, measure: pending.over, threshold: 7m, at_most: 50%}
  - {process: "zebra:quagga", measure: pending.mean, at_most: 1h}
  - {account: bot, measure: account.utilisation, at_most: 50%}
  - {queue: "Ours:walrus-bin", measure: items.late_share, at_most: 5%}
  - {measure: pending.mean, at_most: 1h}
"""
"""Each hour zebra takes the box for 30 minutes, then Ours for 10: 24 waits of half an hour.

So it is busy 2/3 of the time: 1/2 for zebra, 1/6 for Ours. Ours refuses anna twice (no
Jobs.Create), and zebra four times (no access). zebra has a machine of its own. Both have a queue,
and she may see the items of neither (no Queues.View).
"""


def viewed(folder: Path) -> Loaded:
    """`VIEWED`, loaded from a file in a folder."""
    return load(scenario_file(folder, VIEWED))


def seen_by_anna(loaded: Loaded) -> Study:
    """A study of it as anna sees it."""
    return run_study(loaded, sight=sight_of(loaded.access, "anna"))


def told_in(folder: Path) -> dict[str, bytes]:
    """All that the files of a run tell, file by file, with the Parquet tables taken apart."""
    return {
        path.name: _parquet(path) if path.suffix == ".parquet" else path.read_bytes()
        for path in folder.iterdir()
    }


def _parquet(path: Path) -> bytes:
    """Schema, statistics, every value and every word of the dictionaries, used or not."""
    file = pq.ParquetFile(path)
    table = file.read()
    groups = [str(file.metadata.row_group(i).to_dict()) for i in range(file.num_row_groups)]
    columns = [
        str((chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk).to_pylist())
        for column in table.columns
        for chunk in column.chunks
    ]
    return "\n".join([str(file.schema_arrow), *groups, *columns]).encode()


def leaks(text: bytes | str) -> list[str]:
    """Which hidden names a text has."""
    lower = (text if isinstance(text, bytes) else text.encode()).lower()
    return [name for name in HIDDEN if name.encode() in lower]
