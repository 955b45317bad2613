from simulator.audit.rights import Rights as Rights
from simulator.experiments.comparing.compare import Comparison as Comparison
from simulator.experiments.notebook import compare as compare
from simulator.experiments.notebook import rights as rights
from simulator.experiments.notebook import run as run
from simulator.experiments.study import Study as Study
from simulator.loading import Loaded as Loaded
from simulator.loading import load as load

__version__: str
__all__ = [
    "Comparison",
    "Loaded",
    "Rights",
    "Study",
    "__version__",
    "compare",
    "load",
    "rights",
    "run",
]
