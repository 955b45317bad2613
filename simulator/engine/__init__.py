"""When: the only room with a clock. One way in, `simulate`; one way out, `Records`."""

from simulator.engine.simulate import simulate

__all__ = ["simulate"]
