"""Write docs/workflows.md and docs/images/workflow.svg from the rows of the workflows.

python -m scripts.flow_chart
"""

from pathlib import Path

from workflows.annual_report import ANNUAL_REPORT
from workflows.application import APPLICATION
from workflows.chart import mermaid, svg, table
from workflows.consultation import CONSULTATION
from workflows.deliberation import DELIBERATION
from workflows.dispute import DISPUTE
from workflows.letter import LETTER
from workflows.publication import PUBLICATION
from workflows.reappraisal import REAPPRAISAL
from workflows.referral import REFERRAL

PAGE = Path("docs/workflows.md")
PICTURE = Path("docs/images/workflow.svg")


def page() -> str:
    """The page of all workflows, each as a diagram and as a table."""
    parts = ["# 工作流程", "", "由 `workflows/` 中的步骤表生成（`python -m scripts.flow_chart`），请勿手改。", ""]
    parts += ["![依申请公开工作流程图](images/workflow.svg)", ""]
    of_cases = (APPLICATION, LETTER, CONSULTATION, DISPUTE, PUBLICATION, REFERRAL, DELIBERATION)
    for workflow in (*of_cases, REAPPRAISAL, ANNUAL_REPORT):
        parts += [f"## {workflow.label}", "", "```mermaid", mermaid(workflow).rstrip(), "```", "", table(workflow)]
    return "\n".join(parts)


def write(root: Path) -> None:
    """Write both files under ``root``."""
    (root / PICTURE).parent.mkdir(parents=True, exist_ok=True)
    (root / PAGE).write_text(page(), encoding="utf-8")
    (root / PICTURE).write_text(svg(APPLICATION), encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).parent.parent)
