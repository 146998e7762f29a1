"""What WeCom and its samples publish: any receiver must open it, and write the same byte for byte."""

from dataclasses import dataclass

KEY_A = "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"
TOKEN_A = "hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo"
CORP_A = "ww1436e0e65a779aee"
KEY_B = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
TOKEN_B = "QDG6eK"
CORP_B = "wx5823bf96d3bd56c7"


@dataclass(frozen=True)
class Vector:
    """One envelope; `salt` are the random bytes it was made with. An empty signature: none is published."""

    name: str
    token: str
    key: str
    receiver: str
    signature: str
    timestamp: str
    nonce: str
    sealed: str
    salt: str
    text: str | None


# https://github.com/sbzhu/weworkapi_python, first version
ECHO_A = Vector(
    "A, url check", TOKEN_A, KEY_A, CORP_A,
    "012bc692d0a58dd4b10f8dfe5c4ac00ae211ebeb", "1476416373", "47744683",
    "fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA==",
    "8908d0ff052afda0", "1288432023552776189",
)  # fmt: skip
MESSAGE_A = Vector(
    "A, message", TOKEN_A, KEY_A, CORP_A,
    "0c3914025cb4b4d68103f6bfc8db550f79dcf48e", "1476422779", "1597212914",
    "Kl7kjoSf6DMD1zh7rtrHjFaDapSCkaOnwu3bqLc5tAybhhMl9pFeK8NslNPVdMwmBQTNoW4mY7AIjeLvEl3NyeTkAgGzBhzTtRLNshw2AEew"
    "+kkYcD+Fq72Kt00fT0WnN87hGrW8SqGc+NcT3mu87Ha3dz1pSDi6GaUA6A0sqfde0VJPQbZ9U+3JWcoD4Z5jaU0y9GSh010wsHF8KZD24Yhm"
    "ZH4ch4Ka7ilEbjbfvhKkNL65HHL0J6EYJIZUC2pFrdkJ7MhmEbU2qARR4iQHE7wy24qy0cRX3Mfp6iELcDNfSsPGjUQVDGxQDCWjayJOpcwo"
    "cugux082f49HKYg84EpHSGXAyh+/oxwaWbvL6aSDPOYuPDGOCI8jmnKiypE+",
    "694ce5a83ae07fe3",
    "<xml><ToUserName>ww1436e0e65a779aee</ToUserName><FromUserName>ChenJiaShun</FromUserName>"
    "<CreateTime>1476422779</CreateTime><MsgType>text</MsgType><Content>你好</Content><MsgId>1456453720</MsgId>"
    "<AgentID>1000002</AgentID></xml>",
)  # fmt: skip
# https://developer.work.weixin.qq.com/document/path/90968
ECHO_B = Vector(
    "B, url check", TOKEN_B, KEY_B, CORP_B,
    "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780",
    "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
    "c41b64491c2468d0", "1616140317555161061",
)  # fmt: skip
MESSAGE_B = Vector(
    "B, message", TOKEN_B, KEY_B, CORP_B,
    "477715d11cdb4164915debcba66cb864d751f3e6", "1409659813", "1372623149",
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvu"
    "JTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwG"
    "c2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9"
    "EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0"
    "lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==",
    "0960688932c47ef1", None,
)  # fmt: skip
# callback_json_python3/Sample.py of the same repository; its text lacks a quote, so it is no JSON
SAMPLE_C = Vector(
    "C, JSON sample", TOKEN_A, KEY_A, CORP_A,
    "e3647471e395139e2308c1fa963f2d648a00b90e", "1409659813", "1372623149",
    "cjhLUX7UU4yCSelv1vz7T0zT8huF51bAMVWriNvO1FMegHrQZNrtvRxbwf0fUPsFvwqR0U0fgiJNEA5Y30F2MoI2S7vv3EjVQ68C0cjw9frB"
    "oUE2Hj0BvFp9h3u6Vbsg4lc1C8AtHdaN8orKuNKkLRLuYEL52R1J3v8olJGZRLnRdVKIivixmX/eQpzgeExtp20jI1HxRP1AAZ6xZoILdqDP"
    "O549LO4WeG+685JRUTdiwcY5fjZlqeMxuT4PpMn1X9OWsS7NRj06Wa5E3Tvg4twjWp39KPfOdRte6P1T4JU=",
    "dDVXRx6kn1gOT43Q", None,
)  # fmt: skip
# made with an independent program: the empty receiver of AI bots, and a text that ends on a block
BOT_D = Vector(
    "D, no receiver", TOKEN_A, KEY_A, "",
    "dd7917105b2f2fe5353893f8c85afd3cc8ada8c5", "1700000000", "nonce123",
    "scEag1243Fmy/fYz4Ux8D4GFLsjEomiX4KgYNFRi70Rc2Eu4IH61kpnKO+T0UOGlkfCOI+ppbkaG44LUR7U+Btttm7zg9AaXOYKNqPHAiUVR"
    "XKEKcY7xLDYP6y037ME3PVZkc9eBPqNQO2T7K3/qB7XJC0POiTdTYPigeXgqKMdAEZnG5N7+E64Ej/baEhr0mdUrPE/cVmYsBhgBTvPiXM8u"
    "joL1QDg1CYb+Cuhz/UVPt2Lnjq4jaLi/YbOnmqME",
    "0123456789abcdef",
    '{"msgid":"m1","aibotid":"b1","chatid":"c1","chattype":"group","from":{"userid":"zhangsan"},"msgtype":"text",'
    '"text":{"content":"@Bot 查询 20260101-001"}}',
)  # fmt: skip
ALIGNED_D = Vector(
    "D, a whole block of padding", TOKEN_A, KEY_A, "", "", "", "",
    "scEag1243Fmy/fYz4Ux8D3FszgicsgEgt9JofUWMqlfps7TndKBYoiLLl8desfCTctj+PnFAcQfCZnFr0f1HXQ==",
    "0123456789abcdef", "a" * 12,
)  # fmt: skip
ALL = (ECHO_A, MESSAGE_A, ECHO_B, MESSAGE_B, SAMPLE_C, BOT_D, ALIGNED_D)
SIGNED = tuple(vector for vector in ALL if vector.signature)
