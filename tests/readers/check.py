#!/usr/bin/env python3
"""Reads the open data of a built site with independent readers and compares what they see. See README.md."""

import csv
import datetime
import hashlib
import html.parser
import json
import pathlib
import sys
import xml.etree.ElementTree as xml

import jsonschema
import openpyxl
from pyld import jsonld

SETS = ["agencies", "declarations", "administrative-procedures", "work-processes", "legal-documents", "results", "inspections"]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
problems = []


def expect(is_right, what):
    if not is_right:
        problems.append(what)


def refuse(url, options=None):
    raise AssertionError(f"a reader had to fetch {url}")


jsonld.set_document_loader(refuse)


def load(path):
    return json.loads(path.read_bytes().decode("utf-8"))


def validator(path):
    schema = load(path)
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def validate(path, document):
    schema = (path.parent / document["schema"]).resolve()
    expect(schema.is_file(), f"{path}: no schema at {document['schema']}")
    if schema.is_file():
        for error in list(validators.setdefault(schema, validator(schema)).iter_errors(document))[:3]:
            problems.append(f"{path}: {error.json_path}: {error.message[:200]}")


validators = {}


def told(value):
    """A value of JSON as a table of text has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return "; ".join(told(one) for one in value)
    return str(value)


def unguarded(text):
    return text[1:] if text.startswith("'") and text[1:2] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠") else text


def check_tables(data):
    """JSON against its schema, then CSV and the workbook against JSON."""
    book = openpyxl.load_workbook(data / "du-lieu.xlsx", read_only=True)
    expect(len(book.sheetnames) == len(SETS) + 1, f"du-lieu.xlsx has the sheets {book.sheetnames}")
    for name, sheet in zip(SETS, book.worksheets[1:]):
        document = load(data / f"{name}.json")
        validate(data / f"{name}.json", document)
        records = document["records"]
        raw = (data / f"{name}.csv").read_bytes()
        expect(raw.startswith(b"\xef\xbb\xbf"), f"{name}.csv has no byte order mark")
        rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(keepends=True)))
        expect(len(rows) == len(records), f"{name}: {len(rows)} rows of CSV, {len(records)} records of JSON")
        sheet_rows = list(sheet.iter_rows(min_row=2))
        expect(len(sheet_rows) == len(records), f"{name}: {len(sheet_rows)} rows in the workbook, {len(records)} records of JSON")
        for at, (record, row) in enumerate(zip(records, rows)):
            for column, text in row.items():
                expect(not text.startswith(FORMULA), f"{name}.csv row {at}: {column} begins a formula")
                if column in record and not any(isinstance(one, dict) for one in (record[column] if isinstance(record[column], list) else [])):
                    if column != "fees":
                        expect(unguarded(text) == told(record[column]), f"{name}.csv row {at}: {column} is {text!r}, JSON has {told(record[column])!r}")
            if at < len(sheet_rows):
                check_row(name, at, row, sheet_rows[at])
    print(f"{len(SETS)} data sets as JSON, CSV and XLSX")


def check_row(name, at, row, cells):
    """A row of the workbook says what the row of CSV says; values of closed lists are shown by their labels."""
    shown = [cell.value for cell in cells] + [None] * len(row)
    for (column, text), value, cell in zip(row.items(), shown, list(cells) + [None] * len(row)):
        expect(cell is None or cell.data_type != "f", f"{name} row {at}: {column} is a formula")
        if isinstance(value, datetime.datetime):
            value = value.date().isoformat()
        text, value = unguarded(text), told(value)
        is_label = text.isascii() and text.replace("_", "").isalpha() and value != "" and value != text
        expect(value == text or is_label, f"{name} row {at}: {column} is {value!r} in the workbook, {text!r} in CSV")


def nodes(value, kind):
    """Every node of a type in an expanded document."""
    if isinstance(value, list):
        for one in value:
            yield from nodes(one, kind)
    elif isinstance(value, dict):
        if kind in value.get("@type", []):
            yield value
        for inner in value.values():
            yield from nodes(inner, kind)


def check_names(value, path):
    """After expansion every property has an absolute name: nothing was lost because the context did not know it."""
    if isinstance(value, list):
        for one in value:
            check_names(one, path)
    elif isinstance(value, dict):
        for name, inner in value.items():
            expect(name.startswith("@") or "://" in name, f"{path}: {name} is no IRI")
            check_names(inner, path)


def keys(value):
    if isinstance(value, list):
        return set().union(*map(keys, value)) if value else set()
    if isinstance(value, dict):
        return set(value) | set().union(*(keys(inner) for name, inner in value.items() if name != "@context"), set())
    return set()


def check_linked(data):
    """CPSV-AP and DCAT through a JSON-LD processor that may fetch nothing."""
    document = load(data / "cpsv-ap.jsonld")
    unknown = keys(document["@graph"]) - set(document["@context"])
    expect(not unknown, f"cpsv-ap.jsonld: the context does not know {sorted(unknown)}")
    expanded = jsonld.expand(document, {"base": "https://data.example/du-lieu/cpsv-ap.jsonld"})
    check_names(expanded, "cpsv-ap.jsonld")
    records = load(data / "administrative-procedures.json")["records"]
    services = list(nodes(expanded, "http://purl.org/vocab/cpsv#PublicService"))
    expect(len(services) == len(records), f"{len(services)} public services, {len(records)} procedures")
    dct, cv = "http://purl.org/dc/terms/", "http://data.europa.eu/m8g/"
    for service, record in zip(services, records):
        expect(service[f"{dct}identifier"] == [{"@value": record["code"]}], f"{record['code']}: identifier")
        expect(service[f"{dct}title"] == [{"@value": record["name"], "@language": "vi"}], f"{record['code']}: title")
        for time in service.get(f"{cv}processingTime", []):
            expect(set(time) == {"@value", "@language"}, f"{record['code']}: a time limit is no text: {time}")
        papers = sum(len(dossier["components"]) for dossier in record["dossiers"])
        expect(len(service.get("http://purl.org/vocab/cpsv#hasInput", [])) == papers, f"{record['code']}: papers")
        expect(bool(service.get(f"{cv}hasCompetentAuthority")), f"{record['code']}: nobody is competent")
    catalogue = jsonld.expand(load(data / "dcat.jsonld"), {"base": "https://data.example/du-lieu/dcat.jsonld"})
    check_names(catalogue, "dcat.jsonld")
    dcat = "http://www.w3.org/ns/dcat#"
    expect(len(list(nodes(catalogue, f"{dcat}Dataset"))) == len(SETS), "dcat.jsonld: data sets")
    distributions = list(nodes(catalogue, f"{dcat}Distribution"))
    for distribution in distributions:
        url = distribution[f"{dcat}downloadURL"][0]["@id"]
        expect((data / url.rsplit("/du-lieu/", 1)[-1]).is_file(), f"dcat.jsonld: there is no {url}")
    print(f"{len(services)} public services, {len(distributions)} distributions after expansion")


class Links(html.parser.HTMLParser):
    """The data that a page links to."""

    def __init__(self):
        super().__init__()
        self.data = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "link" and attributes.get("rel") == "alternate" and attributes.get("type") == "application/json":
            self.data.append(attributes["href"])


def check_pages(public):
    """Every page that links its data has it, and it fits its schema."""
    count = 0
    for page in sorted(public.rglob("*.html")):
        links = Links()
        links.feed(page.read_text(encoding="utf-8"))
        for href in links.data:
            file = page.parent / href
            expect(file.is_file(), f"{page}: there is no {href}")
            if file.is_file():
                validate(file, load(file))
                count += 1
    expect(count > 0, "no page links its data")
    print(f"{count} pages link their data")


def check_feeds(public):
    for feed in public.rglob("atom.xml"):
        expect(xml.parse(feed).getroot().tag == "{http://www.w3.org/2005/Atom}feed", f"{feed} is no Atom feed")
    for sitemap in public.glob("sitemap*.xml"):
        expect("sitemap" in xml.parse(sitemap).getroot().tag, f"{sitemap} is no site map")
    for calendar in public.glob("due.ics"):
        lines = calendar.read_bytes().decode("utf-8").split("\r\n")
        expect(lines[0] == "BEGIN:VCALENDAR" and lines[-2] == "END:VCALENDAR", "due.ics is no calendar")
        due = load(public / "due.json")["due"]
        expect(lines.count("BEGIN:VEVENT") == len(due), f"due.ics has {lines.count('BEGIN:VEVENT')} events, due.json {len(due)}")


def check_manifest(public):
    raw = (public / "manifest.json").read_bytes()
    manifest = json.loads(raw)
    sealed = raw[: raw.rindex(b',\n  "self_sha256"')]
    expect(hashlib.sha256(sealed).hexdigest() == manifest["self_sha256"], "manifest.json: its seal")
    found = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()} - {"manifest.json", "manifest.json.minisig"}
    expect(found == set(manifest["files"]), f"manifest.json: {sorted(found ^ set(manifest['files']))[:5]}")
    for path in found & set(manifest["files"]):
        content = (public / path).read_bytes()
        entry = manifest["files"][path]
        expect((len(content), hashlib.sha256(content).hexdigest()) == (entry["size_bytes"], entry["sha256"]), f"manifest.json: {path}")
    print(f"{len(found)} files are as the manifest says")


def main():
    public = pathlib.Path(sys.argv[1]).resolve()
    check_tables(public / "du-lieu")
    check_linked(public / "du-lieu")
    check_pages(public)
    check_feeds(public)
    check_manifest(public)
    for problem in problems[:40]:
        print(problem, file=sys.stderr)
    sys.exit(f"{len(problems)} problems" if problems else 0)


if __name__ == "__main__":
    main()
