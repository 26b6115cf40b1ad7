"""The rivals of the X12 reader, each asked for the same thing: the EB segments of a message."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from waypost.x12.read_271 import parse_271

NODE_FOLDER = Path(__file__).resolve().parents[2] / "var" / "bench"
Benefits = list[list[str]]

NODE = """
const fs = require('fs');
const { X12Parser } = require('node-x12');
const job = JSON.parse(fs.readFileSync(0, 'utf8'));
const read = (text) => new X12Parser(true).parse(text);
const benefits = (text) => {
  const found = [];
  for (const group of read(text).functionalGroups)
    for (const transaction of group.transactions)
      for (const segment of transaction.segments)
        if (segment.tag === 'EB') found.push(['EB', ...segment.elements.map((e) => e.value)]);
  return found;
};
const agreed = job.samples.map((text) => { try { return benefits(text); } catch { return null; } });
const speeds = job.sets.map((texts) => {
  let best = 0;
  for (let round = 0; round < 11; round++) {
    const begin = process.hrtime.bigint();
    try { for (const text of texts) read(text); } catch { return 0; }
    best = Math.max(best, texts.length / (Number(process.hrtime.bigint() - begin) / 1e9));
  }
  return best;
});
console.log(JSON.stringify({ agreed, speeds }));
"""


@dataclass(frozen=True)
class Rival:
    """A reader in Python: how to read a message, and the EB segments that it finds."""

    name: str
    version: str
    gives: str
    read: Callable[[str], object]
    benefits: Callable[[str], Benefits]


def ours() -> Rival:
    """This product's reader."""

    def benefits(text: str) -> Benefits:
        return [list(one.elements) for one in parse_271(text).benefits]

    return Rival("waypost", metadata.version("waypost"), "benefits", parse_271, benefits)


def ansi_x12() -> Rival:
    """ansi-x12: structure only, bytes in."""
    import x12

    def read(text: str) -> x12.X12Interchange:
        return x12.parse_x12_interchange(x12.tokenize_x12(text.encode()))

    def benefits(text: str) -> Benefits:
        document = read(text).document
        return [
            ["EB", *(element.decode() for element in segment.elements)]
            for segment in document.find_segments("EB")
        ]

    return Rival("ansi-x12", metadata.version("ansi-x12"), "segments", read, benefits)


def x12sdk_segments() -> Rival:
    """x12sdk's stream of segments."""
    from x12sdk.io import X12SegmentReader

    def read(text: str) -> list[tuple[str, list[str]]]:
        with X12SegmentReader(text) as reader:
            return list(reader.segments())

    def benefits(text: str) -> Benefits:
        return [fields for name, fields in read(text) if name == "EB"]

    return Rival("x12sdk", metadata.version("x12sdk"), "segments", read, benefits)


def x12sdk_models() -> Rival:
    """x12sdk's typed models of a 271."""
    from x12sdk.io import X12ModelReader

    def read(text: str) -> list[object]:
        with X12ModelReader(text) as reader:
            return list(reader.models())

    def benefits(text: str) -> Benefits:
        found = [line.split("*") for model in read(text) for line in model.x12().split("~")]
        return [[part.strip() for part in line] for line in found if line[0].strip() == "EB"]

    return Rival("x12sdk", metadata.version("x12sdk"), "models", read, benefits)


def python_rivals() -> list[Rival]:
    """The Python readers that are installed, ours first."""
    rivals = [ours()]
    for make in (ansi_x12, x12sdk_segments, x12sdk_models):
        try:
            rivals.append(make())
        except ModuleNotFoundError:
            continue
    return rivals


def node_x12(samples: list[str], sets: list[list[str]]) -> tuple[str, list[Benefits], list[float]]:
    """node-x12's version, its EB segments of each sample and its speed on each set.

    Looks in `var/bench/node_modules` and NODE_PATH; an empty version means it is not there.
    """
    node = shutil.which("node")
    package = NODE_FOLDER / "node_modules" / "node-x12" / "package.json"
    if node is None or not package.exists():
        return "", [], []
    environment = os.environ | {"NODE_PATH": str(NODE_FOLDER / "node_modules")}
    job = json.dumps({"samples": samples, "sets": sets})
    done = subprocess.run(
        [node, "-e", NODE], input=job, capture_output=True, text=True, check=True, env=environment
    )
    result = json.loads(done.stdout)
    version = json.loads(package.read_text())["version"]
    return version, result["agreed"], result["speeds"]
