"""Export and import on the command line: what goes out comes in, wrong rows are told and stop everything."""

from __future__ import annotations

from jixiao import sheets

ORG = ("--org", "demo-cppcc")


def written(folder, text, name="讲堂.csv"):
    path = folder / name
    path.write_bytes(text.encode("gb18030"))
    return str(path)


def test_what_goes_out_comes_in_without_a_change(jixiao, tmp_path):
    out = str(tmp_path / "提案.xlsx")
    assert jixiao("export", "proposal", *ORG, "--out", out).returncode == 0
    done = jixiao("import", out, *ORG)
    assert done.returncode == 0, done.stderr
    assert "新增 0 条，改动 0 条" in done.stdout


def test_the_template_is_empty(jixiao, tmp_path):
    out = tmp_path / "模板.xlsx"
    assert jixiao("export", "proposal", *ORG, "--template", "--out", str(out)).returncode == 0
    table = sheets.open_book(out.read_bytes(), out.name).tables[0]
    assert table.rows == []
    assert "*案由" in table.titles


def test_a_dry_run_records_nothing(jixiao, tmp_path):
    file = written(tmp_path, "讲题,开讲日期\n示例街区的来历,2020-11-02\n")
    for _ in range(2):
        done = jixiao("import", file, *ORG, "--kind", "lecture", "--dry-run")
        assert (done.returncode, "新增 1 行" in done.stdout) == (0, True), done.stderr


def test_wrong_rows_are_told_and_stop_everything(jixiao, tmp_path):
    file = written(tmp_path, "讲题,开讲日期,民族\n示例,二月三十,某族\n示例二,2020-11-02,某族\n")
    marked = tmp_path / "标注.xlsx"
    done = jixiao("import", file, *ORG, "--kind", "lecture", "--marked", str(marked))
    assert done.returncode == 1
    for words in ("“文化讲堂”第 2 行：", "“二月三十”不是日期", "“民族”涉及个人的民族，整列舍去", "没有导入"):
        assert words in done.stdout
    assert "某族" not in str(sheets.open_book(marked.read_bytes(), marked.name))
    again = jixiao("import", file, *ORG, "--kind", "lecture", "--without-wrong", "--dry-run")
    assert "新增 1 行" in again.stdout


def test_mistakes_get_a_sentence(jixiao, tmp_path):
    for arguments, words in [
        (("import", str(tmp_path / "没有.xlsx"), *ORG), "读不了"),
        (("import", written(tmp_path, "甲,乙\n1,2\n"), *ORG), "看不出文件里是哪一类台账"),
        (("export", "proposa", *ORG, "--out", str(tmp_path / "x.xlsx")), "proposal"),
        (("export", "proposal", *ORG, "--out", str(tmp_path / "no" / "x.xlsx")), "写不了"),
        (("import", written(tmp_path, "x", "机密.csv"), *ORG, "--kind", "lecture"), "密级"),
    ]:
        done = jixiao(*arguments)
        assert done.returncode == 2, (arguments, done.stdout)
        assert words in done.stderr
        assert "Traceback" not in done.stderr
