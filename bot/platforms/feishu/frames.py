"""The frames of Feishu's long connection: one protobuf message, written and read by hand. Pure.

    message Header { required string key = 1; required string value = 2; }
    message Frame {
      required uint64 SeqID = 1; required uint64 LogID = 2; required int32 service = 3; required int32 method = 4;
      repeated Header headers = 5; optional string payload_encoding = 6; optional string payload_type = 7;
      optional bytes payload = 8; optional string LogIDNew = 9;
    }

No public document describes it; this is what the platform's own SDK (lark-oapi, ws) speaks. Why no library: ADR 0009.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.platforms.base import Rejected

CONTROL, DATA = 0, 1
MOST_HEADERS = 64
VARINT, EIGHT_BYTES, COUNTED, FOUR_BYTES = 0, 1, 2, 5
LONGEST_VARINT = 10
WORD = 1 << 64


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame; `service` is the connection's, `method` is `CONTROL` or `DATA`."""

    method: int
    service: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    payload: bytes = b""
    sequence: int = 0
    log: int = 0
    payload_encoding: str = ""
    payload_type: str = ""
    log_new: str = ""

    def header(self, name: str) -> str:
        """The header's value; empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")


def encode(frame: Frame) -> bytes:
    """As it goes over the line."""
    parts = [
        _number(1, frame.sequence),
        _number(2, frame.log),
        _number(3, frame.service),
        _number(4, frame.method),
    ]
    for key, value in frame.headers:
        parts.append(_counted(5, _counted(1, key.encode()) + _counted(2, value.encode())))
    optional = ((6, frame.payload_encoding), (7, frame.payload_type))
    parts += [_counted(number, said.encode()) for number, said in optional if said]
    if frame.payload:
        parts.append(_counted(8, frame.payload))
    if frame.log_new:
        parts.append(_counted(9, frame.log_new.encode()))
    return b"".join(parts)


def decode(data: bytes) -> Frame:
    """What came over the line, or raise `Rejected`; fields that nobody knows are passed over."""
    numbers = {1: 0, 2: 0, 3: 0, 4: 0}
    texts = {6: b"", 7: b"", 8: b"", 9: b""}
    headers: list[tuple[str, str]] = []
    for field, value in _fields(data):
        if isinstance(value, int):
            if field in numbers:
                numbers[field] = value
        elif field == 5:
            headers.append(_header(value))
            if len(headers) > MOST_HEADERS:
                raise Rejected("frame with too many headers")
        elif field in texts:
            texts[field] = value
    return Frame(
        method=_signed(numbers[4]),
        service=_signed(numbers[3]),
        headers=tuple(headers),
        payload=texts[8],
        sequence=numbers[1],
        log=numbers[2],
        payload_encoding=_text(texts[6]),
        payload_type=_text(texts[7]),
        log_new=_text(texts[9]),
    )


def _header(data: bytes) -> tuple[str, str]:
    said = {field: value for field, value in _fields(data) if isinstance(value, bytes)}
    return _text(said.get(1, b"")), _text(said.get(2, b""))


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Rejected("frame with a text that is no UTF-8") from error


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Numbers of fields with what stands in them; of those that have a fixed width, the bytes."""
    place = 0
    while place < len(data):
        tag, place = _varint(data, place)
        field, kind = tag >> 3, tag & 7
        if kind == VARINT:
            number, place = _varint(data, place)
            yield field, number
            continue
        if kind == COUNTED:
            length, place = _varint(data, place)
        elif kind in {EIGHT_BYTES, FOUR_BYTES}:
            length = 8 if kind == EIGHT_BYTES else 4
        else:
            raise Rejected(f"frame with a field of type {kind}")
        if field == 0 or place + length > len(data):
            raise Rejected("frame is cut short")
        yield field, data[place : place + length]
        place += length


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for shift, byte in enumerate(data[place : place + LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            return value % WORD, place + shift + 1
    raise Rejected("frame with a number that does not end")


def _signed(value: int) -> int:
    """An int32, of which a negative one travels as 64 bits."""
    low = value & 0xFFFFFFFF
    return low - (1 << 32) if low >= 1 << 31 else low


def _number(field: int, value: int) -> bytes:
    return _tag(field, VARINT) + _written(value % WORD)


def _counted(field: int, value: bytes) -> bytes:
    return _tag(field, COUNTED) + _written(len(value)) + value


def _tag(field: int, kind: int) -> bytes:
    return _written(field << 3 | kind)


def _written(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)
