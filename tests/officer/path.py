"""The path of an officer from an empty folder to a published site, on a real list of procedures:
init -> import the list -> mend what check says -> preview -> build -> publish -> verify.

Usage: path.py PROGRAM DATA WORK, with DATA the folder of procedures.jsonl and WORK a folder that may be emptied.
Needs openpyxl. The list is made as offices have it: a title above, headings in an order of their own, rows that name the
field, merged cells, codes that Excel turned into numbers.
"""

import json
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path

import openpyxl

PROGRAM, DATA, WORK = Path(sys.argv[1]).resolve(), Path(sys.argv[2]), Path(sys.argv[3])
TODAY = date.today().isoformat()
AGENCY = "xa-trung-son"
PROCEDURES = 60

checks = 0


def ensure(is_so, what):
    global checks
    checks += 1
    if not is_so:
        sys.exit(f"FAIL {what}")


def congbo(command, *arguments, code=0):
    """Runs the program in the project; fails where the exit code is another one."""
    line = [PROGRAM, command, *arguments] if command == "init" else [PROGRAM, command, *arguments, "--project", SITE]
    run = subprocess.run(line, capture_output=True, text=True)
    ensure(run.returncode == code, f"{command} {arguments}: exit code {run.returncode}, not {code}\n{run.stdout}{run.stderr}")
    return run.stdout + run.stderr


def soon(is_so):
    """Whether it becomes so within 20 seconds; a server that is not ready yet is asked again."""
    for _ in range(200):
        try:
            if is_so():
                return True
        except urllib.error.URLError:
            pass
        time.sleep(0.1)
    return False


def problems():
    """What check says, as its JSON."""
    line = [PROGRAM, "check", "--release", "--as-of", TODAY, "--format", "json", "--project", SITE]
    return json.loads(subprocess.run(line, capture_output=True, text=True).stdout)["diagnostics"]


# The list that the office has: procedures of communes, by field.
SITE = WORK / "trang"
shutil.rmtree(WORK, ignore_errors=True)
WORK.mkdir(parents=True)
records = [json.loads(line) for line in (DATA / "procedures.jsonl").open(encoding="utf-8")]
NOTHING = ("", "Không có thông tin")
METHODS = {"DIRECT": "Trực tiếp", "ONLINE": "Trực tuyến", "POSTAL": "Bưu chính"}


def found(record, label):
    return re.findall(rf"{label}: ?(.*)", record["Cách thức thực hiện"])


def is_plain(record):
    """Whether a commune does it, within days that are stated, for no fee, and nothing is missing that the law asks for."""
    times = set(found(record, "Thời hạn giải quyết"))
    return (
        record["Cấp thực hiện"].strip() == "Cấp Xã"
        and re.fullmatch(r"\d\.\d{6}", record["Mã thủ tục"])
        and len(times) == 1
        and re.fullmatch(r"\d+ WORKING_DAY", *times)
        and all(fee in ("0 VNĐ ()", *NOTHING) for fee in found(record, "Phí, lệ phí"))
        and all(record[name].strip() not in NOTHING for name in ("Trình tự thực hiện", "Kết quả thực hiện", "Cơ quan có thẩm quyền", "Đối tượng thực hiện", "Thành phần hồ sơ", "Căn cứ pháp lý"))
    )


chosen = sorted(filter(is_plain, records), key=lambda record: (record["Lĩnh vực"], record["Mã thủ tục"]))[:PROCEDURES]
ensure(len(chosen) == PROCEDURES, f"the data has {len(chosen)} plain procedures of communes")


def papers(record):
    """Papers with their numbers behind them, a line each."""
    count = lambda found: f": {int(found[1]):02} bản chính, {int(found[2]):02} bản sao"
    return re.sub(r"\s*\n\s*Số lượng: Bản chính: (\d+), Bản sao: (\d+)", count, record["Thành phần hồ sơ"]).strip()


COLUMNS = {
    "Thời hạn giải quyết": lambda record: f"{int(found(record, 'Thời hạn giải quyết')[0].split()[0]):02} ngày làm việc",
    "Phí, lệ phí": lambda record: "Không",
    "Cách thức thực hiện": lambda record: ", ".join(METHODS[method.strip()] for method in found(record, "Hình thức nộp")),
    "Trình tự thực hiện": lambda record: record["Trình tự thực hiện"].strip(),
    "Thành phần hồ sơ": papers,
    "Đối tượng": lambda record: record["Đối tượng thực hiện"].strip(),
    "Cơ quan có thẩm quyền": lambda record: record["Cơ quan có thẩm quyền"].strip(),
    "Kết quả": lambda record: record["Kết quả thực hiện"].strip(),
    "Căn cứ pháp lý": lambda record: record["Căn cứ pháp lý"].strip(),
    "Yêu cầu, điều kiện": lambda record: record["Yêu cầu, điều kiện thực hiện"].strip(),
}
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Danh mục"
sheet.append(["ỦY BAN NHÂN DÂN XÃ TRUNG SƠN"])
sheet.append(["DANH MỤC THỦ TỤC HÀNH CHÍNH THUỘC THẨM QUYỀN GIẢI QUYẾT"])
sheet.append(["(Kèm theo Quyết định công bố)"])
for row in (1, 2, 3):
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2 + len(COLUMNS))
sheet.append([])
sheet.append(["STT", "Tên thủ tục hành chính", "Mã số\nTTHC", *COLUMNS])
field = None
damaged = []
for number, record in enumerate(chosen, 1):
    if record["Lĩnh vực"] != field:
        field = record["Lĩnh vực"]
        sheet.append([f"Lĩnh vực {field}"])
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=2 + len(COLUMNS))
    code = record["Mã thủ tục"]
    # What Excel makes of a code that somebody typed.
    if number % 7 == 0 and not code.endswith("0"):
        damaged.append(code)
        code = float(code)
    sheet.append([number, record["Tên thủ tục"], code, *(cell(record) for cell in COLUMNS.values())])
