"""The reader in torch: the encoder's transformer over question and passage together, with three heads.

    <s> question </s> </s> passage </s>  →  judged (rows, 2): relevance, answerable
                                            spans (rows, tokens, 2): where the answer starts and ends

Relevance ranks the passages of one question against each other; answerable, by itself, says whether a passage holds
the answer at all (its negative is the no-answer head); the spans say where.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

OUTSIDE = -1e4  # added to the span scores of tokens that are no passage


@dataclass(frozen=True, slots=True)
class Batch:
    """Groups of `size` passages, one group a question; where there is a right passage it is the group's first."""

    ids: Tensor  # (rows, tokens)
    mask: Tensor  # (rows, tokens): 1 for tokens, 0 for padding
    passage: Tensor  # (rows, tokens): 1 for tokens of the passage
    starts: Tensor  # (rows,): token at which the answer starts, -1 where the row holds none
    ends: Tensor  # (rows,): the answer's last token
    right: Tensor  # (groups,): 1 where the first passage is right, 0 where the question has no answer here
    size: int

    def to(self, device: torch.device) -> "Batch":
        return Batch(
            self.ids.to(device),
            self.mask.to(device),
            self.passage.to(device),
            self.starts.to(device),
            self.ends.to(device),
            self.right.to(device),
            self.size,
        )


class ReaderModel(nn.Module):
    """BERT and the heads. `layers` keeps that many of the encoder's layers, evenly spaced, None all."""

    def __init__(self, bert: BertModel, layers: int | None = None) -> None:
        super().__init__()
        if layers is not None:
            kept = torch.linspace(0, bert.config.num_hidden_layers - 1, layers).round().int().tolist()
            bert.encoder.layer = nn.ModuleList(bert.encoder.layer[i] for i in kept)
            bert.config.num_hidden_layers = layers
        self.bert = bert
        hidden = bert.config.hidden_size
        self.pool = nn.Linear(hidden, hidden)
        self.judge = nn.Linear(hidden, 2)
        self.span = nn.Linear(hidden, 2)
        bert.embeddings.word_embeddings.weight.requires_grad = False

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """ids and mask (rows, tokens) → judged (rows, 2), spans (rows, tokens, 2)."""
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return self.judge(torch.tanh(self.pool(hidden[:, 0]))), self.span(hidden)


def load_base(folder: Path) -> BertModel:
    """Return the full-precision transformer that `training.convert` or `training.train_encoder` wrote, no dropout.

    One pass over the questions does not learn them by heart; dropout would only cost time.
    """
    return BertModel.from_pretrained(
        folder, add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )  # fmt: skip


def save_reader(model: ReaderModel, folder: Path) -> None:
    """Write configuration and weights of transformer and heads."""
    model.bert.config.save_pretrained(folder)
    torch.save(model.state_dict(), folder / "reader.pt")


def load_reader(folder: Path) -> ReaderModel:
    """Return the model that `save_reader` wrote."""
    config = BertConfig.from_pretrained(folder, attn_implementation="eager")
    model = ReaderModel(BertModel(config, add_pooling_layer=False))
    model.load_state_dict(torch.load(folder / "reader.pt", weights_only=True))
    return model


def reader_loss(model: ReaderModel, batch: Batch) -> Tensor:
    """Return the sum of three losses: listwise relevance, answerable by itself, start and end of the answer."""
    judged, spans = model(batch.ids, batch.mask)
    judged, spans = judged.float(), spans.float()
    groups = judged[:, 0].view(-1, batch.size)
    answerable = batch.right.bool()
    first = torch.zeros_like(batch.right)
    holds = torch.zeros(len(batch.right), batch.size, device=judged.device)
    holds[:, 0] = batch.right.float()
    loss = nn.functional.binary_cross_entropy_with_logits(judged[:, 1], holds.view(-1))
    if batch.size > 1 and answerable.any():
        loss = loss + nn.functional.cross_entropy(groups[answerable], first[answerable])
    with_span = batch.starts >= 0
    if with_span.any():
        inside = spans[with_span] + (1 - batch.passage[with_span, :, None]) * OUTSIDE
        for head, target in enumerate((batch.starts, batch.ends)):
            loss = loss + 0.5 * nn.functional.cross_entropy(inside[:, :, head], target[with_span])
    return loss
