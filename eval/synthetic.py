"""Believable, true reports: cases drawn at random, told with our own grammar, every mention labelled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from eval.composing import Composer
from eval.passages import Passage, Sentence
from eval.sampling import POSTS, Case, draw_case
from eval.truths import total_of
from eval.wording import others, requests
from eval.wording.labels import APPLICANT_NAMES, LABELS, OUTCOME_NAMES

SEED = 20_240_613


@dataclass(frozen=True)
class Document:
    """One report: its figures and its overview as labelled pieces. `name` is its number in the set."""

    name: str
    case: Case
    overview: Passage
    plain: dict[str, str]

    def mapping(self) -> dict[str, object]:
        """Return the report file."""
        return self.case.mapping({"overview": self.overview.text, **self.plain})


def document(number: int, *, seed: int = SEED, long: bool = False) -> Document:
    """Return the report with this number; the same number and seed give the same report."""
    rng = Random(f"{seed}/{number}")
    case = draw_case(rng)
    composer = Composer(case, rng)
    paragraphs = [
        _preface(composer),
        _shuffled_middle(composer, _proactive(composer, long=long)),
        _on_request(composer),
        _shuffled_middle(composer, _management(composer, long=long)),
    ]
    fee = "信息处理费" in case.register
    other = composer.sentence(rng.choice(others.NO_FEE)).text if fee else "没有其他需要报告的事项。"
    plain = {
        "problems": rng.choice(others.PROBLEMS)
        + composer.sentence(rng.choice(others.IMPROVEMENTS)).text,
        "other_matters": other,
    }
    kept = tuple(tuple(p) for p in paragraphs if p)
    if rng.random() < 0.4 and not long:
        kept = (tuple(s for p in kept for s in p),)
    return Document(f"s{number:05d}", case, Passage(kept), plain)


def documents(count: int, *, seed: int = SEED) -> list[Document]:
    """Return the first `count` reports of a seed."""
    return [document(number, seed=seed) for number in range(count)]


def _preface(c: Composer) -> list[Sentence]:
    return [c.sentence(c.rng.choice(others.PREFACES), free=False)] if c.rng.random() < 0.7 else []


def _shuffled_middle(c: Composer, sentences: list[Sentence]) -> list[Sentence]:
    c.rng.shuffle(sentences)
    return sentences


def _maybe(c: Composer, chance: float, templates: Sequence[str]) -> list[Sentence]:
    return [c.sentence(c.rng.choice(templates))] if c.rng.random() < chance else []


def _proactive(c: Composer, *, long: bool) -> list[Sentence]:
    result: list[Sentence] = []
    register = c.case.register
    for label, _ in POSTS:
        if label in register:
            result.append(_posts(c, label))
    for label, templates in others.REGISTERED.items():
        if label in register and label not in ("政务公开业务培训", "参训人员", "承办建议提案"):
            result += _maybe(c, 0.9, templates)
    norms = [n for n in ("norm_issued", "norm_repealed", "norm_in_force") if c.value(n)]
    if c.value("norm_issued"):
        if c.rng.random() < 0.8:
            result.append(
                c.sentence(c.rng.choice(others.NORMS), {"norms": (tuple(norms), "named")})
            )
    else:
        result += _maybe(c, 0.5, others.NO_NORMS)
    result += _enforcement(c)
    if c.value("charges"):
        result += _maybe(c, 0.7, others.CHARGES)
    else:
        result += _maybe(c, 0.2, others.NO_CHARGES)
    for _ in range(8 if long else c.rng.randint(0, 2)):
        result.append(c.sentence(c.rng.choice(others.UNREGISTERED)))
    for _ in range(14 if long else c.rng.randint(0, 1)):
        result.append(c.sentence(c.rng.choice(others.NOT_FIGURES)))
    return _distinct(result)


def _posts(c: Composer, label: str) -> Sentence:
    roll = c.rng.random()
    if label in c.case.previous_register and roll < 0.4:
        now, before = c.case.register[label][0], c.case.previous_register[label][0]
        if now != before:
            return c.sentence(c.rng.choice(others.POSTS_CHANGED[label]))
    if roll < 0.7:
        template = c.rng.choice(others.POSTS_PARTS[label])
        amount = f"{{parts:{c.case.register[label][0]}}}"
        return c.sentence(template.replace("{parts}", amount))
    return c.sentence(c.rng.choice(others.POSTS_TOTAL[label]))


def _enforcement(c: Composer) -> list[Sentence]:
    names = [n for n in ("licences", "penalties", "coercive") if c.value(n)]
    if len(names) > 1 and c.rng.random() < 0.6:
        return [
            c.sentence(
                c.rng.choice(others.ENFORCED), {"enforcement": (tuple(names), _style(c, "named"))}
            )
        ]
    result: list[Sentence] = []
    for name, some, none in (
        ("licences", others.LICENCES, others.NO_LICENCES),
        ("penalties", others.PENALTIES, others.NO_PENALTIES),
        ("coercive", others.COERCIVE, others.NO_COERCIVE),
    ):
        result += _maybe(c, 0.6, some) if c.value(name) else _maybe(c, 0.15, none)
    return result


def _style(c: Composer, usual: str) -> str:
    return "respective" if c.rng.random() < 0.25 else usual


def _on_request(c: Composer) -> list[Sentence]:
    if not c.value("pool"):
        result = [c.sentence(c.rng.choice(requests.NOTHING_RECEIVED))]
        return result + _remedies(c)
    result = _received(c)
    result += _changes(c)
    result += _outcomes(c)
    forward = c.value("carried_forward")
    chosen = (
        requests.CARRIED_FORWARD + requests.HANDLED_SHARE
        if forward
        else requests.NOT_CARRIED_FORWARD
    )
    if c.rng.random() < 0.85:
        template = c.rng.choice(chosen)
        result.append(c.sentence(template, free="上述" not in template))
    return result + _remedies(c)


def _received(c: Composer) -> list[Sentence]:
    applicants = tuple(n for n in APPLICANT_NAMES if c.value(n))
    choices: list[Callable[[], Sentence]] = [lambda: c.sentence(c.rng.choice(requests.RECEIVED))]
    if len(applicants) > 1:
        lists = {"applicants": (applicants, _style(c, "parts"))}
        choices += [lambda: c.sentence(c.rng.choice(requests.RECEIVED_WITH_APPLICANTS), lists)] * 3
    elif applicants == ("by_natural_person",):
        choices.append(lambda: c.sentence(c.rng.choice(requests.ONLY_NATURAL)))
    templates = requests.CARRIED_OVER if c.value("carried_over") else requests.NOT_CARRIED_OVER
    choices += [lambda: c.sentence(c.rng.choice(templates))] * 2
    result = [c.rng.choice(choices)()]
    if c.value("received") >= 5 and c.value("by_natural_person"):
        result += _maybe(c, 0.25, requests.APPLICANT_SHARE)
    return result


def _changes(c: Composer) -> list[Sentence]:
    if c.case.previous is None or not c.value("received") or c.rng.random() < 0.3:
        return []
    before = c.case.previous["requests/received/total"]
    now = c.value("received")
    if now == before:
        return [c.sentence(c.rng.choice(requests.LEVEL))]
    if not before:
        return []
    if c.rng.random() < 0.3:
        return [c.sentence(c.rng.choice(requests.ROSE if now > before else requests.FELL))]
    return [c.sentence(c.rng.choice(requests.CHANGED))]


def _outcomes(c: Composer) -> list[Sentence]:
    if not c.value("disposed"):
        return []
    named = tuple(n for n in OUTCOME_NAMES if c.value(n))
    result: list[Sentence] = []
    if c.rng.random() < 0.75:
        lists = {"outcomes": (named, _style(c, "parts") if len(named) > 1 else "parts")}
        result.append(c.sentence(c.rng.choice(requests.DISPOSED_LIST), lists))
    else:
        result.append(c.sentence(c.rng.choice(requests.DISPOSED)))
    if c.value("disposed") >= 8:
        result += _maybe(c, 0.3, [t for t in requests.OUTCOME_SHARE if _told(c, t)])
    for group, templates in requests.DETAILS:
        rows = tuple(n for n in LABELS if n.startswith(group + ".") and c.value(n))
        if len(rows) > 1 and c.rng.random() < 0.5:
            result.append(
                c.sentence(c.rng.choice(templates), {"detail": (rows, _style(c, "parts"))})
            )
    known = [t for name, t in requests.SINGLE_DETAIL if c.value(name)]
    result += _maybe(c, 0.3, known) if known else []
    for name, none in requests.NO_OUTCOME:
        if not c.value(name):
            result += _maybe(c, 0.12, none)
    return result


def _told(c: Composer, template: str) -> bool:
    """Whether the share a template gives is of something that happened."""
    name = template.split("{%")[1].split("/")[0]
    return total_of(name).value(c.known) != Decimal(0)


def _remedies(c: Composer) -> list[Sentence]:
    reco, litigation = c.value("reco"), c.value("litigation")
    if not reco and not litigation:
        return _maybe(c, 0.7, requests.NO_REMEDIES)
    result: list[Sentence] = []
    if reco:
        rows = tuple(n for n in LABELS if n.startswith("reco_") and c.value(n))
        result.append(
            c.sentence(c.rng.choice(requests.RECONSIDERED), {"reco": (rows, _style(c, "parts"))})
        )
    else:
        result += _maybe(c, 0.5, requests.NO_RECONSIDERATION)
    if litigation:
        rows = tuple(n for n in LABELS if n.startswith("litigation_") and c.value(n))
        kinds = tuple(n for n in ("direct", "after") if c.value(n))
        lists = {"litigation": (rows, _style(c, "parts")), "kinds": (kinds, "parts")}
        result.append(c.sentence(c.rng.choice(requests.LITIGATED), lists))
    else:
        result += _maybe(c, 0.5, requests.NO_LITIGATION)
    return result


def _management(c: Composer, *, long: bool) -> list[Sentence]:
    result: list[Sentence] = []
    for label in ("政务公开业务培训", "参训人员", "承办建议提案"):
        if label in c.case.register:
            result += _maybe(c, 0.9, others.REGISTERED[label])
    for _ in range(4 if long else c.rng.randint(0, 2)):
        result.append(c.sentence(c.rng.choice(others.UNREGISTERED)))
    for _ in range(26 if long else c.rng.randint(1, 3)):
        result.append(c.sentence(c.rng.choice(others.NOT_FIGURES)))
    return _distinct(result) if not long else result


def _distinct(sentences: list[Sentence]) -> list[Sentence]:
    """Drop sentences told twice: the same thing twice with two numbers would be an error."""
    seen: set[str] = set()
    result = []
    for sentence in sentences:
        key = "".join(p.text for p in sentence.pieces if p.kind == "words")
        if key not in seen:
            seen.add(key)
            result.append(sentence)
    return result
