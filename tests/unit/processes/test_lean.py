"""What processes of planner do without, tried in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from planner.processes.lean import LEFT_OUT, REPLACED
from planner.web.server import EARLY

ROOT = Path(__file__).parents[3]
FILE = ROOT / "scenarios" / "contoh-kecil.yaml"

SET_UP = "from planner.processes.lean import set_up_process; set_up_process(); import sys; "


def printed(program: str) -> str:
    command = [sys.executable, "-c", SET_UP + program]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def test_a_scenario_is_read_without_what_looks_for_plugins() -> None:
    program = (
        "from planner.scenario_io import read_scenario;"
        f"print(read_scenario({str(FILE)!r}).id, 'importlib.metadata' in sys.modules)"
    )
    assert printed(program) == "contoh-kecil False"


def test_records_still_refuse_what_is_wrong() -> None:
    program = (
        "from pydantic import ValidationError\n"
        "from planner.domain.groups import Group\n"
        "try: Group(id='a', headcount=-1)\n"
        "except ValidationError as error: print(error.errors()[0]['loc'])"
    )
    assert printed(program.replace("from pydantic", "\nfrom pydantic", 1)) == "('headcount',)"


def test_pulp_is_loaded_without_solvers_that_nothing_here_uses() -> None:
    program = "import pulp; print(any(sys.modules.get(name) for name in ('ortools', 'pyscipopt')))"
    assert printed(program) == "False"


def test_numpy_starts_no_threads_unless_the_user_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import numpy, os; print(len(os.listdir('/proc/self/task')), os.environ['OPENBLAS_NUM_THREADS'])"
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert printed(program) == "1 1"
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    assert printed(program).endswith(" 2")


def test_garbage_is_collected_rarely_but_still_is() -> None:
    assert printed("import gc; print(gc.isenabled(), gc.get_threshold()[0] > 10_000)") == "True True"


def test_nothing_is_collected_once_more_when_the_process_ends() -> None:
    program = "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count() > 0));" + SET_UP
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout == "True\n"


def test_what_is_replaced_while_a_module_is_loaded_is_the_real_thing_afterwards() -> None:
    program = (
        "import h11, html.parser, jinja2, re, typing, typing_extensions, uvicorn._types, yaml, planner.domain.scenario;"
        "from planner.processes.lean import REPLACED;"
        "print(any(getattr(owner, name) is stand_in for owner, name, stand_in in REPLACED.values()),"
        " all(name in sys.modules for name in REPLACED), typing_extensions.TypedDict.__module__)"
    )
    assert printed(program) in ("False True typing_extensions", "False True typing")


def test_beside_another_thread_modules_are_loaded_whole() -> None:
    """A thread that loads a module of ours meanwhile would make records of it that are equal to no other."""
    program = (
        "from threading import Event, Thread; ended = Event(); other = Thread(target=ended.wait); {start}"
        "import planner.domain.scenario; from annotated_types import Gt; ended.set(); print(Gt(1) == Gt(1))"
    )
    assert printed(program.format(start="")) == "False", "nobody compares them"
    assert printed(program.format(start="other.start();")) == "True"


def test_what_every_page_needs_is_loaded_before_the_server_has_threads() -> None:
    assert set(EARLY) <= {*REPLACED, *LEFT_OUT}
    assert {name for name in LEFT_OUT if name.startswith(("django.", "planner."))} <= set(EARLY)


def test_yaml_in_python_finds_the_same_values() -> None:
    """Its regular expressions are compiled when they are used."""
    text = "[12, 1.5, yes, ~, 2027-08-17, kata]"
    plain = subprocess.run(
        [sys.executable, "-c", f"import yaml; print(yaml.safe_load({text!r}))"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert printed(f"import yaml; print(yaml.safe_load({text!r}))") == plain.stdout.strip()


def test_what_a_module_is_loaded_without_is_the_real_thing_for_all_others() -> None:
    program = (
        "import planner.domain.scenario; from planner.processes.lean import LEFT_OUT;"
        "print(sorted({each for some in LEFT_OUT.values() for each in some} & sys.modules.keys()));"
        "import secrets, zoneinfo; print(len(secrets.token_hex(8)), zoneinfo.ZoneInfo('UTC').key)"
    )
    assert printed(program).splitlines() == ["[]", "16 UTC"]


def test_the_schema_of_a_scenario_is_the_same_as_with_everything_loaded() -> None:
    program = (
        "import json; from planner.domain.scenario import Scenario; print(json.dumps(Scenario.model_json_schema()))"
    )
    plain = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert printed(program) == plain.stdout.strip()


def test_the_first_page_needs_no_tables_and_whoever_needs_them_has_them_whole() -> None:
    """Django brings its database with every answer; the first page asks it nothing."""
    program = (
        "from django.conf import settings; settings.configure(LOGGING_CONFIG=None,"
        " INSTALLED_APPS=['planner.web.records.apps.Records'],"
        " DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': ':memory:'}});"
        "import django; django.setup(); from django.http import JsonResponse; from django.apps import apps;"
        "import django.core.handlers.asgi, planner.web.addresses;"
        "print('django.db.models' in sys.modules, JsonResponse({'a': 1}).content.decode());"
        "from planner.web.records.tables import make_tables; make_tables();"
        "from planner.web.records.models import KeptRun;"
        "print(KeptRun.objects.count(), sorted(apps.get_app_config('records').models));"
        "from django.core import mail, serializers; from django.core.serializers.json import DjangoJSONEncoder;"
        "from django.views.csrf import csrf_failure;"
        "print(callable(mail.send_mail), 'json' in serializers.BUILTIN_SERIALIZERS, DjangoJSONEncoder.__module__)"
    )
    assert printed(program).splitlines() == [
        'False {"a": 1}',
        "0 ['keptrun', 'writtenline']",
        "True True django.core.serializers.json",
    ]
