"""Writes a shop of generated products: the same ones every time."""

import pathlib
import random
import shutil

WORDS_EN = ("lantern studio key licence render vector audio course lesson chapter export colour palette plug-in mobile cloud "
            "backup sync music scale offline team seat update support quick native light shadow paper ink brush").split()
WORDS_ZH = "授权 软件 课程 礼品卡 充值 素材 字体 模板 教程 音乐 插件 云端 备份 同步 团队 更新 支持 轻快 离线 色彩".split()


def prose(source: random.Random, words: list[str], count: int, joint: str) -> str:
    return joint.join(source.choice(words) for _ in range(count))


def product(number: int) -> str:
    """One product of 3 to 4 KB: front matter, headings, a list, a table, English and Chinese."""
    source = random.Random(number)
    tags = sorted(source.sample([f"tag-{n:02}" for n in range(60)], 3))
    sections = "\n\n".join(
        f"## {prose(source, WORDS_EN, 3, ' ').title()}\n\n{prose(source, WORDS_EN, 45, ' ')}, **{prose(source, WORDS_EN, 3, ' ')}**, "
        f"[{prose(source, WORDS_EN, 2, ' ')}](/pages/terms/).\n\n{prose(source, WORDS_ZH, 40, '')}。"
        for _ in range(5))
    items = "\n".join(f"- {prose(source, WORDS_EN, 8, ' ')}" for _ in range(5))
    return f"""---
title: {prose(source, WORDS_EN, 3, ' ').title()} {number}
sku: sku-{number}
price: "{source.randrange(1, 400)}.{source.randrange(100):02}"
summary: {prose(source, WORDS_EN, 14, ' ')} {prose(source, WORDS_ZH, 8, '')}
category: category-{number % 12}
tags: [{', '.join(tags)}]
delivery: single
---
{prose(source, WORDS_EN, 60, ' ')}.

{sections}

{items}

| {prose(source, WORDS_EN, 1, '')} | value |
|---|---:|
| seats | {number % 9 + 1} |
| days | {number % 300 + 30} |
"""


CONFIGURATION = """name: Bench
url: https://shop.example
languages: [en, zh-CN]
currency: CNY
webhook:
  url: http://127.0.0.1:{port}
  listen: 127.0.0.1:{port}
  database: sqlite:data/keyfront.db
secrets:
  master_key_file: secrets/master.key
mail:
  from: "Bench <keys@shop.example>"
  smtp: smtp://127.0.0.1:{mail}
gateways:
  partner: {{kind: standard, webhook_secrets: [PARTNER_WEBHOOK_SECRET], checkout_url: "https://pay.partner.example/{{order}}"}}
promoters:
  levels: ["10%", "5%"]
  hold_days: 7
  pages: {pages}
stock: {{hold_minutes: 60}}
limits: {{open_holds_per_address: 0, open_holds_per_mail: 0, checkouts_per_minute: 0}}
"""


def write(folder: pathlib.Path, root: pathlib.Path, count: int, port: int = 8080, mail: int = 1025, languages: str = "[en, zh-CN]",
          pages: str = "none") -> None:
    """Lays out a shop with `count` products beside the default theme of the checkout at `root`."""
    (folder / "content/products").mkdir(parents=True)
    (folder / "content/pages").mkdir()
    shutil.copytree(root / "templates", folder / "templates")
    (folder / "shop.yaml").write_text(CONFIGURATION.format(port=port, mail=mail, pages=pages).replace("[en, zh-CN]", languages), encoding="utf-8")
    (folder / "content/pages/terms.md").write_text("---\ntitle: Terms\n---\nThe terms.\n", encoding="utf-8")
    for number in range(count):
        (folder / f"content/products/product-{number:06}.md").write_text(product(number), encoding="utf-8")
