"""How a mistake is told on the command line: one Chinese sentence on standard error and exit code 2."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable
from typing import Any

from jixiao.errors import JixiaoError, is_disk_full

BAD_INPUT = 2
UNKNOWN_COMMAND = re.compile(r"No such command '([^']*)'(?:.*'([^']*)'\?)?")
INTERRUPTED = 130
REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "同名的文件已经在了",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "那里只能读",
    errno.ENOSPC: "磁盘满了",
    errno.ENAMETOOLONG: "名字太长",
}
WRONG_VALUES = (
    (re.compile("valid integer"), "应为整数"),
    (re.compile(r"greater than or equal to (\S+)"), "不能小于 {}"),
    (re.compile(r"less than or equal to (\S+)"), "不能大于 {}"),
)


def why(error: OSError) -> str:
    """Why the system would not open or write something."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)


def told(run: Callable[[], Any]) -> int:
    """Run, and turn what is raised on purpose into a message and an exit code."""
    try:
        outcome = run()
    except JixiaoError as error:
        return _say(str(error))
    except KeyboardInterrupt:
        return _say("已中断。已保存的内容不受影响，可以重新运行。", INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # the reader (head, less) left early: nothing is wrong
        return 0
    except Exception as error:
        if is_disk_full(error):
            return _say("磁盘满了，这一次没有写入；已保存的内容不受影响。请腾出空间，再运行一次。")
        usage = _usage_message(error)
        if usage is None:
            raise
        return _say(usage, getattr(error, "exit_code", BAD_INPUT))
    return outcome if isinstance(outcome, int) else 0


def _say(message: str, code: int = BAD_INPUT) -> int:
    print(message, file=sys.stderr)
    return code


def _usage_message(error: Exception) -> str | None:
    """Words of our own for the usage errors of the command-line library, None for anything else."""
    name = type(error).__name__
    parameter = _parameter(error)
    command = getattr(getattr(error, "ctx", None), "command_path", "jixiao")
    help_line = f"用法见 {command} --help"
    possibilities = getattr(error, "possibilities", None) or ()
    near = f"；是不是 {'、'.join(possibilities)}" if possibilities else ""
    match name:
        case "Exit":
            return None
        case "Abort":
            return "已取消。"
        case "NoSuchOption":
            return f"没有选项 {parameter}{near}。{help_line}"
        case "NoSuchCommand" | "UsageError" if unknown := UNKNOWN_COMMAND.match(
            str(getattr(error, "message", ""))
        ):
            return f"没有命令 {unknown[1]}{'；是不是 ' + unknown[2] if unknown[2] else ''}。{help_line}"
        case "MissingParameter":
            return f"缺少 {parameter}。{help_line}"
        case "BadParameter" | "BadArgumentUsage" | "BadOptionUsage":
            return f"{parameter or '参数'} {_wrong_value(str(getattr(error, 'message', error)))}。{help_line}"
        case "NoArgsIsHelpError":
            return str(getattr(error, "ctx", None) and error.ctx.get_help())  # type: ignore[attr-defined]
        case "UsageError":
            return f"命令写法不对：{getattr(error, 'message', error)}。{help_line}"
        case "FileError":
            return f"打不开文件：{getattr(error, 'ui_filename', error)}"
    return None


def _wrong_value(message: str) -> str:
    for pattern, words in WRONG_VALUES:
        if found := pattern.search(message):
            return words.format(*found.groups())
    return f"的值不能用：{message}"


def _parameter(error: Exception) -> str:
    """What the help calls it: --org for an option, its title or name for an argument."""
    parameter = getattr(error, "param", None)
    options = [one for one in getattr(parameter, "opts", ()) if one.startswith("--")]
    if options:
        return options[0]
    shown = getattr(parameter, "metavar", None) or getattr(parameter, "name", "")
    return str(shown or getattr(error, "option_name", ""))