LIST = WORK / "danh muc TTHC.xlsx"
book.save(LIST)

# An empty folder becomes a project, which is told to be a sample.
congbo("init", str(SITE), "--level", "commune", "--name", "Ủy ban nhân dân xã Trung Sơn", "--province", "tỉnh Thanh Hóa", "--base-url", "https://iso.vi-du.example/")
ensure(any(one["rule"] == "sample-content" for one in problems()), "a starter is no release")

# The list is shown first, and written only where somebody says so.
said = congbo("import", "xlsx", str(LIST), code=1)
catalogue = SITE / "content/administrative-procedures"
ensure(chosen[0]["Mã thủ tục"] in said, f"the import shows what it would add\n{said}")
ensure([file.name for file in catalogue.iterdir()] == ["mau.yaml"], "nothing is written without consent")
said = congbo("import", "xlsx", str(LIST), "--yes")
written = "".join(file.read_text(encoding="utf-8") for file in catalogue.rglob("*.yaml"))
missing = [record["Mã thủ tục"] for record in chosen if f'"{record["Mã thủ tục"]}"' not in written]
ensure(not missing, f"every procedure is in the catalogue, not {missing}")
ensure(damaged and not any(code in missing for code in damaged), "codes that became numbers are codes again")
names = sum(re.sub(r"\s+", " ", record["Tên thủ tục"]).strip()[:40] in re.sub(r"\s+", " ", written) for record in chosen)
ensure(names >= PROCEDURES * 9 // 10, f"{names} names of {PROCEDURES} are in the catalogue as they were")

# Mend what check says: what is marked as a sample is replaced, the sample procedure goes, the list is what the agency
# answers for, what it declares, and what its work process covers.
(catalogue / "mau.yaml").unlink()
codes = "".join(f'\n  - "{record["Mã thủ tục"]}"' for record in chosen)
for file in sorted((SITE / "content").rglob("*")):
    if file.suffix in (".yaml", ".md"):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r'\n *- "9\.000001".*', codes, text)
        text = re.sub(r" *# *\[MẪU\].*", "", text).replace("[MẪU] ", "")
        file.write_text(text, encoding="utf-8")
left = [one for one in problems() if one["severity"] == "error"]
ensure(not left, f"nothing stands in the way any more: {json.dumps(left[:3], ensure_ascii=False)}")

# Preview: the server shows the pages, and a saved change at once.
said = WORK / "serve.txt"
server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--as-of", TODAY, "--project", SITE], stdout=said.open("w"), stderr=subprocess.STDOUT)
try:
    port = lambda: re.search(r"http://localhost:(\d+)/", said.read_text(encoding="utf-8"))
    ensure(soon(port), "the server says where it is")
    address = f"http://127.0.0.1:{port()[1]}/"
    shows = lambda path, text: text in urllib.request.urlopen(address + path, timeout=20).read().decode("utf-8")
    ensure(soon(lambda: shows("", "Ủy ban nhân dân xã Trung Sơn")), "the preview shows the agency")
    agency = SITE / f"content/agencies/{AGENCY}/agency.yaml"
    agency.write_text(agency.read_text(encoding="utf-8").replace("0200 000 0000", "0237 000 0001"), encoding="utf-8")
    ensure(soon(lambda: shows("lien-he/", "tel:02370000001")), "the preview shows a saved change")
finally:
    server.kill()

# Build, publish, verify.
PUBLIC, PLACE = SITE / "public", WORK / "may-chu"
congbo("build", "--release", "--as-of", TODAY)
pages = {record["Mã thủ tục"]: list(PUBLIC.glob(f"thu-tuc/{record['Mã thủ tục']}-*/index.html")) for record in chosen}
ensure(all(pages.values()), "every procedure has its page")
text = pages[chosen[0]["Mã thủ tục"]][0].read_text(encoding="utf-8")
ensure(re.search(r"\d+ ngày làm việc", text), "the page of a procedure says how long it takes")
PLACE.mkdir()
congbo("publish", "--to", str(PLACE))
run = subprocess.run([PROGRAM, "verify", PLACE], capture_output=True, text=True)
ensure(run.returncode == 0, f"what was published is whole\n{run.stdout}{run.stderr}")
same = lambda root: {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}
ensure(same(PUBLIC) == same(PLACE), "what was published is what was built")

# The next day only what changed goes there; and what somebody changes there is found.
agency.write_text(agency.read_text(encoding="utf-8").replace("0237 000 0001", "0237 000 0002"), encoding="utf-8")
congbo("build", "--release", "--as-of", TODAY)
before = {path: (PLACE / path).stat().st_mtime_ns for path in same(PLACE)}
congbo("publish", "--to", str(PLACE))
ensure(same(PUBLIC) == same(PLACE), "the change was published")
kept = sum((PLACE / path).stat().st_mtime_ns == before[path] for path in before)
(PLACE / "index.html").write_text("<p>khác</p>", encoding="utf-8")
run = subprocess.run([PROGRAM, "verify", PLACE], capture_output=True, text=True)
ensure(run.returncode == 1 and "index.html" in run.stdout + run.stderr, "a page that somebody changed is named")
print(f"an officer's path: {PROCEDURES} procedures of a list ({len(damaged)} codes had become numbers), {len(before)} files published, {kept} of them left alone the next day; {checks} checks, 0 failed")
