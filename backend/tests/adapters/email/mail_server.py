"""A mail server that says what a test wants."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def mail_server(heard: list[str] | None = None, **answers: str) -> AsyncIterator[str]:
    """A mail server that gives these answers to these commands, and a good one to the others.

    ``connect`` is its greeting, ``end`` what it says to the content of a mail.
    """

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answers.get("connect", "220 here").encode() + b"\r\n")
        while line := await reader.readline():
            command = line.split()[0].decode().lower()
            if heard is not None:
                heard.append(command)
            if command == "data" and "data" not in answers:
                writer.write(b"354 go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                command = "end"
            writer.write(answers.get(command, "221 bye" if command == "quit" else "250 fine").encode() + b"\r\n")
            if command == "quit":
                break
        writer.close()

    listening = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    yield f"smtp://127.0.0.1:{port}"
    listening.close()
    await listening.wait_closed()
