"""The pages of the seal: a step with the scan, the register of a month and its sheet."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from gkapply.casework import letterbook
from gkapply.casework.correction import CorrectionNotice, propose
from gkapply.casework.outbox import STAMP_LETTER, Errand
from gkapply.casework.papers import Letter
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from tests.web.browser import Browser, words
from workflows.duties import CASE_DUTIES, Duty

Login = Callable[[Duty], Browser]
NOTICE = LetterKind.CORRECTION_NOTICE
PNG = b"\x89PNG\r\n\x1a\n0"


def signed(life: Life, *, render: bool = True) -> str:
    """The key of a correction notice that is signed; its file is made, unless that is to be waited for."""
    life.register(walked_in(PERSON, "某工程"), life.at_the_counter()).assign()
    notice = CorrectionNotice("请写明工程的年度", "写明年度可以帮助检索", 15)
    life.do(Duty.OFFICER, lambda s, case, actor, now: propose(s, case, notice, actor, now))
    life._on_letter(NOTICE, Duty.OFFICER, letterbook.submit)._on_letter(NOTICE, Duty.HEAD, letterbook.sign)
    with reading() as session:
        uid = session.scalars(select(Letter.uid).where(Letter.kind == NOTICE)).one()
    if render:
        letterbook.render_file(uid, life.now)
    return uid


def test_a_signed_letter_is_stamped_and_found_in_the_register(login: Login, new_life: Callable[..., Life]) -> None:
    life = new_life()
    uid = signed(life, render=False)
    registrar, step = login(Duty.REGISTRAR), f"/desk/letters/{uid}/steps/seal"
    assert "文书文件正在生成" in words(registrar.get(step))
    letterbook.render_file(uid, life.now)
    assert "还没有登记用印，不能发出" in words(registrar.get(f"/desk/letters/{uid}/steps/send"))
    shown = words(registrar.get(step))
    assert "下载文书文件（docx）" in shown
    assert "本机关规定上传后才能发出" in shown
    answer = registrar.submit(step, step, copies="3", approved_by="负责人", stamped_by="印章保管人")
    assert answer.status_code == 422
    assert "请上传盖章后的扫描件" in words(answer)
    assert registrar.submit(answer, step, scan=(io.BytesIO(PNG), "盖章.png")).status_code == 303
    assert "已登记用印（2026年3月2日），可以发出" in words(registrar.get(f"/desk/cases/{life.reference}"))
    letter_page = registrar.page(f"/desk/letters/{uid}")
    scan = letter_page.xpath("//a[contains(., '下载盖章扫描件')]/@href")[0]
    assert registrar.get(scan).data == PNG
    register = words(registrar.get("/desk/seals?month=2026-03"))
    assert "补正告知书（安府办公开〔2026〕1号）" in register
    assert "政府信息公开专用章 3" in register
    sheet = registrar.get(registrar.page("/desk/seals").xpath("//a[contains(., '打印用印审批登记')]/@href")[0])
    assert sheet.data.startswith(b"PK")
    assert "没有登记用印" in words(registrar.get("/desk/seals?month=2026-02"))


def test_who_sees_the_register_of_seals(login: Login) -> None:
    seeing = {Duty.REGISTRAR, Duty.HEAD, Duty.SIGNER, Duty.ARCHIVIST}
    for duty in CASE_DUTIES:
        assert (login(duty).get("/desk/seals").status_code == 200) is (duty in seeing), duty
    assert login(Duty.REGISTRAR).get("/desk/seals?month=x").status_code == 422
    assert login(Duty.REGISTRAR).get("/desk/seals/sheet?month=2026-03&seal=x").status_code == 422


def test_an_office_with_a_seal_system_needs_no_scan(
    app: Flask, login: Login, new_life: Callable[..., Life], tmp_path: Path
) -> None:
    uid = signed(new_life())
    registrar, step = login(Duty.REGISTRAR), f"/desk/letters/{uid}/steps/seal"
    assert "电子签章系统" not in words(registrar.get(step))
    app.config["GKAPPLY"] = replace(app.config["GKAPPLY"], seal_folder=tmp_path)
    assert registrar.submit(step, step, electronic="y", stamped_by="系统").status_code == 303
    with reading() as session:
        assert session.scalars(select(Errand.key).where(Errand.task == STAMP_LETTER)).all() == [
            f"{STAMP_LETTER}:{uid}:0"
        ]
    assert "还没有登记用印，不能发出" in words(registrar.get(f"/desk/letters/{uid}/steps/send"))
