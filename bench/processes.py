"""Shared by the benchmarks in Python: the program, its processes, what they cost, what Flink's REST says.
For Linux; Python 3.9 or later."""
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


def program(folder):
    """The launcher of CANDLES, or of this checkout, built into a folder."""
    if os.environ.get("CANDLES"):
        return os.environ["CANDLES"]
    built = folder / "program"
    subprocess.run(
        ["mvn", "-q", "-B", "-Dstyle.color=never", "-DskipTests", "-Dquick", "-Pdist",
         f"-Dcandles.dist={built}", "package", "-pl", "cli", "-am"],
        cwd=ROOT, check=True, stdout=sys.stderr)
    candles = built / "candles"
    candles.chmod(0o755)
    return str(candles)


def versions(candles):
    """What is measured, in a line: collector, the sources that it was built of here, Flink and Java."""
    said = subprocess.run([candles, "version"], check=True, stdout=subprocess.PIPE, text=True).stdout
    lines = said.split("\n")[:3]
    if not os.environ.get("CANDLES"):
        git = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, text=True)
        lines[0] += f" of {git.stdout.strip() or 'no checkout'}"
    return "; ".join(lines)


def simulate(candles, config, log, *options, **how):
    """Simulated venues, from when the configuration of their collector is written."""
    sim = subprocess.Popen([candles, "sim", *options, "--config", str(config)],
                           stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, **how)
    try:
        while not config.exists():
            if sim.poll() is not None:
                raise SystemExit("the simulator ended: " + pathlib.Path(log.name).read_text(errors="replace"))
            time.sleep(0.2)
    except BaseException:
        end(sim)
        raise
    return sim


def end(process):
    process.terminate()
    process.wait()


def cpu(pid):
    """CPU seconds of a process, user and system."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def status(pid, key):
    """A number of /proc/PID/status; of memory kB."""
    return int(re.search(rf"^{key}:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text(), re.M)[1])


def rss_mb(pid):
    return status(pid, "VmRSS") / 1024


class Rest:
    """Flink's REST of the job that runs."""

    def __init__(self, address):
        self.address = address

    def get(self, path):
        with urllib.request.urlopen(self.address + path, timeout=60) as answer:
            return json.load(answer)

    def job(self):
        return next(j["jid"] for j in self.get("/jobs/overview")["jobs"] if j["state"] == "RUNNING")

    def total(self, job, name):
        """The sum of all metrics whose names match, over operators and subtasks."""
        total = 0
        for vertex in self.get(f"/jobs/{job}")["vertices"]:
            base = f"/jobs/{job}/vertices/{vertex['id']}/subtasks/metrics"
            names = [m["id"] for m in self.get(base) if re.search(name, m["id"])]
            for start in range(0, len(names), 20):
                got = self.get(base + "?agg=sum&get=" + ",".join(names[start:start + 20]))
                total += sum(m["sum"] for m in got)
        return total
