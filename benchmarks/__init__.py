"""What the simulator costs in time and memory, beside others and beside itself at other sizes.

    python -m benchmarks [--rows NAME ...] [--rounds N] [--quick] [--scaling] [--write]

`rows` says which row is what, `estates` what is run, `cases` how we run it, `rivals` how others do.
Whoever measures is `timing`: fresh processes, one at a time, each in its turn.
"""
