"""The benchmark's parts; scripts/bench.py runs them, docs/performance.md holds what they found."""
