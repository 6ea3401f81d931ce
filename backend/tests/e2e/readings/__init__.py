"""What a screen reader meets at the stops of each journey: names, roles and reading order, one file a journey."""
