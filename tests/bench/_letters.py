"""Comments and standard letters, made up from a seed: what a campaign sends, among what people write by themselves.

`easy`: everyone's own words, with the phrases that everybody uses. `stock`: people who have nothing to do with one
another use the same whole sentences, and so do the letters.
"""

from dataclasses import dataclass
from random import Random

WAYS = ("exact", "light", "edited", "padded", "picked")
FRAMES = (
    "I would like to see more {} and fewer {}",
    "we are very concerned about the {} on the {}",
    "there are not enough {} in the {} for everyone",
    "I have lived here for many years and the {} has never been so {}",
    "please think again about the {} before it is too late",
)
SYLLABLES = (
    *("ba", "ce", "di", "fo", "gu", "ha", "ki", "le", "mo", "nu", "pa", "ri", "so", "tu", "va", "we", "yo"),
    *("zan", "ster", "mill", "ford", "bridge", "lane", "stone"),
)


@dataclass(frozen=True)
class Made:
    texts: list[str]
    campaign: list[int]  # which letter it is a copy of; -1: none
    way: list[str]


class Writer:
    def __init__(self, seed: int) -> None:
        self.dice = Random(f"letters {seed}")
        words = {
            "".join(self.dice.choices(SYLLABLES, k=self.dice.choice((1, 2, 2, 3)))) for _ in range(4_000)
        }
        self.words = sorted(words)
        self.weights = [1 / (rank + 5) for rank in range(len(self.words))]

    def sentence(self, shortest: int = 6, longest: int = 22) -> str:
        if self.dice.random() < 0.15:
            frame = self.dice.choice(FRAMES)
            said = frame.format(*self.some(frame.count("{}")))
        else:
            said = " ".join(self.some(self.dice.randint(shortest, longest)))
        return said.capitalize() + self.dice.choice("...!")

    def some(self, number: int) -> list[str]:
        return self.dice.choices(self.words, self.weights, k=number)

    def comment(self) -> list[str]:
        return [self.sentence() for _ in range(self.dice.randint(1, 7))]

    def copy(self, letter: list[str], way: str) -> str:
        """As somebody sends it: untouched, touched up, every eighth word their own, amid their own, or parts of it."""
        if way == "light":
            return self.edited(" ".join(letter), 0.03)
        if way == "edited":
            return self.edited(" ".join(letter), 0.12)
        if way == "padded":
            before, after = self.comment(), self.comment()
            return " ".join([*before, *letter, *after])
        if way == "picked":
            chosen = sorted(self.dice.sample(range(len(letter)), max(2, len(letter) // 2)))
            return " ".join([*(letter[at] for at in chosen), *self.comment()[:2]])
        return " ".join(letter)

    def edited(self, words: str, part: float) -> str:
        kept = []
        for word in words.split():
            act = self.dice.random()
            if act < part / 2:
                kept.append(self.some(1)[0])
            elif act < part * 3 / 4:
                continue
            else:
                kept.append(word)
                if act < part:
                    kept += self.some(1)
        return " ".join(kept)


def easy(seed: int, own: int = 3_000, copies: int = 1_200, letters: int = 6) -> Made:
    writer = Writer(seed)
    templates = [[writer.sentence(9, 24) for _ in range(writer.dice.randint(4, 9))] for _ in range(letters)]
    return mixed(writer, [" ".join(writer.comment()) for _ in range(own)], templates, copies)


def stock(seed: int, own: int = 8_500, copies: int = 1_500, letters: int = 5, sentences: int = 150) -> Made:
    """Two to five of the same sentences in each, some far more liked than others, and now and then one of their own."""
    writer = Writer(seed)
    pool = [writer.sentence(9, 20) for _ in range(sentences)]
    liked = [1 / (rank + 20) for rank in range(sentences)]

    def comment() -> str:
        said = list(dict.fromkeys(writer.dice.choices(pool, liked, k=writer.dice.randint(2, 5))))
        said += [writer.sentence()] if writer.dice.random() < 0.5 else []
        return " ".join(said)

    templates = []
    for _ in range(letters):
        letter = [writer.sentence(9, 24) for _ in range(writer.dice.randint(3, 6))]
        letter += writer.dice.choices(pool, liked, k=2)
        writer.dice.shuffle(letter)
        templates.append(list(dict.fromkeys(letter)))
    return mixed(writer, [comment() for _ in range(own)], templates, copies)


def mixed(writer: Writer, organic: list[str], templates: list[list[str]], copies: int) -> Made:
    rows = [(words, -1, "own") for words in organic]
    for number in range(copies):
        which, way = number % len(templates), WAYS[number // len(templates) % len(WAYS)]
        rows.append((writer.copy(templates[which], way), which, way))
    writer.dice.shuffle(rows)
    return Made(*(list(column) for column in zip(*rows, strict=True)))
