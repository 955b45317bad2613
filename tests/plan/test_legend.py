"""What a legend says of the fleet."""

from __future__ import annotations

from typing import Any

import pytest
from builders import folder, scenario

from simulator.plan.fleet import RUNTIMES
