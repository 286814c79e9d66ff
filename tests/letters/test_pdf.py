"""LibreOffice behind its door: a process and a profile for each document, a time limit, no network; what comes out is checked."""

import os
import select
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from gkapply import pdf
from gkapply.config import bundled
from gkapply.law.refusal import Refusal
from gkapply.letters import package
from gkapply.letters.fields import example
from gkapply.letters.render import render
from gkapply.letters.template import load

NAMES = "王犇、镕、喆、阿卜杜拉·买买提、𠮷、䶮"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where a script stands in for the office program: it does what ``does`` says."""
    program = tmp_path / "soffice"
    monkeypatch.setattr(pdf, "PROGRAMS", (str(program),))
    return tmp_path


def does(office: Path, script: str) -> None:
    program = office / "soffice"
    program.write_text(f"#!/bin/sh\nfor last; do :; done\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def gone(pid: int) -> bool:
    """Whether the process ends within a moment: a kill takes effect after it was sent."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 5)[0])
    finally:
        os.close(handle)


def test_without_the_program_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PROGRAMS", ("no-such-program",))
    assert not pdf.available()
    with pytest.raises(Refusal, match="没有安装 LibreOffice"):
        pdf.convert(b"x")
    assert pdf.OfficeConverter().to_pdf(b"x", "docx") is None


def test_what_it_started_is_killed_when_the_time_is_over(office: Path) -> None:
    does(office, f'sleep 60 & echo $! > {office}/child; echo "$PWD" > {office}/place; wait')
    with pytest.raises(Refusal, match=r"超过0\.5秒，已经停止"):
        pdf.convert(b"x", timeout=0.5)
    child = int((office / "child").read_text())
    assert gone(child)
    assert not Path((office / "place").read_text().strip()).exists()


def test_what_goes_on_behind_its_back_is_killed_too(office: Path) -> None:
    does(office, f"sleep 60 & echo $! > {office}/child; printf '%%PDF-1.7' > paper.pdf")
    assert pdf.convert(b"x") == b"%PDF-1.7"
    assert gone(int((office / "child").read_text()))


@pytest.mark.parametrize("script", ["true", "exit 77", "echo nonsense > paper.pdf", ": > paper.pdf"])
def test_what_is_no_pdf_is_none(office: Path, script: str) -> None:
    does(office, script)
    with pytest.raises(Refusal, match="不能转换成 PDF"):
        pdf.convert(b"x")


def test_one_at_a_time_each_with_a_profile_and_surroundings_of_its_own(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GKAPPLY_SECRET_KEY", "s")
    busy, overlap = office / "busy", office / "overlap"
    does(
        office,
        f'mkdir {busy} || touch {overlap}\necho "$1" >> {office}/profiles\nenv > {office}/env\ncat "$last" > paper.pdf\n'
        f"sleep 0.1\nrmdir {busy}",
    )
    made: list[bytes] = []
    contents = [f"%PDF-{number}".encode() for number in range(3)]
    threads = [threading.Thread(target=lambda one=one: made.append(pdf.convert(one))) for one in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == contents
    assert not overlap.exists()
    profiles = (office / "profiles").read_text().splitlines()
    assert len(set(profiles)) == 3
    assert all(one.startswith("-env:UserInstallation=file://") for one in profiles)
    surroundings = (office / "env").read_text()
    assert f"FONTCONFIG_FILE={pdf.FONTS}" in surroundings
    assert "GKAPPLY_" not in surroundings


def test_rare_names_survive_and_nothing_outside_is_asked(soffice: Path, pdftotext: Path, tmp_path: Path) -> None:
    letter = render(load(bundled("answer_templates"), "receipt"), {**example("receipt"), "addressee": NAMES})
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.settimeout(0.1)
        address = f"http://127.0.0.1:{outside.getsockname()[1]}/picture.png"
        made = pdf.convert(with_linked_picture(letter, address))
        with pytest.raises(TimeoutError):
            outside.accept()
    file = tmp_path / "letter.pdf"
    file.write_bytes(made)
    read = subprocess.run([pdftotext, file, "-"], capture_output=True, text=True, check=True, timeout=60)
    assert NAMES in "".join(read.stdout.split())


def with_linked_picture(docx: bytes, address: str) -> bytes:
    """The letter with a picture that lies elsewhere, as a paper from outside may have one."""
    contents = package.parts(docx)
    rels = "word/_rels/document.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = f'<Relationship Id="rLinked" Type="{kind}" Target="{address}" TargetMode="External"/></Relationships>'
    picture = PICTURE.replace("LINK", "rLinked")
    body = contents[package.MAIN].decode().replace("<w:sectPr", f"{picture}<w:sectPr", 1)
    linked = contents[rels].decode().replace("</Relationships>", link)
    return package.write({**contents, package.MAIN: body.encode(), rels: linked.encode()})


PICTURE = """<w:p><w:r><w:drawing xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="900000" cy="900000"/><wp:docPr id="9" name="picture"/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>
<pic:cNvPr id="9" name="picture"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="LINK"/>
<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>
<a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>
</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""
