"""How a mistake is told on the command line: one Chinese sentence on standard error and exit code 2."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any

from jixiao.errors import JixiaoError

BAD_INPUT = 2
UNKNOWN_COMMAND = re.compile(r"No such command '([^']*)'(?:.*'([^']*)'\?)?")
INTERRUPTED = 130


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
        case "NoSuchCommand" | "UsageError" if unknown := UNKNOWN_COMMAND.match(str(getattr(error, "message", ""))):
            return f"没有命令 {unknown[1]}{'；是不是 ' + unknown[2] if unknown[2] else ''}。{help_line}"
        case "MissingParameter":
            return f"缺少 {parameter}。{help_line}"
        case "BadParameter" | "BadArgumentUsage" | "BadOptionUsage":
            return f"{parameter or '参数'} 的值不能用：{getattr(error, 'message', error)}。{help_line}"
        case "NoArgsIsHelpError":
            return str(getattr(error, "ctx", None) and error.ctx.get_help())  # type: ignore[attr-defined]
        case "UsageError":
            return f"命令写法不对：{getattr(error, 'message', error)}。{help_line}"
        case "FileError":
            return f"打不开文件：{getattr(error, 'ui_filename', error)}"
    return None


def _parameter(error: Exception) -> str:
    """What the help calls it: --org for an option, its title or name for an argument."""
    parameter = getattr(error, "param", None)
    options = [one for one in getattr(parameter, "opts", ()) if one.startswith("--")]
    if options:
        return options[0]
    shown = getattr(parameter, "metavar", None) or getattr(parameter, "name", "")
    return str(shown or getattr(error, "option_name", ""))
