from simulator.audit.rights import Rights as Rights
from simulator.experiments.advising.advice import Advice as Advice
from simulator.experiments.comparing.compare import Comparison as Comparison
from simulator.experiments.sizing.sizing import Sizing as Sizing
from simulator.experiments.study import Study as Study
from simulator.experiments.sweeping.sweep import Sweep as Sweep
from simulator.loading import Loaded as Loaded
from simulator.loading import load as load
from simulator.notebook.asking import compare as compare
from simulator.notebook.asking import open_run as open_run
from simulator.notebook.asking import rights as rights
from simulator.notebook.asking import run as run
from simulator.notebook.searching import advise as advise
from simulator.notebook.searching import size as size
from simulator.notebook.searching import sweep as sweep

__version__: str
__all__ = [
    "Advice",
    "Comparison",
    "Loaded",
    "Rights",
    "Sizing",
    "Study",
    "Sweep",
    "__version__",
    "advise",
    "compare",
    "load",
    "open_run",
    "rights",
    "run",
    "size",
    "sweep",
]
