import pytest

import align


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory):
    """The run of the seed documents."""
    folder = tmp_path_factory.mktemp("run")
    align.write_run(align.align_documents(align.read("seeds"), align.load_tools(cached=False)), folder)
    return folder
