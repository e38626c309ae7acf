"""Scripts: whether a wording is in the characters of its language."""

from cmappraisal import Text


def assert_each_script_is_its_own(text: Text) -> None:
    """Big5 has no simplified characters, GB 2312 no traditional ones."""
    assert text.zh_hant.encode("big5")
    assert text.zh_hans.encode("gb2312")
    assert text.en.isascii()
    assert not any(character.isascii() and character.isalpha() for character in text.zh_hant)
