"""Errands done: the same handlers, called by the relay of the one web process or by workers' Celery tasks over a broker.

The outbox is the truth in both profiles. A broker carries nothing but an errand's id and lease: what it loses is handed out again
when the lease ends, what it delivers twice or late is known by the lease for an old message.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from celery import Celery, signals
from sqlalchemy.exc import SQLAlchemyError

from gkapply import clock, pdf
from gkapply.adapters.mail import OutTray
from gkapply.adapters.seals import SealFolder
from gkapply.adapters.sms import SmsTray
from gkapply.adapters.sms_gateway import HttpTexter
from gkapply.adapters.smtp import SmtpMailer
from gkapply.casework import outbox
from gkapply.casework.due_errands import post_due
from gkapply.casework.errands import HANDLERS, Equipment
from gkapply.casework.outbox import LEASE, Claim
from gkapply.casework.services import open_installation
from gkapply.config import Settings
from gkapply.law.refusal import Refusal

HAND_OUT, POST_DUE = "hand_out", "post_due"
HAND_OUT_SECONDS, POST_DUE_SECONDS = 2.0, 60.0
"""How often the beat hands out what is due, and posts what the facts call for."""
BEAT_SECONDS = 5.0
"""How often the relay looks by itself; a nudge makes it look at once."""
UNDER_WAY_HERE, UNDER_WAY_AT_WORKERS = 10, 100
"""Most errands under lease at one time: few enough to be taken up before their lease ends."""
AT_ONCE_SECONDS = 0.5
"""Errands that take no longer together are finished with one commit."""
GIVE_UP, KILL = 0.7, 0.8
"""Parts of the lease after which a worker gives an errand up, and is killed over it: before anyone else may have it."""

Now = Callable[[], datetime]
log = logging.getLogger(__name__)


class ErrandApp(Celery):
    """Celery, with the lease under which its errands are done and the clock they go by."""

    lease: timedelta
    now: Now
    tools: Equipment


def make_celery(settings: Settings, *, lease: timedelta = LEASE, now: Now = clock.now) -> ErrandApp:
    """The Celery application with a task for each errand; without a broker its tasks can only be applied.

    With a broker, its beat hands out what is due and posts what the facts call for.
    """
    app = ErrandApp("gkapply", broker=settings.broker_url, set_as_current=False)
    app.lease, app.now = lease, now
    every = {HAND_OUT: HAND_OUT_SECONDS, POST_DUE: POST_DUE_SECONDS}
    app.conf.update(
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_default_queue="gkapply",
        task_soft_time_limit=lease.total_seconds() * GIVE_UP,
        task_time_limit=lease.total_seconds() * KILL,
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        beat_scheduler="celery.beat:Scheduler",
        beat_schedule={
            name: {"task": name, "schedule": seconds, "options": {"expires": seconds}}
            for name, seconds in every.items()
        },
    )
    app.tools = _equipment(settings)
    for name in HANDLERS:
        _register(app, name)

    @app.task(name=HAND_OUT, shared=False)
    def hand_out() -> None:
        for one in outbox.hand_out(now(), limit=UNDER_WAY_AT_WORKERS, lease=lease):
            message = [one.id, one.lease_until.isoformat()]
            app.tasks[one.task].apply_async(args=message, task_id=f"errand-{one.id}")

    @app.task(name=POST_DUE, shared=False)
    def post_what_is_due() -> None:
        post_due(now())

    return app


def _equipment(settings: Settings) -> Equipment:
    sealer = SealFolder(settings.seal_folder) if settings.seal_folder is not None else None
    ways = settings.gateways
    mailer = SmtpMailer(ways.smtp) if ways.smtp else OutTray(ways.mail_tray or settings.anchors / "mail")
    tray = SmsTray(ways.sms_tray) if ways.sms_tray else None
    texter = HttpTexter(ways.sms) if ways.sms else tray
    return Equipment(settings.anchors, mailer, texter, pdf=settings.pdf and pdf.available(), sealer=sealer)


def _register(app: ErrandApp, name: str) -> None:
    """Make the task ``name`` of ``app``: take up the errand, handle it, and say how it ended."""

    # shared=False: this task belongs to this application alone, others of the process have their own.
    @app.task(name=name, shared=False)
    def errand(errand_id: int, lease_until: str) -> None:
        claim = outbox.take_up(errand_id, datetime.fromisoformat(lease_until), app.now(), lease=app.lease)
        if claim is None:
            log.info("errand %d (%s): an old message, passed by", errand_id, name)
        elif carry_out(app, claim):
            outbox.finish(errand_id, app.now())


def carry_out(app: ErrandApp, claim: Claim) -> bool:
    """Handle an errand that was taken up. True: it is done, and to be finished; False: it failed, which is written down."""
    try:
        HANDLERS[claim.task](claim.arguments, app.now(), app.tools)
    except Exception as error:
        log.exception("errand %d (%s) failed, attempt %d", claim.id, claim.task, claim.attempt)
        outbox.fail(claim, _reason(error), app.now())
        return False
    return True


def _reason(error: Exception) -> str:
    """What the administrator's page shows. What a database says may quote a row, so only its kind is kept."""
    if isinstance(error, Refusal):
        return str(error)
    if isinstance(error, SQLAlchemyError):
        return f"{type(error).__name__}（{type(getattr(error, 'orig', None)).__name__}）"
    return f"{type(error).__name__}：{error}"


