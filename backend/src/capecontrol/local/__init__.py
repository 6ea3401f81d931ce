"""The local run: embedded servers, the supervisor of the processes, and the stand-ins they talk to."""
