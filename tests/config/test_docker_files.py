"""The files for Docker say what they must: own secrets, official images, health checks, no root."""

import re

import pytest
import yaml

from config.environment import BASE_DIR

OFFICIAL = re.compile(r"(python|node|postgres|redis|caddy):[\w.-]+")
OURS = {"migrate", "web", "worker", "beat"}


def read(name: str) -> str:
    return (BASE_DIR / name).read_text()


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load(read("docker-compose.yml"))


def test_every_part_is_there(compose):
    assert set(compose["services"]) == OURS | {"db", "redis", "proxy"}


def test_our_services_share_one_image_and_drop_all_rights(compose):
    for name in OURS:
        service = compose["services"][name]
        assert (service["build"], service["image"]) == (".", "mentoring-portal")
        assert service["cap_drop"] == ["ALL"]


def test_images_are_official(compose):
    bases = re.findall(r"^FROM (\S+)", read("Dockerfile"), re.MULTILINE)
    images = [service["image"] for service in compose["services"].values() if "build" not in service]

    assert [image for image in bases + images if not OFFICIAL.fullmatch(image)] == []


def test_everything_that_stays_up_has_a_health_check(compose):
    without = {name for name, service in compose["services"].items() if "healthcheck" not in service}

    assert without == {"migrate"}


def test_nothing_starts_before_what_it_needs(compose):
    needs = {name: set(service.get("depends_on", {})) for name, service in compose["services"].items()}

    assert needs["migrate"] == {"db"}
    assert needs["web"] == needs["worker"] == needs["beat"] == {"migrate", "redis"}
    assert needs["proxy"] == {"web"}


def test_only_the_proxy_is_reachable_from_outside(compose):
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]


def test_volumes_are_named(compose):
    used = [volume.split(":")[0] for service in compose["services"].values() for volume in service.get("volumes", [])]

    assert {volume for volume in used if not volume.startswith("./")} == set(compose["volumes"])


def test_secrets_come_from_the_env_file_only(compose):
    for service in compose["services"].values():
        for name, text in service.get("environment", {}).items():
            if re.search("SECRET|PASSWORD", name):
                assert re.fullmatch(r"\$\{\w+(:\?[^}]*|:-)?\}", text), name


def test_env_example_names_every_variable():
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", read("docker-compose.yml")))
    listed = set(re.findall(r"^(\w+)=", read(".env.example"), re.MULTILINE))

    assert listed == used


def test_image_is_built_without_local_files():
    ignored = read(".dockerignore").splitlines()

    assert {".*", "node_modules", "staticfiles", "tests", "var"} <= set(ignored)


def test_container_is_not_root():
    instructions = [line for line in read("Dockerfile").splitlines() if re.match("USER|CMD", line)]

    assert [line.split()[0] for line in instructions] == ["USER", "CMD"]
    assert instructions[0] == "USER portal"
