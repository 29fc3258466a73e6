"""Reads a workbook with a library of another language, and prints what it found as JSON."""
import datetime
import json
import sys

import openpyxl

sheet = openpyxl.load_workbook(sys.argv[1]).active
book = sheet.parent


def plain(value):
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    return value


print(
    json.dumps(
        {
            "sheet": sheet.title,
            "title": book.properties.title,
            "author": book.properties.creator,
            "created": book.properties.created.isoformat(),
            "frozen": sheet.freeze_panes,
            "filter": sheet.auto_filter.ref,
            "bold": sheet["A1"].font.b,
            "widths": [round(one.width, 2) for one in sheet.column_dimensions.values()],
            "notes": [[cell.coordinate, cell.comment.text] for row in sheet for cell in row if cell.comment],
            "rows": [[plain(cell.value) for cell in row] for row in sheet],
            "types": [[cell.data_type for cell in row] for row in sheet],
            "formats": [cell.number_format for cell in sheet[2]],
        }
    )
)
