"""What no feature should re-invent: persistence, HTTP, outbox, money, time, permissions."""
