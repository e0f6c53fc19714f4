import pytest

from tests.offline.build import Build


@pytest.fixture
def build(tmp_path, settings) -> Build:
    return Build(tmp_path, settings)
