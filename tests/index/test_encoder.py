import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.encoder import EmbeddedEncoder, SentenceTransformersEncoder, load_encoder
from index.errors import EncoderUnavailable

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "index" / "model"
FULL = ROOT / "training" / "out" / "encoder"
TEXTS = [
    "温岭有几项业务可以秒办?",
    "全年共收到复议申请266件,其中立案受理112件,办结复议案件273件。",
    "一、主要举措和成效",
    "ＡＰＰ２．０版①",
    "道路隐患整治率达98.5%,治理经验被省委、省政府信息刊发。",
    "“一支队伍”管执法",
    "2022年12月31日",
    "泰顺县人民政府",
    "短",
    "二、存在的不足",
    "成文日期: 2021-01-26 发布日期: 2021-02-01 有效性: 有效",
    "行政机关负责人出庭应诉率100%,同比上升12.3个百分点。",
    "投入资金1.2亿元,惠及群众35万人次。",
    "全面推动政务服务2.0改革,推进“可办”向“好办”“易办”转变。",
    "浙政发〔2021〕15号",
    "当前位置:首页 > 政务公开 > 法治政府建设年度报告",
    "打造法治文化广场和宪法主题公园。",
    "三是基层执法力量不足,专业人才短缺。",
    "明年将重点推进综合行政执法改革。",
    "谁负责行政复议工作?",
    "去年培训了多少名执法人员?",
    "持续优化营商环境,企业开办时间压缩至1个工作日以内。",
    "组织宪法宣誓3场,参加人员共计86人。",
    "审查行政规范性文件42件、重大行政决策8件、合同517份。",
    "常态化开展疫情防控执法检查,查处案件19起。",
    "内蒙古自治区鄂尔多斯市康巴什区",
    "民和回族土族自治县司法局",
    "推广使用“浙里办”APP,注册用户超过60万。",
    "(一)坚持党的领导,落实法治建设第一责任人职责",
    "依托“基层治理四平台”自动考核评价系统,对下沉力量开展实时赋分、量化排名,实现“全要素”考评。" * 3,
]


@pytest.fixture(scope="module")
def encoder() -> EmbeddedEncoder:
    return EmbeddedEncoder()


def test_shape_and_length(encoder: EmbeddedEncoder) -> None:
    vectors = encoder.encode(TEXTS, "passage")
    assert vectors.shape == (len(TEXTS), encoder.dimension) == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert encoder.encode([], "query").shape == (0, 384)


def test_the_order_of_texts_changes_nothing(encoder: EmbeddedEncoder) -> None:
    texts = TEXTS * 2 + [t[::-1] for t in TEXTS]  # more than a batch, many of one length
    order = np.random.default_rng(1).permutation(len(texts))
    assert np.array_equal(encoder.encode([texts[i] for i in order], "passage"), encoder.encode(texts, "passage")[order])


def test_batches_change_next_to_nothing(encoder: EmbeddedEncoder) -> None:
    together = encoder.encode(TEXTS, "passage")
    alone = np.concatenate([encoder.encode([t], "passage") for t in TEXTS])
    # int8 activations are scaled by the largest of a batch, so padding moves them a little
    assert (together * alone).sum(axis=1).min() > 0.97
    assert np.array_equal(encoder.encode(TEXTS, "passage"), together)


def test_a_paraphrase_is_nearer_than_another_matter(encoder: EmbeddedEncoder) -> None:
    question = encoder.encode(["复议直接改错的比例是多少?"], "query")[0]
    near, far = encoder.encode(["直接纠错率为42.66%", "打造法治文化广场和宪法主题公园"], "passage")
    assert question @ near > question @ far


def test_a_text_beyond_the_longest_is_cut(encoder: EmbeddedEncoder) -> None:
    assert np.isfinite(encoder.encode(["法治" * 5000], "passage")).all()