def run_due(app: ErrandApp) -> int:
    """Do every errand that is due, one after the other, in this thread; returns how many were begun.

    A failing errand is logged with its id and waits for its next attempt; only the database's own errors are raised.
    """
    begun, done = 0, list[int]()
    while claims := outbox.claim(app.now(), limit=UNDER_WAY_HERE, lease=app.lease, finished=done):
        done, since = [], time.monotonic()
        for place, one in enumerate(claims):
            if place and time.monotonic() - since > AT_ONCE_SECONDS:
                # One took long: what is done is written down before the next, whose lease must not run out in the queue.
                outbox.give_back(claims[place:])
                break
            begun += 1
            if carry_out(app, one):
                done.append(one.id)
    return begun


class Relay:
    """The embedded profile's runner: a daemon thread that waits for a nudge or its next beat, then does what is due.

    An error of the database is logged and outlived: the errands are rows, the next beat finds them again.
    """

    def __init__(self, app: ErrandApp, *, beat: float = BEAT_SECONDS):
        self._app, self._beat = app, beat
        self._bell = threading.Event()
        self._stopping = False
        self._looked_at: float | None = None
        self._thread = threading.Thread(target=self._run, name="gkapply-relay", daemon=True)
        self.process = os.getpid()

    def start(self) -> None:
        """Begin, and have every posting ring."""
        outbox.on_posting(self.ring)
        self._thread.start()

    def ring(self) -> None:
        """Have it look at once."""
        self._bell.set()

    def stop(self) -> None:
        """End after the errand at hand, and wait for that."""
        outbox.on_posting(None)
        self._stopping = True
        self._bell.set()
        self._thread.join()

    @property
    def alive(self) -> bool:
        """Whether it runs in this very process; a fork takes no thread along."""
        return self.process == os.getpid() and self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping:
            self._bell.clear()
            try:
                self._look()
            except Exception:
                log.exception("the relay met an error and goes on")
            self._bell.wait(self._beat)

    def _look(self) -> None:
        elapsed = time.monotonic()
        if self._looked_at is None or elapsed - self._looked_at >= POST_DUE_SECONDS:
            post_due(self._app.now())
            self._looked_at = elapsed
        run_due(self._app)


_relay: Relay | None = None


def start_relay(settings: Settings) -> Relay:
    """The relay of this process, started if it does not run yet. Call it after the web server's fork, never with a broker."""
    global _relay
    if _relay is None or not _relay.alive:
        _relay = Relay(make_celery(settings))
        _relay.start()
    return _relay


def run_worker(settings: Settings, *, processes: int, lease: timedelta = LEASE) -> int:
    """Work as a Celery worker with its beat until told to stop; returns the exit code.

    Each of the worker's processes opens its own connections after the fork.
    """

    def open_here(**_: object) -> None:
        open_installation(settings)

    signals.worker_process_init.connect(open_here, weak=False)
    worker = make_celery(settings, lease=lease).Worker(
        pool="prefork", concurrency=processes, beat=True, loglevel="WARNING", without_mingle=True, without_gossip=True
    )
    worker.start()
    return int(worker.exitcode or 0)
