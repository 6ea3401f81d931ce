"""The inbox: webhooks of outside systems, each verified, stored once by the sender's id of it, and applied once."""
