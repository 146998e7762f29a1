"""What is said about a file that cannot be read, and about a value or a cell that cannot be right."""

from collections.abc import Mapping

FILES: Mapping[str, tuple[str, str]] = {
    "folder_missing": ("没有这个文件夹，或无权读取", "there is no such folder, or it may not be read"),
    "file_missing": ("缺少这个文件", "this file is missing"),
    "file_unreadable": ("文件读不出来：{reason}", "the file cannot be read: {reason}"),
    "file_too_large": ("文件超过 {most} MB", "the file is larger than {most} MB"),
    "file_kind": ("只认 .csv 和 .xlsx 文件", "only .csv and .xlsx files are read"),
    "xlsx_broken": (
        "不是完好的 .xlsx 文件，或有密码",
        "this is not a sound .xlsx file, or it has a password",
    ),
    "sheet_too_large": (
        "工作表里有内容超出 {rows} 行或 {columns} 列，请复制到新文件再导入",
        "something stands beyond {rows} rows or {columns} columns; copy the table into a new file",
    ),
    "encoding_utf16": (
        "文件是 UTF-16 编码或不是文本，请另存为“CSV UTF-8”",
        "the file is UTF-16 or not text; save it as CSV UTF-8",
    ),
    "encoding_broken": (
        "字节 {byte} 既不是 UTF-8 也不是 GB18030，请另存为“CSV UTF-8”",
        "byte {byte} is neither UTF-8 nor GB18030; save the file as CSV UTF-8",
    ),
    "yaml_too_long": ("文件超过 {most} KB", "the file is longer than {most} KB"),
    "yaml_alias": ("不支持引用（*名称），请把内容写全", "aliases (*name) are not supported; write it out"),
    "yaml_character": ("这一行有 YAML 不允许的字符", "this line has a character that YAML does not allow"),
    "yaml_broken": ("YAML 写法有误，请检查缩进、冒号和引号（{reason}）", "this is not YAML: {reason}"),
    "yaml_too_deep": ("嵌套层数太多", "nested too deeply"),
    "yaml_no_mapping": ("应写成“键: 值”的形式", "must be written as “key: value”"),
    "yaml_key": ("键只能是一个词", "a key must be a single word"),
    "key_twice": ("“{key}”写了两次（第一次在第 {line} 行）", "“{key}” stands twice (first on line {line})"),
}

SHAPE: Mapping[str, tuple[str, str]] = {
    "key_unknown": ("没有“{key}”这一项{hint}", "there is no “{key}”{hint}"),
    "key_missing": ("缺少“{key}”", "“{key}” is missing"),
    "want_mapping": ("“{key}”下面应写成“键: 值”", "“{key}” must hold “key: value” lines"),
    "want_list": ("“{key}”应是一个列表，如 [a, b]", "“{key}” must be a list such as [a, b]"),
    "want_items": ("“{key}”至少要有一项", "“{key}” must have at least one item"),
    "want_text": ("“{key}”应是文字", "“{key}” must be text"),
    "text_too_long": ("“{key}”太长", "“{key}” is too long"),
    "want_span": (
        "“{key}”：“{value}”不是时长，请写 30m、4h 或 1d",
        "“{key}”: “{value}” is not a length of time such as 30m, 4h or 1d",
    ),
    "want_time": ("“{key}”：“{value}”不是时刻，请写 18:00", "“{key}”: “{value}” is not a time such as 18:00"),
    "want_shift": (
        "“{key}”：“{value}”不是班次，请写 08:30-12:00；跨夜的分成两班",
        "“{key}”: “{value}” is not a shift such as 08:30-12:00; split one that passes midnight",
    ),
    "want_day": (
        "“{key}”：“{value}”不是日期，请写 2026-10-01",
        "“{key}”: “{value}” is not a day such as 2026-10-01",
    ),
    "want_weekday": (
        "“{key}”：“{value}”不是星期，请写 1（周一）到 7（周日）",
        "“{key}”: “{value}” is not a weekday, 1 (Monday) to 7 (Sunday)",
    ),
    "want_zone": (
        "“{key}”：没有“{value}”这个时区，请写 Asia/Shanghai",
        "“{key}”: there is no time zone “{value}”; write Asia/Shanghai",
    ),
    "want_amount": (
        "“{key}”：“{value}”不是数字（不小于 0，最多 4 位小数）",
        "“{key}”: “{value}” is not a number (0 or more, at most 4 decimal places)",
    ),
    "want_count": ("“{key}”：“{value}”不是整数", "“{key}”: “{value}” is not a whole number"),
    "want_yes": ("“{key}”：“{value}”应是 yes 或 no", "“{key}”: “{value}” must be yes or no"),
    "want_variable": (
        "“{key}”应是环境变量的名字（如 GENDAN_ROBOT_SALES）；webhook 地址是密钥，不能写在文件里",
        "“{key}” must name an environment variable (as GENDAN_ROBOT_SALES); the webhook itself is a secret",
    ),
    "value_wrong": ("“{key}”的值不对", "“{key}” has a wrong value"),
    "target_range": ("“{key}”要大于 0，最多 {most}", "“{key}” must be more than 0 and at most {most}"),
    "limit_zero": ("“{key}”不能是 0", "“{key}” must not be 0"),
}

