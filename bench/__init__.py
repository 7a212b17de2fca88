"""The benchmarks: one command, each figure beside its ceiling measured in the same run.

bin/bench --help says what can be chosen; docs/reference/performance.md says what the figures mean.
"""
