"""A photo keeps its picture and nothing else."""

import io

import pytest
from PIL import Image, PngImagePlugin

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.fields.photos import clean

SECRET = b"HemligtNamn"


def written(picture: Image.Image, kind: str, **how) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **how)
    return target.getvalue()


def phone_photo(size=(3000, 2000), orientation=1) -> bytes:
    """A red photo with a green left edge, position, owner, comment and XMP beside it."""
    picture = Image.new("RGB", size, "red")
    picture.paste("lime", (0, 0, size[0] // 4, size[1]))
    beside = Image.Exif()
    beside[0x0112], beside[0x013B] = orientation, SECRET.decode()
    beside.get_ifd(0x8825).update({1: "N", 2: (58.0, 17.0, 2.0), 3: "E", 4: (12.0, 17.0, 20.0)})
    return written(picture, "JPEG", exif=beside, comment=SECRET, xmp=b"<x>" + SECRET + b"</x>")


def test_position_owner_and_comments_are_gone():
    before = phone_photo()
    assert before.count(SECRET) == 3
    after = clean(before)
    assert SECRET not in after and b"Exif" not in after
    with Image.open(io.BytesIO(after)) as shown:
        assert shown.format == "JPEG" and shown.size == (1600, 1067)
        assert not shown.getexif() and not {"exif", "xmp", "comment"} & set(shown.info)


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, "left"), (3, "right"), (6, "top"), (8, "bottom")],
)
def test_it_is_turned_upright(orientation, corner):
    with Image.open(io.BytesIO(clean(phone_photo((800, 600), orientation)))) as shown:
        width, height = shown.size
        assert (width > height) == (orientation in (1, 3))
        edges = {
            "left": (5, height // 2),
            "right": (width - 5, height // 2),
            "top": (width // 2, 5),
            "bottom": (width // 2, height - 5),
        }
        green = [name for name, at in edges.items() if shown.getpixel(at)[1] > 200]
        assert green == [corner]


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1"])
def test_pictures_of_every_kind_become_jpeg(mode):
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", SECRET.decode())
    after = clean(written(Image.new(mode, (40, 30)), "PNG", pnginfo=told))
    assert SECRET not in after
    with Image.open(io.BytesIO(after)) as shown:
        assert (shown.mode, shown.size) == ("RGB", (40, 30))


@pytest.mark.parametrize(
    "content", [b"", b"no picture", phone_photo()[:2000], b"\x89PNG\r\n\x1a\n" + bytes(50)]
)
def test_what_is_no_picture_is_said(content):
    with pytest.raises(SourceError) as refused:
        clean(content)
    assert refused.value.cause is SourceCause.PHOTO_UNREADABLE


def test_a_picture_that_would_fill_the_memory_is_refused():
    bomb = written(Image.new("1", (14_000, 14_000)), "PNG")
    assert len(bomb) < 100_000
    for content in (bomb, bytes(31_000_000)):
        with pytest.raises(SourceError) as refused:
            clean(content)
        assert refused.value.cause is SourceCause.PHOTO_TOO_LARGE


def test_what_cannot_be_decoded_small_is_held_to_less():
    drawn = written(Image.new("L", (8_000, 6_300)), "PNG")
    with pytest.raises(SourceError) as refused:
        clean(drawn)
    assert refused.value.cause is SourceCause.PHOTO_TOO_LARGE
    photo = written(Image.new("L", (8_000, 6_300)), "JPEG")
    with Image.open(io.BytesIO(clean(photo))) as shown:
        assert shown.size == (1600, 1260)


def test_a_large_photo_is_taken_without_a_remark_of_the_library(monkeypatch):
    photo = written(Image.new("L", (40, 30)), "JPEG")
    with monkeypatch.context() as patched:
        patched.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
        cleaned = clean(photo)
    with Image.open(io.BytesIO(cleaned)) as shown:
        assert shown.size == (40, 30)


def test_webp_which_is_held_several_times_over_is_held_to_least():
    picture = Image.new("L", (6_000, 5_010))
    webp = io.BytesIO()
    picture.save(webp, "WEBP", quality=0, method=0)
    with pytest.raises(SourceError) as refused:
        clean(webp.getvalue())
    assert refused.value.cause is SourceCause.PHOTO_TOO_LARGE
    with Image.open(io.BytesIO(clean(written(picture, "PNG")))) as shown:
        assert shown.size == (1600, 1336)
