"""What is published about a person's request has been cleaned by one person and checked by another."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.refusal import Refusal

ARTICLE = "《个人信息保护法》第二十五条"


def is_written(publication: Any, given: Mapping[str, Any]) -> None:
    """There is a version to look at."""
    if publication.draft is None:
        raise Refusal("还没有整理公开件", ARTICLE, do="请先「整理公开件」：填写标题和正文，选择或者上传文件")


def not_by_a_writer(publication: Any, given: Mapping[str, Any]) -> None:
    """Whoever wrote the version does not check it."""
    if publication.draft is not None and given["actor"].user_id in publication.draft.authors:
        raise Refusal("公开件须由整理人以外的人核对", ARTICLE, do="请由其他承办人、审核人或者公开机构负责人核对")


def is_shown(publication: Any, given: Mapping[str, Any]) -> None:
    """Something of it stands in the reading room."""
    if not publication.is_shown:
        raise Refusal("公开阅览中没有这一件", "条例第四十四条")


def is_not_shown(publication: Any, given: Mapping[str, Any]) -> None:
    """Nothing of it stands in the reading room."""
    if publication.is_shown:
        raise Refusal("这一件已经在公开阅览发布", "条例第四十四条", do="请订正后重新发布，或者「维持现状」")
