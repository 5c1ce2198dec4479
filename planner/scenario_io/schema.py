"""The JSON Schema of scenario files, for editors: made from the records, then widened to what files may say.

Files may say more than a resolved scenario: `extends` with partial records over it, tables in place
of lists, values beside `by` of a price, one name for a list of one, digits grouped with `_`.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from planner.domain.scenario import Scenario
from planner.scenario_io.field_help import field_helps
from planner.scenario_io.fields import PRICE_LISTS

type Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": ["string", "number"]}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT}
_NULL: Final[Schema] = {"type": "null"}
_GROUPED: Final[Schema] = {"type": "string", "pattern": r"^[0-9]{1,3}(_[0-9]{3})+(\.[0-9]+)?$"}
_LISTS_OF_TEXT: Final = ("sources", "assumptions")
_MERGED: Final = ("Period", "Competency", "Group", "MentorPool", "Resource", "Programme", "Fund", "Rule")
_PARTIAL: Final = "Change"

_TABLE: Final[Schema] = {
    "type": "object",
    "description": "A list that stands in a file of its own: CSV, Parquet, or a sheet of an XLSX workbook.",
    "properties": {
        "table": {"type": "string", "description": "File, relative to this one and in its folder or below."},
        "sheet": {**_TEXT, "description": "Sheet of an XLSX workbook, if it has several."},
    },
    "required": ["table"],
    "additionalProperties": False,
}


def _with_column(table: Schema) -> Schema:
    """Return the file of a price list, which may have prices in several columns."""
    column = {**_TEXT, "description": "Head of the column of the prices, if several columns have prices."}
    return {**table, "description": "File of a price list.", "properties": {**table["properties"], "column": column}}


_COSTS: Final[Schema] = {
    "description": "Cost lines of all programmes in one table, joined on its column programme.",
    "$ref": "#/definitions/Table",
}
_PRICE_LISTS: Final[Schema] = {
    "type": "object",
    "description": "Price lists (SSH, SBU) by a name of one's own: CSV files or sheets of XLSX workbooks.",
    "additionalProperties": {"anyOf": [_with_column(_TABLE), _NULL]},
}
_FROM_LIST: Final[Schema] = {
    "type": "object",
    "description": "An entry of a price list.",
    "properties": {
        "from": {**_TEXT, "description": "Name of the price list, as under price_lists."},
        "code": {**_TEXT, "description": "Code of the price in the list, in any spelling."},
        "of": {**_TEXT, "description": "Of a ceiling: the location, level or year whose price it bounds."},
    },
    "required": ["from", "code"],
    "additionalProperties": False,
}
_WORKBOOK: Final = "XLSX workbook or folder of CSV files with all of these lists, relative to this file."
_MARKDOWN: Final = "Markdown file with a heading for each section, relative to this file."
_EXTENDS: Final[Schema] = {
    "type": "string",
    "description": "Scenario that this one changes; relative to this file and in its folder or below.",
}
_REMOVE: Final[Schema] = {"const": True, "description": "Takes the record with this id out of the scenario extended."}


def json_schema() -> Schema:
    """Return the schema (draft 7) of a scenario file."""
    raw = Scenario.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    helps = field_helps(Scenario)
    for name, record in [("Scenario", raw), *raw["$defs"].items()]:
        for field, text in helps[name].items():
            record["properties"][field]["description"] = text
    records: dict[str, Schema] = {name: _file_form(record) for name, record in raw.pop("$defs").items()}
    records["PriceBy"] = _price_by(records["PriceBy"])
    records["Fund"]["required"].remove("amount")
    records["Fund"]["anyOf"] = [{"required": ["amount"]}, {"required": ["amounts"]}]
    records["Table"] = _TABLE
    records["FromList"] = _FROM_LIST
    _with_listed_prices(records)
    records["Actuals"] = _with_key(records["Actuals"], "table", _WORKBOOK)
    records["Narrative"] = _with_key(records["Narrative"], "file", _MARKDOWN)
    whole = _file_form(raw)
    whole["required"].remove("groups")
    whole["anyOf"] = [{"required": ["groups"]}, {"required": ["people"]}]
    partial = {name + _PARTIAL: _partial(name, record) for name, record in records.items() if _has_partial(name)}
    del whole["description"]
    change = _partial("Scenario", whole)
    for form in (whole, change):
        form["properties"] = {
            "extends": _EXTENDS,
            PRICE_LISTS: _PRICE_LISTS,
            **form["properties"],
            "costs": _COSTS,
        }
    definitions = _reachable({"Scenario": whole, "ScenarioChange": change, **records, **partial})
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Training plan scenario",
        "description": "A scenario file of the training planner: the agency's gaps, programmes, funds and rules.",
        "if": {"type": "object", "required": ["extends"]},
        "then": {"$ref": "#/definitions/ScenarioChange"},
        "else": {"$ref": "#/definitions/Scenario"},
        "definitions": _named_once(definitions),
    }


def _reachable(definitions: dict[str, Schema]) -> dict[str, Schema]:
    """Return the definitions that a scenario refers to, directly or through others."""
    used: dict[str, None] = {}
    waiting = ["Scenario", "ScenarioChange"]
    while waiting:
        name = waiting.pop(0)
        if name not in used:
            used[name] = None
            waiting.extend(re.findall(r'"#/definitions/(\w+)"', json.dumps(definitions[name])))
    return {name: definitions[name] for name in used}


def _named_once(definitions: dict[str, Schema]) -> dict[str, Schema]:
    """Return the common quantities as definitions of their own, which keeps the schema short."""
    group = definitions["Group"]["properties"]
    common = {
        "Text": _TEXT,
        "Texts": _either(_TEXT, _TEXTS),
        "Share": _without(group["uptake"], _NULL),
        "Count": _without(group["headcount"], _NULL),
        "Number": _without(group["max_hours"], _NULL),
        "Rupiah": _without(definitions["Fund"]["properties"]["amount"], _NULL),
    }
    name_of = {json.dumps(form, sort_keys=True): name for name, form in common.items()}

    def shortened(schema: Any) -> Any:
        if isinstance(schema, list):
            return [shortened(part) for part in schema]
        if not isinstance(schema, dict):
            return schema
        described = {key: schema[key] for key in ("description", "default") if isinstance(schema.get(key), str | int)}
        bare = {key: value for key, value in schema.items() if key not in described}
        for form, null in ((bare, False), (_without(bare, _NULL), True)):
            if (name := name_of.get(json.dumps(form, sort_keys=True))) is not None:
                reference = {"$ref": f"#/definitions/{name}"}
                return described | ({"anyOf": [reference, _NULL]} if null else reference)
        return described | {key: shortened(value) for key, value in bare.items()}

    return {name: shortened(schema) for name, schema in definitions.items()} | common


def _without(schema: Schema, branch: Schema) -> Schema:
    """Return a form without one of its branches, and without description and default."""
    bare = {key: value for key, value in schema.items() if key not in ("description", "default")}
    return _either(*(form for form in bare["anyOf"] if form != branch)) if set(bare) == {"anyOf"} else bare


def schema_text() -> str:
    """Return the schema as `planner schema` prints it and scenarios/skema.json holds it."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _file_form(schema: Schema) -> Schema:
    """Return a record as files may write it."""
    record = {key: value for key, value in schema.items() if key not in ("title", "properties")}
    required = set(schema.get("required", ()))
    record["properties"] = {
        name: _property(name, value, required=name in required) for name, value in schema["properties"].items()
    }
    return record


