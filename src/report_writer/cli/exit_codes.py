"""Exit codes of contract 2."""

from enum import IntEnum


class Exit(IntEnum):
    """What a command's exit code means."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    BACKEND = 3
    BUG = 4


EXIT_HELP = "退出码：0 正常 · 1 有错误级问题 · 2 用法不对或文件读不了 · 3 模型打不开 · 4 程序缺陷"
