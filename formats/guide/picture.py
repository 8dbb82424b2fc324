"""Picture: a whole tree as SVG in layers, and the same as a nested list. Drawn on the server.

No styles inside: classes only, so that it works under the strict content policy. The list beside it
is the equal for screen readers and keyboards; in both every question and outcome stands once, and
whoever leads there a second time refers to it.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from formats.guide.counting import answer_step, outcome_step, question_step
from formats.guide.plan import Option, Plan

WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 190, 62, 26, 74, 12
MOST_COLUMNS, GAP_ROW = 8, 14  # a wide layer continues in the next row
LETTERS = 24


@dataclass(frozen=True)
class Numbers:
    """What was counted at a question: how often shown, and how many went no further."""

    shown: int = 0
    stopped: int = 0

    @property
    def percent(self) -> int:
        return round(100 * self.stopped / self.shown) if self.shown else 0

    @property
    def is_high(self) -> bool:
        """Where more than a quarter give up (and enough people came by to say so)."""
        return self.shown >= 20 and self.percent > 25


@dataclass(frozen=True)
class Node:
    """A question or an outcome in the picture; `layer` counts from 0, `url` opens it on the desk."""

    kind: str
    key: str
    title: str
    url: str
    layer: int
    x: int
    y: int
    numbers: Numbers

    @property
    def id(self) -> str:
        return f"{self.kind}-{self.key}"


@dataclass
class Branch:
    """An answer in the nested list, and what it leads to: a node with branches, or a reference."""

    answer: str
    chosen: int
    node: Node | None
    is_reference: bool = False
    branches: list[Branch] = field(default_factory=list)


def numbers_of(plan: Plan, totals: dict[str, int]) -> dict[tuple[str, str], Numbers]:
    """Kind and key → what was counted, from the totals of `TreeCount`.

    Shown minus chosen: who came back and chose again counts twice, so this can be too small but
    never below 0.
    """
    found = {}
    for question in plan.questions.values():
        shown = totals.get(question_step(question.key), 0)
        chosen = sum(totals.get(answer_step(question.key, o.key), 0) for o in question.options)
        found["question", question.key] = Numbers(shown, max(0, shown - chosen))
    for outcome in plan.outcomes.values():
        found["outcome", outcome.key] = Numbers(totals.get(outcome_step(outcome.key), 0))
    return found


def lay_out(plan: Plan, totals: dict[str, int], url_of) -> dict[tuple[str, str], Node]:
    """Every question and outcome with its place: layers by the longest way there, outcomes below."""
    numbers = numbers_of(plan, totals)
    things = {("question", one.key): one.text for one in plan.questions.values()}
    things |= {("outcome", one.key): one.title for one in plan.outcomes.values()}
    layers: dict[int, list[tuple[str, str]]] = {}
    for target, layer in _layers(plan).items():
        layers.setdefault(layer, []).append(target)
    nodes, y = {}, MARGIN
    for layer in sorted(layers):
        for index, (kind, key) in enumerate(layers[layer]):
            row, column = divmod(index, MOST_COLUMNS)
            place = (MARGIN + column * (WIDTH + GAP_X), y + row * (HEIGHT + GAP_ROW))
            title, counted = things[kind, key], numbers[kind, key]
            nodes[kind, key] = Node(kind, key, title, url_of(kind, key), layer, *place, counted)
        rows = -(-len(layers[layer]) // MOST_COLUMNS)
        y += rows * (HEIGHT + GAP_ROW) - GAP_ROW + GAP_Y
    return {target: nodes[target] for target in things}


def _layers(plan: Plan) -> dict[tuple[str, str], int]:
    """Depth by the longest way from the start; what no way reaches starts at the top. Circles are cut."""
    depth = dict.fromkeys(plan.questions, 0)
    # Whoever has the longest way ahead comes first; in a tree without circles that is a valid order.
    for question in sorted(plan.questions.values(), key=lambda one: -plan.longest[one.key]):
        for other in plan.following(question):
            if plan.longest[other.key] < plan.longest[question.key]:
                depth[other.key] = max(depth[other.key], depth[question.key] + 1)
    found = {("question", key): layer for key, layer in depth.items()}
    bottom = max(depth.values(), default=-1) + 1
    return found | {("outcome", key): bottom for key in plan.outcomes}


def svg_of(plan: Plan, nodes: dict[tuple[str, str], Node]) -> SafeString:
    """The drawing: boxes that are links, lines for the answers. Decoration beside the nested list."""
    width = max((node.x for node in nodes.values()), default=0) + WIDTH + MARGIN
    height = max((node.y for node in nodes.values()), default=0) + HEIGHT + MARGIN
    lines = []
    for question in plan.questions.values():
        start = nodes["question", question.key]
        targets: dict[tuple[str, str], list[Option]] = {}
        for option in question.options:
            if option.target in nodes:
                targets.setdefault(option.target, []).append(option)
        for target, options in targets.items():
            lines.append(_line(start, nodes[target], options))
    return format_html(
        '<svg class="tree-picture" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'aria-labelledby="bild-titel bild-text"><title id="bild-titel">{}</title>'
        '<desc id="bild-text">Fragen als Kästen, Antworten als Linien, Ergebnisse unten. Dasselbe steht '
        "darunter als Liste.</desc>{}{}</svg>",
        width,
        height,
        width,
        height,
        f"Wegweiser „{plan.title}“",
        mark_safe("".join(lines)),  # noqa: S308 - each line is made by format_html
        format_html_join("", "{}", ((_box(node),) for node in nodes.values())),
    )


def _line(start: Node, end: Node, options: list[Option]) -> SafeString:
    x1, y1 = start.x + WIDTH // 2, start.y + HEIGHT
    x2, y2 = end.x + WIDTH // 2, end.y
    path = f"M{x1} {y1}C{x1} {y1 + GAP_Y // 2} {x2} {y2 - GAP_Y // 2} {x2} {y2}"
    if end.layer <= start.layer:  # backwards: a circle, drawn around the side
        path = f"M{x1} {y1}C{x1 + WIDTH} {y1 + GAP_Y} {x2 + WIDTH} {y2 - GAP_Y} {x2} {y2}"
    weak = " tree-picture__line--unsure" if all(option.unsure for option in options) else ""
    said = " / ".join(option.text for option in options)
    return format_html('<path class="tree-picture__line{}" d="{}"><title>{}</title></path>', weak, path, said)


def _box(node: Node) -> SafeString:
    lines = textwrap.wrap(node.title, LETTERS, max_lines=2, placeholder=" …") or [node.key]
    texts = format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        ((node.x + 10, node.y + 20 + index * 16, line) for index, line in enumerate(lines)),
    )
    counted = ""
    if node.numbers.shown:
        said = f"{node.numbers.shown}×"
        if node.kind == "question":
            said += f", {node.numbers.percent} % hören auf"
        mark = " tree-picture__count--high" if node.numbers.is_high else ""
        counted = format_html(
            '<text class="tree-picture__count{}" x="{}" y="{}">{}</text>',
            mark,
            node.x + 10,
            node.y + 54,
            said,
        )
    return format_html(
        '<a href="{}"><rect class="tree-picture__box tree-picture__box--{}" x="{}" y="{}" width="{}" '
        'height="{}" rx="4"/>{}{}</a>',
        node.url,
        node.kind,
        node.x,
        node.y,
        WIDTH,
        HEIGHT,
        texts,
        counted,
    )


def outline_of(plan: Plan, nodes: dict[tuple[str, str], Node], totals: dict[str, int]) -> list[Branch]:
    """The nested list, from the start; then what no way reaches. Each thing once, then as reference."""
    seen: set[tuple[str, str]] = set()
    reached = {("question", key) for key in plan.reachable_from(plan.start)}
    reached |= {option.target for _, key in reached for option in plan.questions[key].options}
    roots = []
    for target in nodes:
        if target not in seen and (not roots or target not in reached):
            roots.append(_branch(plan, nodes, totals, target, seen))
    return roots


def _branch(plan: Plan, nodes: dict, totals: dict[str, int], target: tuple, seen: set) -> Branch:
    """Without recursion: a tree may be as deep as it has questions."""
    root = Branch("", 0, nodes.get(target))
    waiting = [(root, target)]
    while waiting:
        branch, (kind, key) = waiting.pop()
        branch.is_reference = (kind, key) in seen
        if branch.is_reference or branch.node is None:
            continue
        seen.add((kind, key))
        if kind != "question":
            continue
        for option in plan.questions[key].options:
            count = totals.get(answer_step(key, option.key), 0)
            child = Branch(option.text, count, nodes.get(option.target))
            branch.branches.append(child)
        pairs = zip(branch.branches, plan.questions[key].options, strict=True)
        waiting += reversed([(child, option.target) for child, option in pairs])
    return root


def outline_html(branches: list[Branch]) -> SafeString:
    """The nested list as HTML, without recursion in templates."""
    out: list[SafeString | str] = ['<ul class="tree-outline">']
    stack: list[tuple[Branch | None, str]] = [(branch, "") for branch in reversed(branches)]
    while stack:
        branch, closing = stack.pop()
        if branch is None:
            out.append(closing)
            continue
        out.append("<li>")
        out.append(_words(branch))
        if branch.branches:
            out.append("<ul>")
            stack.append((None, "</ul></li>"))
            stack += [(child, "") for child in reversed(branch.branches)]
        else:
            out.append("</li>")
    out.append("</ul>")
    return mark_safe("".join(out))  # noqa: S308 - texts come through format_html


def _words(branch: Branch) -> SafeString:
    chosen = format_html(" ({}×)", branch.chosen) if branch.chosen else ""
    answer = format_html("{}{} → ", branch.answer, chosen) if branch.answer else ""
    node = branch.node
    if node is None:
        return format_html('{}<strong class="tree-outline__gap">führt nirgendwohin</strong>', answer)
    kind = "Frage" if node.kind == "question" else "Ergebnis"
    if branch.is_reference:
        return format_html('{}siehe <a href="#{}">{}: {}</a>', answer, node.id, kind, node.title)
    said = ""
    if node.numbers.shown:
        said = f" – {node.numbers.shown}× gezeigt"
        if node.kind == "question":
            said += f", {node.numbers.stopped} ohne Antwort ({node.numbers.percent} %)"
    return format_html(
        '{}<a id="{}" href="{}">{}: {}</a>{}', answer, node.id, node.url, kind, node.title, said
    )