def _property(name: str, schema: Schema, *, required: bool) -> Schema:
    described = {key: schema[key] for key in ("description",) if key in schema}
    default = schema.get("default")
    if isinstance(default, str) and default.isdigit():
        default = int(default)
    if default not in (None, "", []) and not isinstance(default, dict | list):
        described["default"] = default
    bare = {key: value for key, value in schema.items() if key not in ("title", "description", "default")}
    widened = _widened(bare, texts=name not in _LISTS_OF_TEXT)
    if not required:
        widened = _either(widened, _NULL)
    return {**described, **widened}


def _widened(schema: Schema, *, texts: bool = True) -> Schema:
    """Return what a file may write where a record has this."""
    if "oneOf" in schema:
        schema = {"anyOf": schema["oneOf"]}
    if "anyOf" in schema:
        return _either(*(_widened(branch, texts=texts) for branch in schema["anyOf"]))
    if schema.get("type") == "array":
        items = _widened(schema["items"])
        array: Schema = {"type": "array", "items": items}
        if schema.get("minItems") or schema.get("minLength"):
            array["minItems"] = 1
        if "$ref" in items:
            return _either(array, {"$ref": "#/definitions/Table"})
        return _either(_TEXT, array) if texts else array
    if "additionalProperties" in schema and isinstance(schema["additionalProperties"], dict):
        return {**schema, "additionalProperties": _either(_widened(schema["additionalProperties"]), _NULL)}
    if schema.get("type") in ("integer", "number") and "const" not in schema:
        return _either(schema, _GROUPED)
    return schema


