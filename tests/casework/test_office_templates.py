"""Templates of the office: who uploads, who releases, from when they hold, for whom; what was submitted keeps its wording."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from gkapply.casework import asking, letterfile, office_templates, storekeeping
from gkapply.casework.documents import Upload
from gkapply.casework.kept_templates import OfficeTemplate, TemplateState
from gkapply.casework.office_templates import (
    BadTemplate,
    add_version,
    examine,
    release,
    shipped,
    template_for,
    withdraw,
)
from gkapply.casework.papers import Letter
from gkapply.casework.people import Organ
from gkapply.casework.services import store
from gkapply.casework.template_lines import kind_lines
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.county import COUNTY_CODE, DEPARTMENTS
from gkapply.demo.life import Life
from gkapply.law.refusal import NotPermitted, Refusal, WrongState
from gkapply.letters import package
from gkapply.letters.findings import Fault
from tests.casework.conftest import BEFORE, MONDAY, Office
from workflows.duties import Duty

KIND = "correction_notice"
NewLife = Callable[..., Life]


def reworded(kind: str = KIND, mark: str = "（本机关用语）", old: str = "特此告知。") -> bytes:
    """The shipped template with something said besides."""
    contents = package.parts(shipped(kind))
    body = contents[package.MAIN].decode()
    assert old in body
    return package.write({**contents, package.MAIN: body.replace(old, old + mark, 1).encode()})


def uploaded(office: Office, template: bytes, kind: str = KIND, *, for_subtree: bool = False) -> int:
    with transaction() as session:
        actor = office.staff[Duty.TEMPLATE_KEEPER]
        kept = add_version(session, kind, template, actor, BEFORE, note="统一用语", for_subtree=for_subtree)
        return kept.version


def released(office: Office, version: int, since: date = MONDAY, kind: str = KIND, until: date | None = None) -> None:
    with transaction() as session:
        head = office.staff[Duty.HEAD]
        kept = office_templates.find_version(session, kind, version, head, for_change=True)
        release(session, kept, head, BEFORE, valid_from=since, valid_to=until)


def holds(organ_id: int, on: date, kind: str = KIND) -> bytes:
    with reading() as session:
        return template_for(session, organ_id, kind, on)


def test_a_version_holds_from_its_day_on_until_the_next(office: Office) -> None:
    first, second = reworded(mark="（一）"), reworded(mark="（二）")
    released(office, uploaded(office, first))
    assert uploaded(office, second) == 2
    released(office, 2, MONDAY + timedelta(7), until=MONDAY + timedelta(9))
    days = {0: first, 6: first, 7: second, 9: second, 10: first, -1: shipped(KIND)}
    assert {after: holds(office.organ_id, MONDAY + timedelta(after)) for after in days} == days
    with reading() as session:
        line = next(one for one in kind_lines(session, office.organ_id, MONDAY) if one.code == KIND)
    assert (line.in_use.words, line.coming) == ("本机关第1版", [(2, MONDAY + timedelta(7))])


def test_nobody_releases_what_they_uploaded_nor_twice_nor_for_the_past(office: Office) -> None:
    version, keeper, head = uploaded(office, reworded()), office.staff[Duty.TEMPLATE_KEEPER], office.staff[Duty.HEAD]
    with transaction() as session:
        kept = office_templates.find_version(session, KIND, version, keeper)
        with pytest.raises(NotPermitted, match="上传人不能发布"):
            release(session, kept, keeper, BEFORE, valid_from=MONDAY)
        with pytest.raises(NotPermitted):
            release(session, kept, office.staff[Duty.OFFICER], BEFORE, valid_from=MONDAY)
        with pytest.raises(Refusal, match="不能早于今天"):
            release(session, kept, head, BEFORE, valid_from=BEFORE.date() - timedelta(1))
        with pytest.raises(Refusal, match="停用日期早于"):
            release(session, kept, head, BEFORE, valid_from=MONDAY, valid_to=MONDAY - timedelta(1))
        with pytest.raises(NotPermitted):
            add_version(session, KIND, reworded(), head, BEFORE, note="甲")
        release(session, kept, head, BEFORE, valid_from=MONDAY)
        with pytest.raises(WrongState, match="已发布"):
            release(session, kept, head, BEFORE, valid_from=MONDAY)
        with pytest.raises(Refusal, match="完全相同"):
            add_version(session, KIND, reworded(), keeper, BEFORE, note="甲")
        with pytest.raises(Refusal, match="修改说明"):
            add_version(session, KIND, reworded(mark="乙"), keeper, BEFORE, note=" ")


def test_what_was_withdrawn_holds_no_more(office: Office) -> None:
    released(office, uploaded(office, reworded()))
    head = office.staff[Duty.HEAD]
    with transaction() as session:
        kept = office_templates.find_version(session, KIND, 1, head, for_change=True)
        with pytest.raises(Refusal, match="说明理由"):
            withdraw(session, kept, " ", head, BEFORE)
        withdraw(session, kept, "用语有误", head, BEFORE)
        assert kept.state is TemplateState.WITHDRAWN
        with pytest.raises(WrongState):
            withdraw(session, kept, "用语有误", head, BEFORE)
    assert holds(office.organ_id, MONDAY) == shipped(KIND)


def test_an_organ_below_uses_the_nearest_template_made_for_all_below(office: Office) -> None:
    with reading() as session:
        below = session.scalars(select(Organ).where(Organ.code == DEPARTMENTS[0].code)).one()
        assert below.parent_id is not None
    own_only, for_all = reworded(mark="（只供本机关）"), reworded(mark="（供下级）")
    with transaction() as session:
        session.get_one(Organ, below.id).parent_id = office.organ_id
    released(office, uploaded(office, for_all, for_subtree=True))
    released(office, uploaded(office, own_only), MONDAY)
    assert holds(office.organ_id, MONDAY) == own_only
    assert holds(below.id, MONDAY) == for_all
    with transaction() as session:
        session.get_one(Organ, below.id).parent_id = None
    assert holds(below.id, MONDAY) == shipped(KIND)


def test_organs_that_stand_in_a_circle_keep_no_query_running(office: Office) -> None:
    """No page lets them; an old database or a hand in it might."""
    with transaction() as session:
        below = session.scalars(select(Organ).where(Organ.code == DEPARTMENTS[0].code)).one()
        below.parent_id = office.organ_id
        session.get_one(Organ, office.organ_id).parent_id = below.id
        assert below.name in asking._below(session, office.organ_id)
    assert holds(office.organ_id, MONDAY) == shipped(KIND)


def test_what_was_submitted_keeps_its_template_and_wording(office: Office, new_life: NewLife) -> None:
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter()).assign().accept()
    life.search("“批复”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {}).draft_reply().submit_reply()
    mark = "（新版用语）"
    released(
        office, uploaded(office, reworded("reply_not_existing", mark), "reply_not_existing"), kind="reply_not_existing"
    )
    life.pass_review().sign_reply()
    later = new_life()
    later.register(walked_in(PERSON, "另一工程的批复"), later.at_the_counter()).assign().accept()
    later.search("“批复”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {}).draft_reply().submit_reply()
    with reading() as session:
        old, new = session.scalars(select(Letter).where(Letter.kind == "reply_not_existing").order_by(Letter.id))
        texts = ["".join(letterfile.text(_source(session, one))) for one in (old, new)]
        assert [mark in text for text in texts] == [False, True]
        hashes = {json.loads(one.snapshot)["template_sha256"] for one in (old, new)}
        assert len(hashes) == 2
        assert hashes <= set(storekeeping.named_files(session))


def _source(session: object, letter: Letter) -> letterfile.Source:
    source = letterfile.letterfile(session, letter, MONDAY).source  # type: ignore[arg-type]
    assert source is not None
    return source


def test_the_sweep_leaves_templates_alone(office: Office) -> None:
    template = reworded()
    uploaded(office, template)
    with reading() as session:
        digest = session.scalars(select(OfficeTemplate.sha256)).one()
        storekeeping.sweep_files(session, None, BEFORE + timedelta(days=400))
        assert store(session).get(digest) == template


def test_a_template_whose_letters_fail_the_check_is_refused(office: Office) -> None:
    contents = package.parts(shipped("reply_refused"))
    spoilt = contents[package.MAIN].decode().replace("该信息不能作区分处理", "该信息属于内部资料，不能作区分处理", 1)
    assert "属于内部资料" in spoilt
    with pytest.raises(BadTemplate) as caught:
        examine("reply_refused", Upload("模板.docx", package.write({**contents, package.MAIN: spoilt.encode()})))
    assert {one.fault for one in caught.value.findings} == {Fault.UNSOUND}
    assert "不予公开的理由" in caught.value.findings[0].sentence


def test_examination_tells_everything_and_keeps_nothing(office: Office) -> None:
    contents = package.parts(shipped("reply_refused"))
    body = contents[package.MAIN].decode()
    spoilt = body.replace("remedies", "救济").replace("{{ addressee }}", "{{ 收文人 }}")
    bad = package.write({**contents, package.MAIN: spoilt.encode()})
    with pytest.raises(BadTemplate) as caught:
        examine("reply_refused", Upload("模板.docx", bad))
    found = {(one.fault, one.what) for one in caught.value.findings}
    assert {
        (Fault.UNKNOWN, "收文人"),
        (Fault.LEFT_OUT, "addressee（主送（收文人的姓名或者名称））"),
        (Fault.LEFT_OUT, "remedies（救济告知）"),
    } <= found
    assert all(one.place for one in caught.value.findings if one.fault is Fault.UNKNOWN)
    for upload, words in (
        (None, "没有选择文件"),
        (Upload("模板.txt", b"x"), r"不是 \.docx"),
        (Upload("模板.docx", b"%PDF-1.7"), "扩展名与内容不符"),
    ):
        with pytest.raises(Refusal, match=words):
            examine(KIND, upload)
    with pytest.raises(Refusal, match="poem"):
        examine("poem", None)
    assert examine(KIND, Upload("模板.docx", reworded())) == reworded()


def test_a_template_that_a_newer_edition_outdates_makes_no_letter(office: Office) -> None:
    outdated = reworded(mark="{{ 旧字段 }}")
    released_unseen(office, outdated)
    with pytest.raises(Refusal, match="与现行的字段表不符"):
        holds(office.organ_id, MONDAY)
    with reading() as session:
        line = next(one for one in kind_lines(session, office.organ_id, MONDAY) if one.code == KIND)
    assert not line.in_use.fits


def released_unseen(office: Office, template: bytes) -> None:
    """As an earlier edition left it, which had that field."""
    with transaction() as session:
        session.add(
            OfficeTemplate(
                organ_id=office.organ_id,
                kind=KIND,
                version=1,
                sha256=store(session).put(template),
                note="甲",
                for_subtree=False,
                uploaded_at=BEFORE,
                uploaded_by=office.staff[Duty.TEMPLATE_KEEPER].user_id,
                released_at=BEFORE,
                released_by=office.staff[Duty.HEAD].user_id,
                valid_from=MONDAY,
            )
        )


def test_another_organ_finds_nothing(office: Office) -> None:
    uploaded(office, reworded())
    with reading() as session:
        other = session.scalars(select(Organ.id).where(Organ.code != COUNTY_CODE)).first()
        assert other is not None
        assert office_templates.versions(session, other, KIND) == []