def test_the_fingerprint_is_that_of_the_files(encoder: EmbeddedEncoder) -> None:
    digest = hashlib.sha256()
    for name in ("model.onnx", "tokenizer.json"):
        digest.update((MODEL / name).read_bytes())
    assert encoder.fingerprint == digest.hexdigest()[:16]
    assert sum(p.stat().st_size for p in MODEL.iterdir()) <= 40_000_000


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.onnx"])
@pytest.mark.parametrize("damage", ["missing", "cut short", "other content"])
def test_a_damaged_model_is_said_so(tmp_path: Path, name: str, damage: str) -> None:
    for path in MODEL.iterdir():
        if path.name != name:
            (tmp_path / path.name).symlink_to(path)
    if damage == "cut short":
        whole = (MODEL / name).read_bytes()
        (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    elif damage == "other content":
        (tmp_path / name).write_text(json.dumps({"max_tokens": 512}), encoding="utf-8")
    with pytest.raises(EncoderUnavailable, match="重新安装") as raised:
        EmbeddedEncoder(tmp_path)
    assert "\n" not in str(raised.value)


@pytest.mark.skipif(not FULL.exists(), reason="the full-precision folder is written by make train")
def test_int8_agrees_with_full_precision(encoder: EmbeddedEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    full = SentenceTransformer(str(FULL)).encode([f"passage: {t}" for t in TEXTS], prompt="")
    int8 = np.concatenate([encoder.encode([t], "passage") for t in TEXTS])
    # .995 for the untuned model, whose vectors share a direction (cosine .8 between any two); tuned ones share none, so
    # the same error of the states shows more
    assert (full * int8).sum(axis=1).min() >= 0.96


def test_the_graph_works_inside_sentence_transformers(encoder: EmbeddedEncoder) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    from training.onnx_module import OnnxModule

    model = SentenceTransformer(modules=[OnnxModule(MODEL), Pooling(384), Normalize()])
    theirs = model.encode([f"passage: {t}" for t in TEXTS], batch_size=1)
    ours = np.concatenate([encoder.encode([t], "passage") for t in TEXTS])
    assert (theirs * ours).sum(axis=1).min() > 0.999


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random sentence-transformers model of two layers, with prompts of its own."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"一二三法治政府建设问答"]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder / "parts")
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(folder / "parts")
    modules = [Transformer(str(folder / "parts")), Pooling(16)]
    SentenceTransformer(modules=modules, prompts={"query": "问", "passage": ""}).save(str(folder / "model"))
    return folder / "model"


def test_any_sentence_transformers_model(tiny_model: Path) -> None:
    encoder = load_encoder(str(tiny_model))
    vectors = encoder.encode(["法治政府", "建设"], "passage")
    assert vectors.shape == (2, 16) == (2, encoder.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert not np.allclose(encoder.encode(["法治"], "query"), encoder.encode(["法治"], "passage"))
    assert encoder.fingerprint == SentenceTransformersEncoder(str(tiny_model)).fingerprint != ""
    assert encoder.encode([], "query").shape == (0, 16)


def test_another_model_has_another_fingerprint(tiny_model: Path, tmp_path: Path) -> None:
    shutil.copytree(tiny_model, tmp_path / "copy")
    before = SentenceTransformersEncoder(str(tmp_path / "copy")).fingerprint
    config = tmp_path / "copy" / "config_sentence_transformers.json"
    changed = json.loads(config.read_text(encoding="utf-8")) | {"prompts": {"query": "答", "passage": ""}}
    config.write_text(json.dumps(changed), encoding="utf-8")
    assert before == SentenceTransformersEncoder(str(tiny_model)).fingerprint
    assert before != SentenceTransformersEncoder(str(tmp_path / "copy")).fingerprint


def test_the_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, tiny_model: Path) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderUnavailable, match=r"pip install 'yanju\[sentence-transformers\]'"):
        load_encoder(str(tiny_model))


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EncoderUnavailable, match="YANJU_ENCODER"):
        load_encoder(str(tmp_path / "empty"))


def test_no_usage_data_is_kept_or_sent(tmp_path: Path) -> None:
    code = "from index.encoder import EmbeddedEncoder; EmbeddedEncoder().encode(['法治'], 'query')"
    environment = {**os.environ, "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=environment)  # noqa: S603 - our own code
    assert list(tmp_path.rglob("*")) == []
