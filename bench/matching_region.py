"""One matching in a process of its own, so that its memory can be told: `python -m bench.matching_region 300 120 3 40`.

Takes numbers of mentees, mentors, places of a mentor and topics; prints JSON.
"""

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

from bench.matching_people import people
from mentoring.domain.matching.matching import prepare, solve

KIB = 1024


def main(mentees: int, mentors: int, places: int, topics: int) -> None:
    problem = people(mentees, mentors, places=places, topics=topics)
    start, busy = perf_counter(), process_time()
    prepared = prepare(problem)
    between = perf_counter()
    solution = solve(prepared, ())
    end = perf_counter()
    told = {
        "prepare": between - start,
        "solve": end - between,
        "processor": process_time() - busy,
        "bytes": _peak() * KIB,
        "pairs": len(solution.pairs),
        "is_optimal": solution.is_optimal,
        "most_lost": solution.most_lost,
    }
    print(json.dumps(told))


def _peak() -> int:
    """The most memory this program has had, in KiB; getrusage would count what its parent had before."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
