"""What a cluster's worker does in tests that kill it. A module of its own, so that workers import it."""

import os
import signal
import time
from pathlib import Path

from report_writer.app import batch_ray, batch_shared, draft_files

VICTIM = "青河市第3示范局-2023"


def marks(item) -> Path:
    """Return the folder where the worker says what it does: beside the inputs."""
    return Path(item.path).parent.parent


def stopped_in_the_middle(item, settings):
    """Draft; the victim stops after two files, at first, says who it is and waits for its end."""
    folder = marks(item)
    with (folder / "begun").open("a", encoding="utf-8") as stream:
        stream.write(f"{item.key}\n")
    if item.key == VICTIM and not (folder / "pid").exists():
        write, written = draft_files.write_whole, []

        def halting(path, data):
            if len(written) == 2:
                (folder / "pid.part").write_text(str(os.getpid()))
                (folder / "pid.part").rename(folder / "pid")
                time.sleep(300)
            written.append(path)
            write(path, data)

        draft_files.write_whole = halting
    return batch_shared.draft_shared(item, settings)


def dies_every_time(item, settings):
    """Draft; the victim kills its own process."""
    if item.key == VICTIM:
        os.kill(os.getpid(), signal.SIGKILL)
    return batch_shared.draft_shared(item, settings)


def looks_elsewhere(folder, marker, options):
    """Look round on a machine that does not share the output folder."""
    return batch_ray.look(f"{folder}-elsewhere", marker, options)
