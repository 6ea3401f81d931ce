"""The reader's process: what it can be made to do, and that it is another one after that."""

import asyncio
import io
import os
from collections.abc import Iterator
from contextlib import closing

import psutil
import pytest
from PIL import Image
from structlog.testing import capture_logs

from capecontrol.adapters.pictures.reader import PillowReader
from capecontrol.core.metrics import REGISTRY
from capecontrol.core.pictures import Encoding, Picture, PictureForm, PictureReaderFailed, PictureRefused
from tests.features.business.pictures import many_scans, picture, upright

FORM = PictureForm(1200, 480, 200 * 1024, Encoding.PNG)


@pytest.fixture
def reader() -> Iterator[PillowReader]:
    reader = PillowReader()
    yield reader
    reader.close()


def _own(reader: PillowReader) -> psutil.Process:
    pool = reader._process._pool
    assert pool is not None
    [pid] = pool._processes
    return psutil.Process(pid)


def _lost() -> float:
    return REGISTRY.get_sample_value("capecontrol_picture_processes_lost_total") or 0.0


async def _size(reader: PillowReader, data: bytes) -> tuple[int, int]:
    read = await reader.read(data, FORM)
    return read.width, read.height


async def test_a_picture_that_is_made_to_be_slow_ends_its_process_and_the_next_one_is_read(
    reader: PillowReader,
) -> None:
    await reader.read(picture(), FORM)
    before, counted = _own(reader), _lost()
    with pytest.raises(PictureRefused, match="takes too long"):
        await reader.read(many_scans(), FORM)
    assert not before.is_running()
    assert _lost() == counted, "by its own limit, which is the picture's fault"
    assert await _size(reader, picture()) == (64, 32)


async def test_a_process_that_was_killed_is_replaced_and_the_picture_read(reader: PillowReader) -> None:
    await reader.read(picture(), FORM)
    _own(reader).kill()

    assert await _size(reader, picture()) == (64, 32)


async def test_a_process_that_hangs_is_replaced_and_the_picture_read() -> None:
    with closing(PillowReader(deadline_seconds=5)) as reader:
        await reader.read(picture(), FORM)
        hung = _own(reader)
        hung.suspend()

        with capture_logs() as logs:
            assert await _size(reader, picture()) == (64, 32)

        assert not hung.is_running()
    assert [(line["event"], line["attempt"]) for line in logs] == [("pictures.process_lost", 1)]


async def test_a_request_that_is_cancelled_leaves_no_process_behind(reader: PillowReader) -> None:
    await reader.read(picture(), FORM)
    cancelled = asyncio.create_task(reader.read(many_scans(), FORM))
    await asyncio.sleep(0)
    under_way = _own(reader)

    cancelled.cancel()
    await asyncio.wait([cancelled])

    assert not under_way.is_running()
    assert await _size(reader, picture()) == (64, 32)


async def test_a_request_that_is_cancelled_while_it_waits_disturbs_nobody(reader: PillowReader) -> None:
    await reader.read(picture(), FORM)
    before = _own(reader)
    first, waiting = (asyncio.create_task(reader.read(picture(), FORM)) for _ in range(2))
    await asyncio.sleep(0)

    waiting.cancel()
    await first

    assert _own(reader) == before


async def test_what_is_no_fault_of_the_picture_is_counted_and_told_as_ours() -> None:
    before = _lost()
    # No process starts in a hundredth of a second.
    with closing(PillowReader(deadline_seconds=0.01)) as reader, pytest.raises(PictureReaderFailed):
        await reader.read(picture(), FORM)
    assert _lost() - before == 2


async def test_the_process_may_not_take_all_memory(reader: PillowReader) -> None:
    await reader.read(picture(), FORM)
    soft, hard = _own(reader).rlimit(psutil.RLIMIT_AS)
    assert soft == hard == 768 * 1024 * 1024


async def test_the_largest_picture_is_read_within_both_bounds(reader: PillowReader) -> None:
    written = io.BytesIO()
    Image.frombytes("RGBA", (4000, 4000), os.urandom(4000) * 16_000).save(written, "PNG", compress_level=1)
    assert await _size(reader, written.getvalue()) == (480, 480)


@pytest.mark.parametrize(("orientation", "size"), [(1, (60, 10)), (3, (60, 10)), (6, (10, 60)), (8, (10, 60))])
async def test_a_picture_stands_as_the_camera_was_held(
    orientation: int, size: tuple[int, int], reader: PillowReader
) -> None:
    assert await _size(reader, upright(orientation)) == size


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
async def test_every_way_to_write_colours_is_read(mode: str, reader: PillowReader) -> None:
    written = io.BytesIO()
    Image.new(mode, (600, 600)).save(written, "JPEG" if mode == "CMYK" else "PNG")
    assert await _size(reader, written.getvalue()) == (480, 480)


async def test_what_is_clear_stays_clear(reader: PillowReader) -> None:
    written = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(written, "PNG")
    for encoding in Encoding:
        read: Picture = await reader.read(written.getvalue(), PictureForm(8, 8, 1000, encoding))
        again = Image.open(io.BytesIO(read.data))
        assert (again.format, again.convert("RGBA").getpixel((0, 0))[3]) == (encoding.name, 0)
