"""Set gold reports anew: other measures, indents, ladders and damages than the bench's own.

Used by fit_breaks.py, so that the weights do not learn one family's habits. Everything is a
function of the document and of a seed.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from govreport.numbering import STYLES, Numbering, read, write
from govreport.testing import Copy, CopyBlock, Damage, Layout, damage, set_page

#: Other ladders: what each style of the source becomes; an empty string drops the label.
LADDERS: tuple[dict[str, str], ...] = (
    {},
    {"han-comma": "chapter", "han-paren": "section", "digit-dot": "han-comma"},
    {"han-comma": "part", "han-paren": "han-comma", "digit-dot": "han-paren"},
    {"han-comma": "digit-comma", "han-paren": "digit-paren", "digit-dot": "circled"},
    {"han-comma": "formal-comma", "han-paren": "han-comma", "digit-dot": "han-paren"},
    {"han-comma": "", "han-paren": "han-comma", "digit-dot": "han-paren"},
    {"han-comma": "volume", "han-paren": "chapter", "digit-dot": "section"},
    {"han-comma": "han-paren", "han-paren": "digit-dot", "digit-dot": "digit-paren"},
)

#: What may be done to a page, each with the kinds of damage.
DIALECTS: tuple[tuple[str | Damage, ...], ...] = (
    (),
    ("blank-lines",),
    ("blank-lines", "torn-numbers", "blanks-after-marks"),
    (Damage(kind="letter-spacing", rate=0.04),),
    (Damage(kind="glued-lines", rate=0.05),),
    (Damage(kind="random-blank-lines", rate=0.06),),
)


def _relabelled(text: str, ladder: dict[str, str], blank: str) -> str:
    label: Numbering | None = read(text)
    if label is None or label.style not in ladder or label.value is None:
        return text
    style, rest = ladder[label.style], text[label.end :]
    if not style:
        return rest
    if label.value > STYLES[style].limit:
        return text
    return write(style, label.value) + (blank if STYLES[style].family == "unit" else "") + rest


def _blocks(gold: list[list[str]], ladder: dict[str, str], rng: Random) -> list[CopyBlock]:
    blank = rng.choice(("", "\u3000", " "))
    keep = rng.random()
    mark = rng.choice("！？") if rng.random() < 0.1 else ""
    number = 1 if rng.random() < 0.07 else 0
    out = []
    for kind, plain, *_ in _excerpt(gold, rng):
        text = plain
        if kind == "h" or (rng.random() > keep and read(text) is not None):
            text = _relabelled(text, ladder, blank)
        if not text:
            continue
        if kind == "h":
            text += mark
        elif number:
            text, number = f"{number}.{text}", number + 1
        out.append(CopyBlock(kind="heading" if kind == "h" else "paragraph", text=text))
    return out


def _excerpt(gold: list[list[str]], rng: Random) -> list[list[str]]:
    """The whole report, a part of it, or its headings with few of the paragraphs."""
    kind = rng.random()
    if kind < 0.12:
        start = rng.randrange(max(1, len(gold) - 20))
        return gold[start : start + rng.randint(15, 60)]
    if kind < 0.24:
        return [block for block in gold if block[0] == "h" or rng.random() < 0.35]
    return gold


def _measures(rng: Random) -> tuple[tuple[float, float], ...]:
    """Measures that change through the text: a few columns, or short runs set looser."""
    base = rng.randint(10, 30)
    kind = rng.random()
    if kind > 0.6:
        return ()
    if kind > 0.3:
        shares = [rng.random() + 0.05 for _ in range(rng.randint(2, 6))]
        steps = (-3, -2, -1, 1, 2, 4)
    else:
        shares = [x for _ in range(rng.randint(3, 9)) for x in (rng.random() * 2, 0.12)]
        steps = (-2, -1, -1, 1)
    return tuple(
        (share / sum(shares), base + rng.choice(steps) * (k % 2)) for k, share in enumerate(shares)
    )


def pages(gold: list[list[str]], seed: int, count: int) -> list[tuple[str, list[list[str]]]]:
    """Set a report ``count`` times, and write it clean once; each text with its blocks."""
    rng = Random(seed)
    out = []
    for _ in range(count):
        blocks = _blocks(gold, rng.choice(LADDERS), rng)
        layout = Layout(
            measure=rng.choice((rng.randint(8, 45), rng.randint(11, 28))),
            indent=rng.choice((0, 1, 2, 2, 2, "typed")),
            squeeze=rng.random() < 0.5,
            break_numbers=rng.random() < 0.3,
            fullwidth=rng.random() < 0.15,
            stretch=rng.choice((0.0, 0.0, 0.0, 0.05, 0.15)),
            headings=rng.choice(("indented", "indented", "flush", "centred")),
            measures=_measures(rng),
            seed=rng.randrange(10**6),
        )
        page = damage(set_page(Copy(blocks=tuple(blocks)), layout), *rng.choice(DIALECTS), rng=rng)
        out.append((page.text, _gold(page.truth.copy.blocks)))
    blocks = _blocks(gold, rng.choice(LADDERS), rng)
    out.append(("\n".join(block.text for block in blocks), _gold(blocks)))
    return out


def _gold(blocks: Iterable[CopyBlock]) -> list[list[str]]:
    return [["h" if block.kind == "heading" else "p", block.text] for block in blocks]
