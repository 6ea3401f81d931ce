"""The reader's process: what it can be made to do, and that it is another one after that."""

import io
import os
from collections.abc import Iterator

import psutil
import pytest
from PIL import Image

from capecontrol.adapters.pictures.reader import PillowReader
from capecontrol.core.pictures import Encoding, Picture, PictureForm, PictureRefused
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


async def _size(reader: PillowReader, data: bytes) -> tuple[int, int]:
    read = await reader.read(data, FORM)
    return read.width, read.height


async def test_a_picture_that_is_made_to_be_slow_ends_its_process_and_the_next_one_is_read(
    reader: PillowReader,
) -> None:
    await reader.read(picture(), FORM)
    before = _own(reader)
    with pytest.raises(PictureRefused, match="takes too long"):
        await reader.read(many_scans(), FORM)
    assert not before.is_running()
    assert await _size(reader, picture()) == (64, 32)


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
