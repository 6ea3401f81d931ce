"""The examples of the API's description: recorded from calls, committed, and held against calls again."""
