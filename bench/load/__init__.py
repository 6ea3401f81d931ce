"""Benches of requests: what one costs, what many do, what a list costs in a large platform, what an outage does."""
