"""The local run: embedded services, the supervisor that keeps the processes, and the stand-ins they talk to."""
