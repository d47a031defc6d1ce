"""What people think of the options, as a part of the section; an order of them only where the case asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.consultation.support import FOR_OR_NOT, THREE_LEVELS
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Table
from partnership_model.display.consultation import charts, option_words, words
from partnership_model.display.consultation.frames import support_frame
from partnership_model.display.other_methods_chart import said_places

if TYPE_CHECKING:
    from partnership_model.analysis.consultation.published import Support
    from partnership_model.analysis.consultation.results import ConsultationResults

NOT_SHOWN = "not shown"


def support_for_options(results: ConsultationResults, *, narrow: bool = False) -> list[Block]:
    """Give what people think of each option; an order only where the case asks for one."""
    title = option_words.most_support(results)
    drawn = charts.support(results, narrow=narrow)
    blocks: list[Block] = [Heading("What people think of the options" if drawn else title, 3)]
    blocks += [Figure.of(title if not at else "Options of which only for, or not, is shown", one) for at, one in enumerate(drawn)]
    blocks.append(Table.of_rows("What people think of the options: how many", [_support_row(results, one) for one in results.support]))
    blocks.append(Bullets((*(option_words.support(results, one) for one in results.support), *option_words.spread(results))))
    blocks += _by_group(results)
    blocks.append(Paragraph(words.COUNTS, "note"))
    return [*blocks, *_orders(results)]


def _support_row(results: ConsultationResults, one: Support) -> dict[str, str]:
    """Give how many are for an option, neither and against; where only two levels are shown, the last two together."""
    if not one.together:
        counts = [NOT_SHOWN] * 3
    elif len(one.cells) < len(THREE_LEVELS):
        agreed, others = option_words.in_cells(one, FOR_OR_NOT)
        counts = [str(agreed), f"{others} with those against", "see neither"]
    else:
        counts = list(map(str, option_words.in_cells(one, THREE_LEVELS)))
    heads = [option_words.level(cell) for cell in THREE_LEVELS]
    said = words.FEW if one.answered is None else str(one.answered)
    return {"Option": words.option(results, one.option), "Said what they think": said, **dict(zip(heads, counts, strict=True))}


def _orders(results: ConsultationResults) -> list[Block]:
    found = results.orders
    if found is None:
        return []
    rules = {"Borda": found.by_borda, "Copeland": found.by_copeland, "Ranked pairs": found.by_ranked_pairs}
    said = {name: said_places(order) for name, order in rules.items()}
    keys = [key for step in found.by_ranked_pairs for key in step]
    rows = [{"Option": words.option(results, key), **{name: places[key] for name, places in said.items()}} for key in keys]
    return [
        Heading("The options in order of support, by three rules", 3),
        Paragraph(option_words.order(results, found)),
        Table.of_rows("Places of the options; an equals sign means a shared place", rows),
        Paragraph(option_words.ORDER_NOTE, "note"),
    ]


def _by_group(results: ConsultationResults) -> list[Block]:
    """Give a table for each option of which groups can be shown."""
    frame = support_frame(results)
    blocks: list[Block] = []
    for one in results.support:
        groups = frame[(frame["option"] == one.option) & (frame["group"] != words.ALL)]
        if not groups.empty:
            wide = groups.pivot_table(index="group", columns="levels", values="count", aggfunc="first", sort=False)
            wide.loc[words.ALL] = option_words.in_cells(one, one.group_cells)
            wide.columns = wide.columns.map({"+".join(cell): option_words.level(cell) for cell in one.group_cells})
            wide.insert(0, "Group", list(wide.index))
            blocks.append(Table.of(f"{words.option(results, one.option)}: support by group", wide))
    return blocks
