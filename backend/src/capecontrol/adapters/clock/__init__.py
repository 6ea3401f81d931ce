"""Time: a clock that can be moved, for the local run. The real one is ``core.clock.SystemClock``."""
