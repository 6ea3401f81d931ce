"""The local run: embedded services, the supervisor of the processes, and the stand-ins they talk to."""