def _either(*branches: Schema) -> Schema:
    """Return one of several forms, each listed once."""
    flat: list[Schema] = []
    for branch in branches:
        for form in branch["anyOf"] if set(branch) == {"anyOf"} else [branch]:
            if form not in flat:
                flat.append(form)
    return flat[0] if len(flat) == 1 else {"anyOf": flat}


def _price_by(record: Schema) -> Schema:
    """Return the form of a price that depends on an attribute: its prices stand beside `by`, or in a table."""
    prices = record["properties"].pop("prices")
    return {
        **record,
        "properties": {**record["properties"], **_TABLE["properties"]},
        "additionalProperties": prices["anyOf"][0]["additionalProperties"],
    }


def _with_key(record: Schema, key: str, description: str) -> Schema:
    """Return a record whose parts may all stand in one file beside the scenario."""
    named = {"type": "string", "description": description}
    return {**record, "properties": {key: named, **record["properties"]}}


def _with_listed_prices(records: dict[str, Schema]) -> None:
    """Let prices and ceilings name the code of a price list."""
    named: Schema = {"$ref": "#/definitions/FromList"}
    by, line = records["PriceBy"], records["CostItem"]["properties"]
    by["additionalProperties"] = _either(by["additionalProperties"], named)
    default = by["properties"]["default"]
    bare = {key: value for key, value in default.items() if key != "description"}
    by["properties"]["default"] = {"description": default["description"], **_either(bare, named)}
    line["price"] = {**line["price"], "anyOf": [*line["price"]["anyOf"], named]}
    several: Schema = {"type": "array", "items": _either(named, {"$ref": "#/definitions/ListedPrice"})}
    line["ceiling"] = {"description": line["ceiling"]["description"], **_either(named, several, _NULL)}


def _partial(name: str, record: Schema) -> Schema:
    """Return a record of a file that extends another: keys may be left out, `null` removes one."""
    properties: dict[str, Schema] = {}
    for key, schema in record["properties"].items():
        described = {"description": schema["description"]} if "description" in schema else {}
        bare = {word: value for word, value in schema.items() if word not in ("description", "default")}
        properties[key] = {**described, **_either(_to_partial(bare), _NULL)}
    partial = {word: value for word, value in record.items() if word not in ("required", "anyOf")}
    partial["properties"] = properties
    if name in _MERGED:
        properties["id"] = record["properties"]["id"]
        properties["remove"] = _REMOVE
        partial["required"] = ["id"]
    return partial


def _to_partial(schema: Schema) -> Schema:
    """Return `schema` with references to records replaced by references to their partial form; records without id stay
    whole."""
    if "anyOf" in schema:
        return _either(*(_to_partial(branch) for branch in schema["anyOf"]))
    if schema.get("type") == "array" and "anyOf" in schema["items"]:  # names or records, such as periods
        return {"type": "array", "items": _either(*(_to_partial(branch) for branch in schema["items"]["anyOf"]))}
    if schema.get("type") == "array" and "$ref" in schema["items"]:
        reference = schema["items"]["$ref"]
        if reference.rsplit("/", 1)[1] not in _MERGED:
            return schema
        change = {"$ref": reference + _PARTIAL}
        return {"type": "array", "items": _either(schema["items"], change) if reference.endswith("/Rule") else change}
    if "$ref" in schema and _has_partial(schema["$ref"].rsplit("/", 1)[1]):
        return {"$ref": schema["$ref"] + _PARTIAL}
    return schema


def _has_partial(name: str) -> bool:
    """Return whether the partial form of a record differs: selectors and the like have no required keys anyway."""
    return name not in (
        "Table",
        "Pays",
        "Where",
        "ClassLimits",
        "Citations",
        "Narrative",
        "Sections",
    ) and not name.endswith("Selector")