CELLS: Mapping[str, tuple[str, str]] = {
    "csv_broken": (
        "从这一行起不是 CSV，多半是引号没有成对",
        "from here on this is not CSV: a quote is not closed",
    ),
    "columns_missing": ("第一行缺少列：{columns}", "the first line lacks the columns: {columns}"),
    "column_unknown": (
        "没有“{column}”这一列{hint}",
        "there is no column “{column}”{hint}",
    ),
    "column_twice": ("“{column}”列写了两次", "the column “{column}” stands twice"),
    "too_many_rows": ("超过 {most} 行", "more than {most} rows"),
    "too_many_cells": (
        "这一行有 {cells} 格，表头只有 {columns} 列",
        "this row has {cells} cells, the first line {columns} columns",
    ),
    "cell_missing": ("“{column}”不能空着", "“{column}” must not be empty"),
    "cell_too_long": ("“{column}”超过 {most} 个字", "“{column}” is longer than {most} characters"),
    "cell_unprintable": (
        "“{column}”里有看不见的控制字符：{value}",
        "“{column}” has invisible control characters: {value}",
    ),
    "code_malformed": (
        "“{column}”：“{value}”不能作编号（最多 64 个字，不含空格、逗号、分号、引号）",
        "“{column}”: “{value}” is no code (at most 64 characters, no spaces, commas, semicolons or quotes)",
    ),
    "number_malformed": ("“{column}”：“{value}”不是数字", "“{column}”: “{value}” is not a number"),
    "number_below": (
        "“{column}”：“{value}”不能小于 {least}",
        "“{column}”: “{value}” must not be below {least}",
    ),
    "number_places": (
        "“{column}”：“{value}”最多 {places} 位小数",
        "“{column}”: “{value}” may have at most {places} decimal places",
    ),
    "flag_malformed": ("“{column}”：“{value}”应是 是 或 否", "“{column}”: “{value}” must be yes or no"),
    "day_malformed": (
        "“{column}”：“{value}”不是日期，请写 2026-10-01",
        "“{column}”: “{value}” is not a day such as 2026-10-01",
    ),
    "period_unknown": (
        "“{column}”：“{value}”应是 morning、noon、afternoon 或 evening",
        "“{column}”: “{value}” must be morning, noon, afternoon or evening",
    ),
    "row_twice": ("“{code}”重复了（第一次在第 {line} 行）", "“{code}” stands twice (first on line {line})"),
    "default_unit_unknown": (
        "default_unit“{unit}”不在 units 里（{units}）",
        "default_unit “{unit}” is not among the units ({units})",
    ),
    "unit_malformed": (
        "units“{value}”里的“{part}”不对，请写 最小单位;单位=多少个最小单位，如 瓶;箱=24",
        "“{part}” in units “{value}” is wrong; write smallest;unit=how many of it, such as 瓶;箱=24",
    ),
    "unit_twice": ("units“{value}”里“{unit}”写了两次", "“{unit}” stands twice in units “{value}”"),
    "option_malformed": (
        "options 里的“{part}”不对，请写 颜色=黑色;尺码=M",
        "“{part}” in options is wrong; write 颜色=黑色;尺码=M",
    ),
    "option_twice": ("options 里“{name}”写了两次", "“{name}” stands twice in options"),
    "price_not_positive": ("价格“{value}”必须大于 0", "the price “{value}” must be above 0"),
    "price_for_whom": (
        "level 和 customer 要填一个，也只能填一个",
        "give either level or customer, one of the two",
    ),
    "tax_rate_malformed": (
        "税率“{value}”不对，请写 0.13 或 13%（不小于 0，小于 1）",
        "the tax rate “{value}” is wrong; write 0.13 or 13% (0 or more, below 1)",
    ),
}
